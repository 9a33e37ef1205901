"""Who has a conflict of interest is neither of the two people behind a decision or a correction."""

from django.db import migrations

HOLD = """
CREATE OR REPLACE FUNCTION case_without_conflict() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    row_now jsonb := to_jsonb(NEW);
    people text[] := CASE TG_TABLE_NAME
        WHEN 'case_responsibility' THEN ARRAY[row_now ->> 'officer']
        WHEN 'case_proposal' THEN ARRAY[row_now ->> 'proposed_by']
        WHEN 'case_move' THEN ARRAY[row_now ->> 'seconded_by']
        ELSE ARRAY[row_now ->> 'decided_by', row_now ->> 'proposed_by'] END;
BEGIN
    IF EXISTS (SELECT 1 FROM case_conflict_statement stated
        WHERE stated.case_id = NEW.case_id AND stated.officer = ANY(people) AND stated.has_conflict
            AND NOT EXISTS (SELECT 1 FROM case_conflict_statement later
                WHERE later.case_id = stated.case_id AND later.officer = stated.officer
                    AND later.number > stated.number))
    THEN
        RAISE EXCEPTION 'who has a conflict of interest in a case abstains from it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER case_move_without_conflict BEFORE INSERT ON case_move
    FOR EACH ROW WHEN (NEW.seconded_by <> '') EXECUTE FUNCTION case_without_conflict();
"""
RELEASE = """
DROP TRIGGER case_move_without_conflict ON case_move;
CREATE OR REPLACE FUNCTION case_without_conflict() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    person text := CASE TG_TABLE_NAME
        WHEN 'case_responsibility' THEN to_jsonb(NEW) ->> 'officer'
        WHEN 'case_proposal' THEN to_jsonb(NEW) ->> 'proposed_by'
        ELSE to_jsonb(NEW) ->> 'decided_by' END;
BEGIN
    IF (SELECT has_conflict FROM case_conflict_statement
        WHERE case_id = NEW.case_id AND officer = person ORDER BY number DESC LIMIT 1)
    THEN
        RAISE EXCEPTION 'who has a conflict of interest in a case abstains from it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_who_is_responsible_and_who_abstains")]
    operations = [migrations.RunSQL(HOLD, RELEASE)]

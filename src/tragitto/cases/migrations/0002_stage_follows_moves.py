"""A case stays one case and stands where its last move took it; moves follow, decisions have no gap."""

from django.db import migrations

HOLD = """
CREATE FUNCTION case_file_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.code, NEW.call_id, NEW.journey_id, NEW.opened_at)
        IS DISTINCT FROM (OLD.id, OLD.code, OLD.call_id, OLD.journey_id, OLD.opened_at)
        OR NEW.filed_at > OLD.filed_at
    THEN
        RAISE EXCEPTION 'case % keeps its call and its journey, and is filed earlier at most', OLD.code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER case_file_stays BEFORE UPDATE ON case_file
    FOR EACH ROW EXECUTE FUNCTION case_file_stays();

CREATE FUNCTION case_stands_where_it_moved() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    file case_file%ROWTYPE;
    wrong text;
BEGIN
    IF TG_TABLE_NAME = 'case_move' THEN
        SELECT * INTO file FROM case_file WHERE id = NEW.case_id;
    ELSE
        SELECT * INTO file FROM case_file WHERE id = NEW.id;
    END IF;
    SELECT CASE
        WHEN last.id IS NULL THEN 'has no move of its number'
        WHEN last.target_id <> file.stage_id THEN 'does not stand where its last move took it'
        WHEN stage.journey_id <> file.journey_id THEN 'stands in another journey'
        WHEN stage.outcome <> file.outcome THEN 'has another outcome than its stage'
        WHEN EXISTS (SELECT 1 FROM case_move later WHERE later.case_id = file.id AND later.number > file.moves_made)
            THEN 'has made more moves than it says'
        WHEN EXISTS (
            SELECT 1 FROM case_move move
            LEFT JOIN case_move before ON before.case_id = move.case_id AND before.number = move.number - 1
            JOIN journey_step step ON step.id = move.step_id
            WHERE move.case_id = file.id AND (
                before.target_id IS DISTINCT FROM move.source_id
                OR step.source_id IS DISTINCT FROM move.source_id
                OR step.target_id <> move.target_id)
        ) THEN 'made a move that does not follow from the one before'
        END INTO wrong
    FROM journey_stage stage
    LEFT JOIN case_move last ON last.case_id = file.id AND last.number = file.moves_made
    WHERE stage.id = file.stage_id;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'case % %', file.code, wrong USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER case_file_follows_moves AFTER INSERT OR UPDATE ON case_file
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION case_stands_where_it_moved();
CREATE CONSTRAINT TRIGGER case_move_is_followed AFTER INSERT ON case_move
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION case_stands_where_it_moved();

CREATE FUNCTION case_decisions_have_no_gap() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT 1 FROM case_decision WHERE year = NEW.year AND number = NEW.number - 1
    ) THEN
        RAISE EXCEPTION 'decision %/% leaves a gap', NEW.number, NEW.year
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER case_decision_no_gap AFTER INSERT ON case_decision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION case_decisions_have_no_gap();
"""
RELEASE = """
DROP TRIGGER case_decision_no_gap ON case_decision;
DROP FUNCTION case_decisions_have_no_gap();
DROP TRIGGER case_move_is_followed ON case_move;
DROP TRIGGER case_file_follows_moves ON case_file;
DROP FUNCTION case_stands_where_it_moved();
DROP TRIGGER case_file_stays ON case_file;
DROP FUNCTION case_file_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases_and_moves")]
    operations = [migrations.RunSQL(HOLD, RELEASE)]

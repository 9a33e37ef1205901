"""Who has a conflict of interest neither is responsible nor proposes nor decides; cases are found by officer."""

from django.db import migrations, models

HOLD = """
CREATE FUNCTION case_without_conflict() RETURNS trigger LANGUAGE plpgsql
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
CREATE TRIGGER case_responsibility_without_conflict BEFORE INSERT ON case_responsibility
    FOR EACH ROW EXECUTE FUNCTION case_without_conflict();
CREATE TRIGGER case_proposal_without_conflict BEFORE INSERT ON case_proposal
    FOR EACH ROW EXECUTE FUNCTION case_without_conflict();
CREATE TRIGGER case_decision_without_conflict BEFORE INSERT ON case_decision
    FOR EACH ROW EXECUTE FUNCTION case_without_conflict();
"""
RELEASE = """
DROP TRIGGER case_decision_without_conflict ON case_decision;
DROP TRIGGER case_proposal_without_conflict ON case_proposal;
DROP TRIGGER case_responsibility_without_conflict ON case_responsibility;
DROP FUNCTION case_without_conflict();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_what_was_handed_over_of_each_case")]
    operations = [
        migrations.AlterField(
            model_name="responsibility",
            name="officer",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddIndex(
            model_name="responsibility",
            index=models.Index(fields=["officer"], name="responsibility_by_officer"),
        ),
        migrations.RunSQL(HOLD, RELEASE),
    ]

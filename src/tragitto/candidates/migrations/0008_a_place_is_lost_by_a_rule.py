"""A place on the roster is lost only by a line of the history that says why; steps are found by their kind."""

from django.db import migrations, models

HOLD = """
CREATE FUNCTION candidate_keeps_place() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    last candidate_status_change;
BEGIN
    SELECT * INTO last FROM candidate_status_change
        WHERE candidate_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF last.id IS NOT NULL AND last.seniority_at IS NOT DISTINCT FROM NEW.seniority_at AND (
        (last.after IN ('withdrawn', 'not_admitted') AND NOT last.keeps_place)
        OR (last.before = 'lapsed' AND NOT last.keeps_place)
        OR last.before = last.after
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'a place on the roster is lost only by a rule that the history names'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER candidate_keeps_place AFTER UPDATE OF seniority_at ON candidate FOR EACH ROW
    WHEN (OLD.seniority_at IS NOT NULL AND (NEW.seniority_at IS NULL OR NEW.seniority_at > OLD.seniority_at))
    EXECUTE FUNCTION candidate_keeps_place();
"""
RELEASE = """
DROP TRIGGER candidate_keeps_place ON candidate;
DROP FUNCTION candidate_keeps_place();
"""


class Migration(migrations.Migration):
    """The history and the place hold each other."""

    dependencies = [("candidates", "0007_what_was_read_stays")]

    operations = [
        migrations.RunSQL(HOLD, RELEASE),
        migrations.AddIndex(
            "statuschange",
            models.Index(fields=["before", "after", "-happened_at"], name="status_change_by_step"),
        ),
    ]

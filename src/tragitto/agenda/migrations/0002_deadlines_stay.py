"""A deadline is met, once; what it says and why never changes."""

from django.db import migrations

HOLD = """
CREATE FUNCTION deadline_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'met_at' - 'met_by' <> to_jsonb(OLD) - 'met_at' - 'met_by'
        OR (OLD.met_at IS NOT NULL
            AND (NEW.met_at, NEW.met_by) IS DISTINCT FROM (OLD.met_at, OLD.met_by))
    THEN
        RAISE EXCEPTION 'a deadline is met, once, and never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deadline_stays BEFORE UPDATE ON deadline
    FOR EACH ROW EXECUTE FUNCTION deadline_stays();
"""
RELEASE = """
DROP TRIGGER deadline_stays ON deadline;
DROP FUNCTION deadline_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_deadlines")]
    operations = [migrations.RunSQL(HOLD, RELEASE)]

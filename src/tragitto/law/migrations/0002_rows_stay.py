"""A row of the law is superseded, once; what it says never changes."""

from django.db import migrations

HOLD = """
CREATE FUNCTION law_parameter_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'superseded_at' <> to_jsonb(OLD) - 'superseded_at'
        OR (OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at)
    THEN
        RAISE EXCEPTION 'a row of the law is superseded, once, and never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER law_parameter_stays BEFORE UPDATE ON law_parameter
    FOR EACH ROW EXECUTE FUNCTION law_parameter_stays();
"""
RELEASE = """
DROP TRIGGER law_parameter_stays ON law_parameter;
DROP FUNCTION law_parameter_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("law", "0001_parameters_and_holidays")]
    operations = [migrations.RunSQL(HOLD, RELEASE)]

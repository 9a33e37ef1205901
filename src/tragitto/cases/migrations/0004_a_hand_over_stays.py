"""What was handed over stays as it was: it is accepted once and recalled once."""

from django.db import migrations

HOLD = """
CREATE FUNCTION hand_over_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'accepted_by' - 'accepted_at' - 'recalled_by' - 'recalled_at' - 'recall_reason'
        <> to_jsonb(OLD) - 'accepted_by' - 'accepted_at' - 'recalled_by' - 'recalled_at' - 'recall_reason'
        OR (OLD.accepted_at IS NOT NULL AND (NEW.accepted_at, NEW.accepted_by)
            IS DISTINCT FROM (OLD.accepted_at, OLD.accepted_by))
        OR (OLD.recalled_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD))
    THEN
        RAISE EXCEPTION 'a hand-over is accepted once and recalled once, never rewritten'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hand_over_stays BEFORE UPDATE ON hand_over
    FOR EACH ROW EXECUTE FUNCTION hand_over_stays();
"""
RELEASE = """
DROP TRIGGER hand_over_stays ON hand_over;
DROP FUNCTION hand_over_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_hand_overs_and_responsible_officers")]
    operations = [migrations.RunSQL(HOLD, RELEASE)]

"""That a notice was shown stays as it was; it goes only with a registration that was never sent."""

from django.db import migrations

HOLD = """
CREATE FUNCTION candidate_notice_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'candidate_id' <> to_jsonb(OLD) - 'candidate_id' THEN
            RAISE EXCEPTION 'that a notice was shown is never changed'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT FROM candidate WHERE id = OLD.candidate_id AND status = 'registering') THEN
        RAISE EXCEPTION 'that a notice was shown goes only with a registration that was never sent'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER candidate_notice_stays BEFORE UPDATE OR DELETE ON candidate_notice
    FOR EACH ROW EXECUTE FUNCTION candidate_notice_stays();
"""
LET_GO = """
DROP TRIGGER candidate_notice_stays ON candidate_notice;
DROP FUNCTION candidate_notice_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0006_who_was_compared_stays")]

    operations = [migrations.RunSQL(HOLD, LET_GO)]

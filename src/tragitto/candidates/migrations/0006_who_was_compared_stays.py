"""A confirmed spelling changes only with another document; documents are superseded; warnings go out once."""

from django.db import migrations, models

HOLD = """
CREATE FUNCTION identity_confirmed_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NOT DISTINCT FROM OLD.confirmed_at
        AND (NEW.surnames, NEW.given_names, NEW.birth_on)
        IS DISTINCT FROM (OLD.surnames, OLD.given_names, OLD.birth_on)
    THEN
        RAISE EXCEPTION 'a confirmed identity changes only with the next confirmation'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_confirmed_stays BEFORE UPDATE ON candidate_identity
    FOR EACH ROW EXECUTE FUNCTION identity_confirmed_stays();

CREATE FUNCTION identity_document_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    may_change text[] := ARRAY['candidate_id', 'checked_at', 'checked_by', 'superseded_at', 'warned_days'];
BEGIN
    IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'an identity document is superseded, never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_document_stays BEFORE UPDATE ON candidate_identity_document
    FOR EACH ROW EXECUTE FUNCTION identity_document_stays();
"""
LET_GO = """
DROP TRIGGER identity_document_stays ON candidate_identity_document;
DROP FUNCTION identity_document_stays();
DROP TRIGGER identity_confirmed_stays ON candidate_identity;
DROP FUNCTION identity_confirmed_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0005_rows_are_tried_and_forgotten")]

    operations = [
        migrations.AddField(
            "identitydocument", "warned_days", models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.RunSQL(HOLD, LET_GO),
    ]

"""What was sent on line, written to an employer or answered by it stays as it was; so does who acted for whom."""

from django.db import migrations

HOLD = """
CREATE FUNCTION filing_draft_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL THEN
        RAISE EXCEPTION 'what was sent on line is not changed any more'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER filing_draft_stays BEFORE UPDATE OR DELETE ON filing_draft
    FOR EACH ROW EXECUTE FUNCTION filing_draft_stays();

CREATE FUNCTION filing_draft_paper_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM filing_draft WHERE sent_at IS NOT NULL
        AND id = ANY(ARRAY[CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.draft_id END,
                           CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.draft_id END]))
    THEN
        RAISE EXCEPTION 'the papers of what was sent on line are not changed any more'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER filing_draft_paper_stays BEFORE INSERT OR UPDATE OR DELETE ON filing_draft_paper
    FOR EACH ROW EXECUTE FUNCTION filing_draft_paper_stays();

CREATE FUNCTION submission_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'state' - 'message_id' - 'receipt_id' - 'printed_receipt_id'
        <> to_jsonb(OLD) - 'state' - 'message_id' - 'receipt_id' - 'printed_receipt_id'
        OR (OLD.message_id IS NOT NULL AND NEW.message_id IS DISTINCT FROM OLD.message_id)
        OR (OLD.receipt_id IS NOT NULL AND NEW.receipt_id IS DISTINCT FROM OLD.receipt_id)
    THEN
        RAISE EXCEPTION 'what was sent on line, its instant and its receipt stay'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER submission_stays BEFORE UPDATE ON submission
    FOR EACH ROW EXECUTE FUNCTION submission_stays();

CREATE FUNCTION letter_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'document_id' - 'deadline' - 'recipient' - 'outgoing_id'
        <> to_jsonb(OLD) - 'document_id' - 'deadline' - 'recipient' - 'outgoing_id'
        OR (OLD.outgoing_id IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD))
    THEN
        RAISE EXCEPTION 'a letter that was sent is not changed any more'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_stays BEFORE UPDATE ON letter
    FOR EACH ROW EXECUTE FUNCTION letter_stays();

CREATE FUNCTION letter_observation_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.letter_id, NEW.number, NEW.text, NEW.message_id, NEW.received_at, NEW.entered_by)
        IS DISTINCT FROM (OLD.letter_id, OLD.number, OLD.text, OLD.message_id, OLD.received_at, OLD.entered_by)
        OR (OLD.answered_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD))
    THEN
        RAISE EXCEPTION 'an observation stays as it was made, and its answer as it was given'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_observation_stays BEFORE UPDATE ON letter_observation
    FOR EACH ROW EXECUTE FUNCTION letter_observation_stays();

CREATE FUNCTION representation_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'confirmed' - 'confirmed_by' - 'confirmed_at'
            - 'revoked_by' - 'revoked_at' - 'revocation_reason' - 'paper_id' - 'identity_copy_id'
        <> to_jsonb(OLD) - 'confirmed' - 'confirmed_by' - 'confirmed_at'
            - 'revoked_by' - 'revoked_at' - 'revocation_reason' - 'paper_id' - 'identity_copy_id'
        OR (OLD.revoked_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD))
    THEN
        RAISE EXCEPTION 'a representation is confirmed and revoked, never rewritten'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER representation_stays BEFORE UPDATE ON representation
    FOR EACH ROW EXECUTE FUNCTION representation_stays();

CREATE FUNCTION late_admission_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.version_id, NEW.exception, NEW.reason, NEW.proposed_by, NEW.proposed_at)
        IS DISTINCT FROM (OLD.version_id, OLD.exception, OLD.reason, OLD.proposed_by, OLD.proposed_at)
        OR OLD.decided_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'a late filing is decided upon once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER late_admission_stays BEFORE UPDATE ON late_admission
    FOR EACH ROW EXECUTE FUNCTION late_admission_stays();
"""
TABLES = (
    ("filing_draft", "filing_draft_stays"),
    ("filing_draft_paper", "filing_draft_paper_stays"),
    ("submission", "submission_stays"),
    ("letter", "letter_stays"),
    ("letter_observation", "letter_observation_stays"),
    ("representation", "representation_stays"),
    ("late_admission", "late_admission_stays"),
)
RELEASE = "\n".join(
    f"DROP TRIGGER {function} ON {table}; DROP FUNCTION {function}();" for table, function in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("employers", "0004_enquiries_and_filing_on_line")]
    operations = [migrations.RunSQL(HOLD, RELEASE)]

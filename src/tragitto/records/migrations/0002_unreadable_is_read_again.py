"""What could not be read may be read again while nothing rests on it; two more problems have words."""

from django.db import migrations, models

# As in the first migration, but for the one way back: an unreadable message at the desk, without files,
# never filed, becomes one that has just been kept.
READ_AGAIN = """
CREATE OR REPLACE FUNCTION message_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.code, NEW.sha256, NEW.raw_id, NEW.direction, NEW.door, NEW.mailbox, NEW.arrived_at)
        IS DISTINCT FROM
        (OLD.code, OLD.sha256, OLD.raw_id, OLD.direction, OLD.door, OLD.mailbox, OLD.arrived_at) THEN
        RAISE EXCEPTION 'message %: what came in does not change', OLD.code
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.office <> '' AND NEW.office <> OLD.office THEN
        RAISE EXCEPTION 'message %: it is the mail of % and stays so', OLD.code, OLD.office
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.kind <> '' AND NEW.kind = '' AND OLD.verdict = 'unreadable' AND NEW.verdict = ''
        AND OLD.state = 'sorting' AND NEW.state = 'kept'
        AND NOT EXISTS (SELECT 1 FROM message_attachment WHERE message_id = OLD.id)
        AND NOT EXISTS (SELECT 1 FROM message_filing WHERE message_id = OLD.id AND act = 'filed') THEN
        RETURN NEW;
    END IF;
    IF OLD.kind <> '' AND
        (NEW.kind, NEW.verdict, NEW.certified_at, NEW.offset_minutes, NEW.message_id, NEW.identifier,
         NEW.original_message_id, NEW.reference, NEW.sender, NEW.recipients, NEW.recipient_types,
         NEW.subject, NEW.provider, NEW.receipt_type, NEW.delivered_to, NEW.error, NEW.reasons,
         NEW.signer, NEW.claims, NEW.revocation)
        IS DISTINCT FROM
        (OLD.kind, OLD.verdict, OLD.certified_at, OLD.offset_minutes, OLD.message_id, OLD.identifier,
         OLD.original_message_id, OLD.reference, OLD.sender, OLD.recipients, OLD.recipient_types,
         OLD.subject, OLD.provider, OLD.receipt_type, OLD.delivered_to, OLD.error, OLD.reasons,
         OLD.signer, OLD.claims, OLD.revocation) THEN
        RAISE EXCEPTION 'message %: its reading is written once', OLD.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
WRITTEN_ONCE = """
CREATE OR REPLACE FUNCTION message_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.code, NEW.sha256, NEW.raw_id, NEW.direction, NEW.door, NEW.mailbox, NEW.arrived_at)
        IS DISTINCT FROM
        (OLD.code, OLD.sha256, OLD.raw_id, OLD.direction, OLD.door, OLD.mailbox, OLD.arrived_at) THEN
        RAISE EXCEPTION 'message %: what came in does not change', OLD.code
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.office <> '' AND NEW.office <> OLD.office THEN
        RAISE EXCEPTION 'message %: it is the mail of % and stays so', OLD.code, OLD.office
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.kind <> '' AND
        (NEW.kind, NEW.verdict, NEW.certified_at, NEW.offset_minutes, NEW.message_id, NEW.identifier,
         NEW.original_message_id, NEW.reference, NEW.sender, NEW.recipients, NEW.recipient_types,
         NEW.subject, NEW.provider, NEW.receipt_type, NEW.delivered_to, NEW.error, NEW.reasons,
         NEW.signer, NEW.claims, NEW.revocation)
        IS DISTINCT FROM
        (OLD.kind, OLD.verdict, OLD.certified_at, OLD.offset_minutes, OLD.message_id, OLD.identifier,
         OLD.original_message_id, OLD.reference, OLD.sender, OLD.recipients, OLD.recipient_types,
         OLD.subject, OLD.provider, OLD.receipt_type, OLD.delivered_to, OLD.error, OLD.reasons,
         OLD.signer, OLD.claims, OLD.revocation) THEN
        RAISE EXCEPTION 'message %: its reading is written once', OLD.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
PROBLEMS = [
    "content_missing",
    "content_changed",
    "reader_stopped",
    "taker_failed",
    "taker_refused",
    "file_not_taken",
    "file_went_on",
    "worker_died",
    "unexpected",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0001_messages_and_register")]

    operations = [
        migrations.RunSQL(READ_AGAIN, WRITTEN_ONCE),
        migrations.RemoveConstraint(model_name="trouble", name="trouble_problem_known"),
        migrations.AlterField(
            model_name="trouble",
            name="problem",
            field=models.CharField(choices=[(word, word) for word in PROBLEMS], max_length=32),
        ),
        migrations.AddConstraint(
            model_name="trouble",
            constraint=models.CheckConstraint(
                condition=models.Q(("problem__in", PROBLEMS)), name="trouble_problem_known"
            ),
        ),
    ]

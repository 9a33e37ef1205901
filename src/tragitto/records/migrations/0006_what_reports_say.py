"""What machines report of a message is part of its reading, and written once like the rest of it."""

from django.db import migrations, models

STAYS = """
CREATE FUNCTION message_report_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.kind <> '' AND NEW.kind <> '' AND
        (NEW.error_status, NEW.automatic, NEW.deliveries, NEW.replies_to, NEW.carries_copy)
        IS DISTINCT FROM
        (OLD.error_status, OLD.automatic, OLD.deliveries, OLD.replies_to, OLD.carries_copy) THEN
        RAISE EXCEPTION 'message %: its reading is written once', OLD.code
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER message_report_stays BEFORE UPDATE ON message
    FOR EACH ROW EXECUTE FUNCTION message_report_stays();
"""
GOES = """
DROP TRIGGER message_report_stays ON message;
DROP FUNCTION message_report_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_archives_and_viruses"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="automatic",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", ""),
                    ("bounce", "bounce"),
                    ("delivery-report", "delivery-report"),
                    ("read-receipt", "read-receipt"),
                    ("auto-reply", "auto-reply"),
                ],
                default="",
                max_length=32,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="carries_copy",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="deliveries",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="message",
            name="error_status",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
        migrations.AddField(
            model_name="message",
            name="replies_to",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("automatic__in", ["", "bounce", "delivery-report", "read-receipt", "auto-reply"])
                ),
                name="message_automatic_known",
            ),
        ),
        migrations.RunSQL(STAYS, GOES),
    ]

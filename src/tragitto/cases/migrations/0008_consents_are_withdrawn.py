"""A consent that was withdrawn is a row; no case goes into a package on a consent withdrawn since."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

HOLD = """
CREATE FUNCTION handed_over_with_consent() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF jsonb_typeof(NEW.content -> 'consent') = 'object' AND EXISTS (
        SELECT FROM case_consent_withdrawal WHERE case_id = NEW.case_id
        AND withdrawn_at >= coalesce((NEW.content -> 'consent' ->> 'given_at')::timestamptz, '-infinity')
    ) THEN
        RAISE EXCEPTION 'the consent to hand this case over was withdrawn'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handed_over_with_consent BEFORE INSERT ON hand_over_item
    FOR EACH ROW EXECUTE FUNCTION handed_over_with_consent();
"""
RELEASE = """
DROP TRIGGER handed_over_with_consent ON hand_over_item;
DROP FUNCTION handed_over_with_consent();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_nobody_who_abstains_is_one_of_two"),
        ("records", "0008_filings_on_line"),
    ]
    operations = [
        migrations.CreateModel(
            name="ConsentWithdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent_withdrawals",
                        to="cases.case",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent_withdrawals",
                        to="records.message",
                    ),
                ),
            ],
            options={
                "db_table": "case_consent_withdrawal",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "withdrawn_at"), name="consent_withdrawn_once_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=Q(withdrawn_at__lte=F("recorded_at")),
                        name="consent_withdrawal_recorded_afterwards",
                    ),
                ],
            },
        ),
        migrations.RunSQL(HOLD, RELEASE),
    ]

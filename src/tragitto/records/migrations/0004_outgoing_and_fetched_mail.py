"""Outgoing messages with their proofs, what was fetched from mailboxes, and the words for their troubles."""

import django.db.models.deletion
from django.db import migrations, models

import tragitto.kernel.fields

# What was asked for never changes, and what has been sent stays so.
OUTGOING_STAYS = """
CREATE FUNCTION outgoing_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.code, NEW.key, NEW.digest, NEW.message_id, NEW.mailbox_id, NEW.about, NEW.in_reply_to_id)
        IS DISTINCT FROM
        (OLD.code, OLD.key, OLD.digest, OLD.message_id, OLD.mailbox_id, OLD.about, OLD.in_reply_to_id) THEN
        RAISE EXCEPTION 'outgoing %: what was asked for does not change', OLD.code
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'sent' AND (NEW.state <> 'sent' OR NEW.sent_at <> OLD.sent_at) THEN
        RAISE EXCEPTION 'outgoing %: it has been sent', OLD.code USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outgoing_frozen BEFORE UPDATE ON outgoing FOR EACH ROW EXECUTE FUNCTION outgoing_stays();
"""
OUTGOING_MOVES = """
DROP TRIGGER outgoing_frozen ON outgoing;
DROP FUNCTION outgoing_stays();
"""
# An instant that is proven is written once; a closed proof is never opened again.
PROOF_STAYS = """
CREATE FUNCTION proof_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.outgoing_id, NEW.recipient) IS DISTINCT FROM (OLD.outgoing_id, OLD.recipient)
        OR (OLD.accepted_at IS NOT NULL AND (NEW.accepted_at, NEW.acceptance_id)
            IS DISTINCT FROM (OLD.accepted_at, OLD.acceptance_id))
        OR (OLD.warned_at IS NOT NULL AND (NEW.warned_at, NEW.warning_id)
            IS DISTINCT FROM (OLD.warned_at, OLD.warning_id)) THEN
        RAISE EXCEPTION 'proof %: what is proven does not change', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF (OLD.delivered_at IS NOT NULL OR OLD.failed_at IS NOT NULL) AND
        (NEW.delivered_at, NEW.delivery_id, NEW.failed_at, NEW.failure_id, NEW.reason) IS DISTINCT FROM
        (OLD.delivered_at, OLD.delivery_id, OLD.failed_at, OLD.failure_id, OLD.reason) THEN
        RAISE EXCEPTION 'proof %: it is closed', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proof_frozen BEFORE UPDATE ON outgoing_proof FOR EACH ROW EXECUTE FUNCTION proof_stays();
"""
PROOF_MOVES = """
DROP TRIGGER proof_frozen ON outgoing_proof;
DROP FUNCTION proof_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_files_are_looked_into"),
    ]

    operations = [
        migrations.CreateModel(
            name="DigestSent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("office", models.CharField(max_length=64)),
                ("day", models.DateField()),
                ("sent_at", models.DateTimeField()),
                ("readers", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "digest_sent",
            },
        ),
        migrations.CreateModel(
            name="Fetched",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folder", models.CharField(max_length=255)),
                ("uid_validity", models.PositiveBigIntegerField()),
                ("uid", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "mailbox_fetched",
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("key", models.CharField(max_length=200, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("about", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "queued"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("refused", "refused"),
                            ("uncertain", "uncertain"),
                        ],
                        max_length=32,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("tries", models.PositiveIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "outgoing",
            },
        ),
        migrations.CreateModel(
            name="Intervention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(choices=[("resent", "resent"), ("settled", "settled")], max_length=32),
                ),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "outgoing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interventions",
                        to="records.outgoing",
                    ),
                ),
            ],
            options={
                "db_table": "outgoing_intervention",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["resent", "settled"])),
                        name="intervention_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="intervention_with_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("recipient", models.CharField(max_length=320)),
                ("is_certified", models.BooleanField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("warned_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "db_table": "outgoing_proof",
            },
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folder", models.CharField(max_length=255)),
                ("uid_validity", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                ("on_server", models.PositiveIntegerField()),
                ("fetched", models.PositiveIntegerField()),
                ("missing", models.PositiveIntegerField()),
                ("taken", models.PositiveIntegerField()),
                ("known", models.PositiveIntegerField()),
                ("gone", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "mailbox_reconciliation",
            },
        ),
        migrations.CreateModel(
            name="Watermark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("folder", models.CharField(max_length=255)),
                ("uid_validity", models.PositiveBigIntegerField()),
                ("last_uid", models.PositiveBigIntegerField(default=0)),
                ("looked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "mailbox_watermark",
            },
        ),
        migrations.RemoveConstraint(
            model_name="trouble",
            name="trouble_problem_known",
        ),
        migrations.AlterField(
            model_name="trouble",
            name="problem",
            field=models.CharField(
                choices=[
                    ("content_missing", "content_missing"),
                    ("content_changed", "content_changed"),
                    ("reader_stopped", "reader_stopped"),
                    ("taker_failed", "taker_failed"),
                    ("taker_refused", "taker_refused"),
                    ("file_not_taken", "file_not_taken"),
                    ("file_went_on", "file_went_on"),
                    ("worker_died", "worker_died"),
                    ("mailboxes_wrong", "mailboxes_wrong"),
                    ("mailbox_unreachable", "mailbox_unreachable"),
                    ("mailbox_unknown", "mailbox_unknown"),
                    ("folder_unreachable", "folder_unreachable"),
                    ("mail_not_fetched", "mail_not_fetched"),
                    ("mail_too_large", "mail_too_large"),
                    ("mail_gone", "mail_gone"),
                    ("sending_postponed", "sending_postponed"),
                    ("sending_refused", "sending_refused"),
                    ("sending_uncertain", "sending_uncertain"),
                    ("delivery_failed", "delivery_failed"),
                    ("delivery_reported", "delivery_reported"),
                    ("receipt_missing", "receipt_missing"),
                    ("receipt_contradicts", "receipt_contradicts"),
                    ("scanner_silent", "scanner_silent"),
                    ("infected", "infected"),
                    ("not_checked", "not_checked"),
                    ("unexpected", "unexpected"),
                ],
                max_length=32,
            ),
        ),
        migrations.AddConstraint(
            model_name="trouble",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "problem__in",
                        [
                            "content_missing",
                            "content_changed",
                            "reader_stopped",
                            "taker_failed",
                            "taker_refused",
                            "file_not_taken",
                            "file_went_on",
                            "worker_died",
                            "mailboxes_wrong",
                            "mailbox_unreachable",
                            "mailbox_unknown",
                            "folder_unreachable",
                            "mail_not_fetched",
                            "mail_too_large",
                            "mail_gone",
                            "sending_postponed",
                            "sending_refused",
                            "sending_uncertain",
                            "delivery_failed",
                            "delivery_reported",
                            "receipt_missing",
                            "receipt_contradicts",
                            "scanner_silent",
                            "infected",
                            "not_checked",
                            "unexpected",
                        ],
                    )
                ),
                name="trouble_problem_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="digestsent",
            constraint=models.UniqueConstraint(fields=("office", "day"), name="digest_once_per_day"),
        ),
        migrations.AddField(
            model_name="fetched",
            name="mailbox",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="fetched", to="records.mailbox"
            ),
        ),
        migrations.AddField(
            model_name="fetched",
            name="message",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="fetched_as", to="records.message"
            ),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="in_reply_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="records.message",
            ),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="mailbox",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="outgoing", to="records.mailbox"
            ),
        ),
        migrations.AddField(
            model_name="outgoing",
            name="message",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="outgoing", to="records.message"
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="acceptance",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.message",
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="delivery",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.message",
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="failure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.message",
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="outgoing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="records.outgoing"
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="warning",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.message",
            ),
        ),
        migrations.AddField(
            model_name="reconciliation",
            name="mailbox",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reconciliations",
                to="records.mailbox",
            ),
        ),
        migrations.AddField(
            model_name="watermark",
            name="mailbox",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="watermarks", to="records.mailbox"
            ),
        ),
        migrations.AddConstraint(
            model_name="fetched",
            constraint=models.UniqueConstraint(
                fields=("mailbox", "folder", "uid_validity", "uid"), name="fetched_once_per_uid"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(fields=["state", "state_since"], name="outgoing_by_state"),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "sending", "sent", "refused", "uncertain"])),
                name="outgoing_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="outgoing_has_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                    _connector="OR",
                ),
                name="outgoing_sent_at_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_try_at__isnull", False), ("state", "queued")),
                    models.Q(models.Q(("state", "queued"), _negated=True), ("next_try_at__isnull", True)),
                    _connector="OR",
                ),
                name="outgoing_queued_for_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.UniqueConstraint(
                fields=("outgoing", "recipient"), name="proof_once_per_recipient"
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acceptance__isnull", True), ("accepted_at__isnull", True)),
                    models.Q(("acceptance__isnull", False), ("accepted_at__isnull", False)),
                    _connector="OR",
                ),
                name="proof_accepted_at_with_its_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("warned_at__isnull", True), ("warning__isnull", True)),
                    models.Q(("warned_at__isnull", False), ("warning__isnull", False)),
                    _connector="OR",
                ),
                name="proof_warned_at_with_its_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivered_at__isnull", True), ("delivery__isnull", True)),
                    models.Q(("delivered_at__isnull", False), ("delivery__isnull", False)),
                    _connector="OR",
                ),
                name="proof_delivered_at_with_its_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("failed_at__isnull", True), ("failure__isnull", True)),
                    models.Q(("failed_at__isnull", False), ("failure__isnull", False)),
                    _connector="OR",
                ),
                name="proof_failed_at_with_its_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivered_at__isnull", True), ("failed_at__isnull", True), _connector="OR"
                ),
                name="proof_closed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(("recipient", ""), _negated=True), name="proof_names_a_recipient"
            ),
        ),
        migrations.AddIndex(
            model_name="reconciliation",
            index=models.Index(fields=["mailbox", "folder", "at"], name="reconciliation_by_moment"),
        ),
        migrations.AddConstraint(
            model_name="reconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "on_server",
                        django.db.models.expressions.CombinedExpression(
                            models.F("fetched"), "+", models.F("missing")
                        ),
                    )
                ),
                name="reconciliation_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="reconciliation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "missing__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("taken"), "+", models.F("known")
                        ),
                    )
                ),
                name="reconciliation_took_what_was_missing",
            ),
        ),
        migrations.AddConstraint(
            model_name="watermark",
            constraint=models.UniqueConstraint(
                fields=("mailbox", "folder"), name="watermark_once_per_folder"
            ),
        ),
        migrations.RunSQL(OUTGOING_STAYS, OUTGOING_MOVES),
        migrations.RunSQL(PROOF_STAYS, PROOF_MOVES),
    ]

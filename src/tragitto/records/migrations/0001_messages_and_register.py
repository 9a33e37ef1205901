"""Documents, mailboxes, messages and the registers, with what the database itself guards about them."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import tragitto.kernel.fields

# A number follows the one before it, in the year in which Rome's calendar stands. Looked at as the
# transaction commits, so that a gap can never be seen by anybody else.
NO_GAPS = """
CREATE FUNCTION register_entry_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.year <> extract(year FROM NEW.registered_at AT TIME ZONE 'Europe/Rome') THEN
        RAISE EXCEPTION 'register %: number % of % is dated in another year',
            NEW.register, NEW.number, NEW.year USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT 1 FROM register_entry
        WHERE register = NEW.register AND year = NEW.year AND number = NEW.number - 1
    ) THEN
        RAISE EXCEPTION 'register %: number % of % would leave a gap',
            NEW.register, NEW.number, NEW.year USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER register_entry_without_gaps AFTER INSERT ON register_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION register_entry_follows();
"""
GAPS = """
DROP TRIGGER register_entry_without_gaps ON register_entry;
DROP FUNCTION register_entry_follows();
"""
# What came in, when and by which door never changes; what was read of it is written once. Whose mail it
# is may come out later, for what is nobody's yet, and never changes afterwards.
FROZEN = """
CREATE FUNCTION message_stays() RETURNS trigger
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
CREATE TRIGGER message_frozen BEFORE UPDATE ON message FOR EACH ROW EXECUTE FUNCTION message_stays();
"""
THAWED = """
DROP TRIGGER message_frozen ON message;
DROP FUNCTION message_stays();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("accounts", "0001_people_and_organisations")]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=127)),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "db_table": "document",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="document_hash_is_sha256",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=320, unique=True)),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=64)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailboxes",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "mailbox",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("address", django.db.models.functions.text.Lower("address"))),
                        name="mailbox_in_small_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), _negated=True), name="mailbox_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("direction", models.CharField(choices=[("in", "in"), ("out", "out")], max_length=32)),
                ("door", models.CharField(max_length=32)),
                ("mailbox", models.CharField(blank=True, max_length=320)),
                ("office", models.CharField(blank=True, default="", max_length=64)),
                ("arrived_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("kept", "kept"),
                            ("read", "read"),
                            ("registered", "registered"),
                            ("split", "split"),
                            ("sorting", "sorting"),
                            ("filed", "filed"),
                            ("set_aside", "set_aside"),
                            ("linked", "linked"),
                        ],
                        max_length=32,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("posta-certificata", "posta-certificata"),
                            ("accettazione", "accettazione"),
                            ("non-accettazione", "non-accettazione"),
                            ("presa-in-carico", "presa-in-carico"),
                            ("avvenuta-consegna", "avvenuta-consegna"),
                            ("errore-consegna", "errore-consegna"),
                            ("preavviso-errore-consegna", "preavviso-errore-consegna"),
                            ("rilevazione-virus", "rilevazione-virus"),
                            ("anomalia", "anomalia"),
                            ("ordinaria", "ordinaria"),
                            ("firmata-sconosciuta", "firmata-sconosciuta"),
                            ("illeggibile", "illeggibile"),
                        ],
                        default="",
                        max_length=32,
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("valid", "valid"),
                            ("altered", "altered"),
                            ("untrusted", "untrusted"),
                            ("uncertified", "uncertified"),
                            ("unreadable", "unreadable"),
                        ],
                        default="",
                        max_length=32,
                    ),
                ),
                ("certified_at", models.DateTimeField(blank=True, null=True)),
                ("offset_minutes", models.SmallIntegerField(blank=True, null=True)),
                ("message_id", models.TextField(blank=True)),
                ("identifier", models.TextField(blank=True)),
                ("original_message_id", models.TextField(blank=True)),
                ("reference", models.TextField(blank=True)),
                ("sender", models.TextField(blank=True)),
                ("recipients", models.JSONField(blank=True, default=list)),
                ("recipient_types", models.JSONField(blank=True, default=dict)),
                ("subject", models.TextField(blank=True)),
                ("provider", models.TextField(blank=True)),
                ("receipt_type", models.CharField(blank=True, max_length=32)),
                ("delivered_to", models.TextField(blank=True)),
                ("error", models.TextField(blank=True)),
                ("reasons", models.JSONField(blank=True, default=list)),
                ("signer", models.JSONField(blank=True, null=True)),
                ("claims", models.JSONField(blank=True, null=True)),
                ("revocation", models.CharField(blank=True, max_length=32)),
                (
                    "raw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="records.document",
                    ),
                ),
                (
                    "receipt_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="records.message",
                    ),
                ),
                (
                    "same_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="records.message",
                    ),
                ),
            ],
            options={
                "db_table": "message",
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("filed", "filed"), ("set_aside", "set_aside"), ("taken_up", "taken_up")],
                        max_length=32,
                    ),
                ),
                ("where", models.CharField(blank=True, max_length=64)),
                ("taker", models.CharField(blank=True, max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="records.message",
                    ),
                ),
            ],
            options={
                "db_table": "message_filing",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.TextField()),
                ("original_name", models.TextField(blank=True)),
                ("media_type", models.CharField(max_length=127)),
                ("form", models.JSONField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="records.document",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="records.message",
                    ),
                ),
            ],
            options={
                "db_table": "message_attachment",
            },
        ),
        migrations.CreateModel(
            name="RegisterCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=64)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "register_counter",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "year"), name="register_counter_once_per_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("register", models.CharField(max_length=64)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("registered_at", models.DateTimeField()),
                ("direction", models.CharField(choices=[("in", "in"), ("out", "out")], max_length=32)),
                ("sender", models.TextField(blank=True)),
                ("recipients", models.JSONField(blank=True, default=list)),
                ("subject", models.TextField(blank=True)),
                ("document_sha256", models.CharField(max_length=64)),
                ("original_at", models.DateTimeField(blank=True, null=True)),
                ("original_identifier", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=64)),
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entry",
                        to="records.message",
                    ),
                ),
            ],
            options={
                "db_table": "register_entry",
            },
        ),
        migrations.CreateModel(
            name="OfficeNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=64)),
                ("given_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="office_numbers",
                        to="records.registerentry",
                    ),
                ),
            ],
            options={
                "db_table": "register_office_number",
            },
        ),
        migrations.CreateModel(
            name="Trouble",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.TextField(blank=True)),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "open"),
                            ("register", "register"),
                            ("split", "split"),
                            ("place", "place"),
                        ],
                        default="",
                        max_length=32,
                    ),
                ),
                (
                    "problem",
                    models.CharField(
                        choices=[
                            ("content_missing", "content_missing"),
                            ("content_changed", "content_changed"),
                            ("reader_stopped", "reader_stopped"),
                            ("taker_failed", "taker_failed"),
                            ("taker_refused", "taker_refused"),
                            ("file_not_taken", "file_not_taken"),
                            ("unexpected", "unexpected"),
                        ],
                        max_length=32,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=200)),
                ("tries", models.PositiveIntegerField(default=1)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("solved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="troubles",
                        to="records.message",
                    ),
                ),
            ],
            options={
                "db_table": "message_trouble",
            },
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["state", "state_since"], name="message_by_state"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["arrived_at", "id"], name="message_by_arrival"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["message_id"], name="message_by_message_id"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["in", "out"])), name="message_direction_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["kept", "read", "registered", "split", "sorting", "filed", "set_aside", "linked"],
                    )
                ),
                name="message_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "posta-certificata",
                            "accettazione",
                            "non-accettazione",
                            "presa-in-carico",
                            "avvenuta-consegna",
                            "errore-consegna",
                            "preavviso-errore-consegna",
                            "rilevazione-virus",
                            "anomalia",
                            "ordinaria",
                            "firmata-sconosciuta",
                            "illeggibile",
                            "",
                        ],
                    )
                ),
                name="message_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict__in", ["valid", "altered", "untrusted", "uncertified", "unreadable", ""])
                ),
                name="message_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", ""),
                        ("verdict", ""),
                        ("state", "kept"),
                    ),
                    models.Q(
                        models.Q(("kind", ""), _negated=True),
                        models.Q(("verdict", ""), _negated=True),
                        models.Q(("state", "kept"), _negated=True),
                    ),
                    ("direction", "out"),
                    _connector="OR",
                ),
                name="message_read_unless_just_kept",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict", "valid"),
                    models.Q(("certified_at__isnull", True), ("identifier", "")),
                    _connector="OR",
                ),
                name="message_certified_only_if_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certified_at__isnull", True), ("offset_minutes__isnull", True)),
                    models.Q(("certified_at__isnull", False), ("offset_minutes__isnull", False)),
                    _connector="OR",
                ),
                name="message_instant_with_its_offset",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("same_as__isnull", False),
                        ("state", "linked"),
                    ),
                    models.Q(
                        ("same_as__isnull", True),
                        models.Q(("state", "linked"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_linked_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("same_as__isnull", True),
                    models.Q(("same_as", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="message_not_linked_to_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("receipt_for__isnull", True),
                    models.Q(
                        (
                            "kind__in",
                            [
                                "accettazione",
                                "avvenuta-consegna",
                                "errore-consegna",
                                "non-accettazione",
                                "preavviso-errore-consegna",
                                "presa-in-carico",
                                "rilevazione-virus",
                            ],
                        ),
                        ("verdict", "valid"),
                    ),
                    _connector="OR",
                ),
                name="message_only_receipts_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("direction", "in"),
                    ("same_as__isnull", True),
                    models.Q(("identifier", ""), _negated=True),
                ),
                fields=("kind", "identifier", "delivered_to", "office"),
                name="message_once_per_identifier",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("same_as__isnull", True)),
                fields=("sha256", "office"),
                name="message_once_per_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["filed", "set_aside", "taken_up"])), name="filing_act_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("act", "filed"),
                        models.Q(("where", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("act", "filed"), _negated=True),
                        ("where", ""),
                    ),
                    _connector="OR",
                ),
                name="filing_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "set_aside"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="filing_set_aside_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(
                fields=("message", "position"), name="attachment_once_per_position"
            ),
        ),
        migrations.AddIndex(
            model_name="registerentry",
            index=models.Index(fields=["register", "registered_at"], name="register_entry_by_moment"),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.UniqueConstraint(
                fields=("register", "year", "number"), name="register_entry_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="register_entry_starts_at_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["in", "out"])), name="register_entry_direction_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="officenumber",
            constraint=models.UniqueConstraint(
                fields=("entry", "number"), name="office_number_once_per_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="officenumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="office_number_not_empty"
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
                            "unexpected",
                        ],
                    )
                ),
                name="trouble_problem_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trouble",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["open", "register", "split", "place", ""])),
                name="trouble_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trouble",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file_name", ""), ("message__isnull", False)),
                    models.Q(("message__isnull", True), models.Q(("file_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="trouble_about_message_or_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="trouble",
            constraint=models.UniqueConstraint(
                condition=models.Q(("message__isnull", False), ("solved_at__isnull", True)),
                fields=("message", "step"),
                name="trouble_once_per_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="trouble",
            constraint=models.UniqueConstraint(
                condition=models.Q(("message__isnull", True), ("solved_at__isnull", True)),
                fields=("file_name",),
                name="trouble_once_per_file",
            ),
        ),
        migrations.RunSQL(NO_GAPS, GAPS),
        migrations.RunSQL(FROZEN, THAWED),
    ]

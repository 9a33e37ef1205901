"""Requests for information, filing on line, who acts for whom, letters to employers."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import tragitto.kernel.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_cache_table"),
        ("cases", "0003_hand_overs_and_responsible_officers"),
        ("employers", "0003_facts_are_looked_up"),
        ("records", "0007_notices_about_several_people"),
        ("schemes", "0003_a_call_is_an_act"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("draft_code", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("before_closing", "before_closing"), ("after_closing", "after_closing")],
                        max_length=32,
                    ),
                ),
                ("window_number", models.PositiveSmallIntegerField()),
                ("hours", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "db_table": "filing_draft_warning",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("draft_code", "kind", "window_number", "hours"), name="draft_warning_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["before_closing", "after_closing"])),
                        name="draft_warning_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FilingDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("account", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=8)),
                ("answers", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filing_drafts",
                        to="schemes.call",
                    ),
                ),
                (
                    "expression",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filing_drafts",
                        to="employers.expression",
                    ),
                ),
            ],
            options={
                "db_table": "filing_draft",
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("enterprise_name", models.CharField(max_length=300)),
                ("codice_fiscale", models.CharField(blank=True, default="", max_length=16)),
                ("province", models.CharField(max_length=2)),
                ("division", models.CharField(blank=True, default="", max_length=2)),
                ("contact_name", models.CharField(max_length=200)),
                ("contact_email", models.EmailField(max_length=254)),
                ("contact_phone", models.CharField(blank=True, default="", max_length=32)),
                ("language", models.CharField(max_length=8)),
                ("question", models.TextField(blank=True, default="")),
                ("needs", models.JSONField(default=list)),
                ("account", models.CharField(blank=True, default="", max_length=64)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("answered", "answered"),
                            ("converted", "converted"),
                            ("closed", "closed"),
                        ],
                        max_length=32,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("manager", models.CharField(blank=True, default="", max_length=64)),
                ("closing_reason", models.TextField(blank=True, default="")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries_made",
                        to="schemes.call",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries_made",
                        to="schemes.scheme",
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiry",
                        to="employers.filingdraft",
                    ),
                ),
            ],
            options={
                "db_table": "enquiry",
            },
        ),
        migrations.CreateModel(
            name="DraftPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed_form", "signed_form"),
                            ("signed_delegation", "signed_delegation"),
                            ("identity_copy", "identity_copy"),
                            ("other", "other"),
                        ],
                        max_length=32,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft_papers",
                        to="records.document",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="employers.filingdraft",
                    ),
                ),
            ],
            options={
                "db_table": "filing_draft_paper",
            },
        ),
        migrations.CreateModel(
            name="LateAdmission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("exception", models.CharField(max_length=64)),
                ("reason", models.TextField()),
                ("proposed_by", models.CharField(max_length=64)),
                ("proposed_at", models.DateTimeField()),
                ("is_admitted", models.BooleanField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=64)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("ground", models.TextField(blank=True, default="")),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_admission",
                        to="employers.version",
                    ),
                ),
            ],
            options={
                "db_table": "late_admission",
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("start_notice", "start_notice"),
                            ("soccorso_istruttorio", "soccorso_istruttorio"),
                            ("preavviso_di_rigetto", "preavviso_di_rigetto"),
                            ("decision", "decision"),
                            ("late_filing", "late_filing"),
                        ],
                        max_length=32,
                    ),
                ),
                ("grounds", models.JSONField(default=list)),
                ("text", models.TextField(blank=True, default="")),
                ("deadline", models.CharField(blank=True, default="", max_length=64)),
                ("recipient", models.CharField(blank=True, default="", max_length=320)),
                ("written_by", models.CharField(max_length=64)),
                ("written_at", models.DateTimeField()),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="cases.decision",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="records.document",
                    ),
                ),
                (
                    "expression",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="employers.expression",
                    ),
                ),
                (
                    "outgoing",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="records.outgoing",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="employers.version",
                    ),
                ),
            ],
            options={
                "db_table": "letter",
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("entered_by", models.CharField(max_length=64)),
                ("answer", models.TextField(blank=True, default="")),
                ("is_upheld", models.BooleanField(blank=True, null=True)),
                ("answered_by", models.CharField(blank=True, default="", max_length=64)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="employers.letter",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="records.message",
                    ),
                ),
            ],
            options={
                "db_table": "letter_observation",
            },
        ),
        migrations.CreateModel(
            name="Portfolio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("manager", models.CharField(max_length=64)),
                (
                    "provinces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), blank=True, default=list
                    ),
                ),
                (
                    "divisions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), blank=True, default=list
                    ),
                ),
                ("share", models.PositiveSmallIntegerField(default=1)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("made_by", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portfolios",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portfolios",
                        to="schemes.scheme",
                    ),
                ),
            ],
            options={
                "db_table": "account_manager_portfolio",
            },
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("account", models.CharField(max_length=64)),
                (
                    "capacity",
                    models.CharField(
                        choices=[("legal_representative", "legal_representative"), ("delegate", "delegate")],
                        max_length=32,
                    ),
                ),
                (
                    "powers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list
                    ),
                ),
                ("principal_name", models.CharField(blank=True, default="", max_length=200)),
                ("principal_codice_fiscale", models.CharField(blank=True, default="", max_length=16)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("declared_at", models.DateTimeField()),
                (
                    "confirmed",
                    models.CharField(
                        blank=True,
                        choices=[("signature", "signature"), ("identity", "identity"), ("office", "office")],
                        default="",
                        max_length=32,
                    ),
                ),
                ("confirmed_by", models.CharField(blank=True, default="", max_length=64)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_by", models.CharField(blank=True, default="", max_length=64)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revocation_reason", models.TextField(blank=True, default="")),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representations",
                        to="schemes.call",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representations",
                        to="employers.employer",
                    ),
                ),
                (
                    "identity_copy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.document",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.document",
                    ),
                ),
            ],
            options={
                "db_table": "representation",
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("account", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("registered", "registered"),
                            ("placed", "placed"),
                            ("sorting", "sorting"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="schemes.call",
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission",
                        to="employers.filingdraft",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission",
                        to="records.message",
                    ),
                ),
                (
                    "printed_receipt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.document",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.document",
                    ),
                ),
            ],
            options={
                "db_table": "submission",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[("phone", "phone"), ("email", "email"), ("meeting", "meeting")],
                        max_length=32,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "reached"),
                            ("not_reached", "not_reached"),
                            ("call_again", "call_again"),
                        ],
                        max_length=32,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("note", models.TextField()),
                ("recorded_by", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="employers.enquiry",
                    ),
                ),
            ],
            options={
                "db_table": "enquiry_contact",
                "constraints": [
                    models.UniqueConstraint(fields=("enquiry", "number"), name="contact_once_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="contact_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("happened_at__lte", models.F("recorded_at"))),
                        name="contact_recorded_afterwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["phone", "email", "meeting"])),
                        name="contact_channel_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["reached", "not_reached", "call_again"])),
                        name="contact_outcome_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("manager", models.CharField(max_length=64)),
                ("why", models.JSONField(default=dict)),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=64)),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="employers.enquiry",
                    ),
                ),
            ],
            options={
                "db_table": "enquiry_assignment",
                "constraints": [
                    models.UniqueConstraint(fields=("enquiry", "number"), name="assignment_once_per_number")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="filingdraft",
            index=models.Index(fields=["account", "saved_at"], name="filing_draft_by_account"),
        ),
        migrations.AddIndex(
            model_name="filingdraft",
            index=models.Index(
                condition=models.Q(("discarded_at__isnull", True), ("sent_at__isnull", True)),
                fields=["call"],
                name="filing_draft_unsent_by_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="filingdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at__isnull", True), ("discarded_at__isnull", True), _connector="OR"
                ),
                name="filing_draft_sent_or_discarded",
            ),
        ),
        migrations.AddConstraint(
            model_name="filingdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("saved_at__gte", models.F("started_at"))),
                name="filing_draft_saved_after_it_was_started",
            ),
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["organisation", "state", "made_at"], name="enquiry_by_office"),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("closing_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="enquiry_closed_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "converted", "closed"])),
                name="enquiry_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftpaper",
            constraint=models.UniqueConstraint(
                fields=("draft", "document"), name="draft_paper_once_per_content"
            ),
        ),
        migrations.AddConstraint(
            model_name="draftpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["signed_form", "signed_delegation", "identity_copy", "other"])
                ),
                name="draft_paper_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateadmission",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="late_admission_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="lateadmission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", ""),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="late_admission_decided_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateadmission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by", ""), ("is_admitted__isnull", True)),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("is_admitted__isnull", False),
                        models.Q(("decided_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="late_admission_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("expression", "number"), name="letter_once_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outgoing__isnull", True),
                    models.Q(models.Q(("recipient", ""), _negated=True), ("document__isnull", False)),
                    _connector="OR",
                ),
                name="letter_sent_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__isnull", False), ("kind", "decision")),
                    models.Q(models.Q(("kind", "decision"), _negated=True), ("decision__isnull", True)),
                    _connector="OR",
                ),
                name="letter_of_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "start_notice",
                            "soccorso_istruttorio",
                            "preavviso_di_rigetto",
                            "decision",
                            "late_filing",
                        ],
                    )
                ),
                name="letter_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.UniqueConstraint(
                fields=("letter", "number"), name="observation_once_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="observation_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("answered_at__isnull", True),
                        ("answered_by", ""),
                        ("is_upheld__isnull", True),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("is_upheld__isnull", False),
                        models.Q(("answered_by", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="observation_answered_in_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="portfolio",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gte", 1)), name="portfolio_has_a_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="portfolio",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="portfolio_ends_after_it_starts",
            ),
        ),
        migrations.AddIndex(
            model_name="representation",
            index=models.Index(fields=["account"], name="representation_by_account"),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("powers__contained_by", ["file", "supplement", "withdraw", "receive"]),
                    ("powers__len__gt", 0),
                ),
                name="representation_powers_are_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                ),
                name="representation_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("capacity", "delegate"), _negated=True),
                    models.Q(("principal_codice_fiscale", ""), _negated=True),
                    _connector="OR",
                ),
                name="representation_delegate_names_the_principal",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed", ""), ("confirmed_at__isnull", True), ("confirmed_by", "")),
                    models.Q(
                        models.Q(("confirmed", ""), _negated=True),
                        ("confirmed_at__isnull", False),
                        models.Q(("confirmed_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="representation_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by", "")),
                    models.Q(("revoked_at__isnull", False), models.Q(("revoked_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="representation_revoked_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(("capacity__in", ["legal_representative", "delegate"])),
                name="representation_capacity_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed__in", ["signature", "identity", "office", ""])),
                name="representation_confirmed_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state", "received")),
                fields=["received_at", "id"],
                name="submission_not_yet_registered",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["account", "received_at"], name="submission_by_account"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="submission_hash_is_sha256"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message__isnull", True), ("state", "received")),
                    models.Q(models.Q(("state", "received"), _negated=True), ("message__isnull", False)),
                    _connector="OR",
                ),
                name="submission_registered_with_its_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "registered", "placed", "sorting"])),
                name="submission_state_is_known",
            ),
        ),
    ]

"""Packages handed over, responsible officers, statements about conflicts of interest."""

import django.db.models.deletion
from django.db import migrations, models

import tragitto.kernel.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_cache_table"),
        ("cases", "0002_stage_follows_moves"),
        ("records", "0007_notices_about_several_people"),
        ("schemes", "0003_a_call_is_an_act"),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("duty", models.CharField(max_length=32)),
                ("basis", models.JSONField(default=dict)),
                ("manifest_hash", models.CharField(max_length=64)),
                ("made_for", models.CharField(max_length=64)),
                ("made_by", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("accepted_by", models.CharField(blank=True, default="", max_length=64)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("recalled_by", models.CharField(blank=True, default="", max_length=64)),
                ("recalled_at", models.DateTimeField(blank=True, null=True)),
                ("recall_reason", models.TextField(blank=True, default="")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="schemes.call",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="records.document",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_hand_overs",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "hand_over",
            },
        ),
        migrations.CreateModel(
            name="HandOverItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over_items",
                        to="cases.case",
                    ),
                ),
                (
                    "hand_over",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="cases.handover"
                    ),
                ),
            ],
            options={
                "db_table": "hand_over_item",
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("officer", models.CharField(max_length=64)),
                ("organisation", models.CharField(max_length=64)),
                ("reason", models.TextField(blank=True, default="")),
                ("given_at", models.DateTimeField()),
                ("given_by", models.CharField(max_length=64)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "db_table": "case_responsibility",
            },
        ),
        migrations.CreateModel(
            name="ConflictStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("officer", models.CharField(max_length=64)),
                ("number", models.PositiveSmallIntegerField()),
                ("has_conflict", models.BooleanField()),
                ("ground", models.TextField(blank=True, default="")),
                ("stated_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflict_statements",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "db_table": "case_conflict_statement",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "officer", "number"), name="conflict_statement_once_per_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("has_conflict", False), models.Q(("ground", ""), _negated=True), _connector="OR"
                        ),
                        name="conflict_with_its_ground",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("manifest_hash__regex", "^[0-9a-f]{64}$")),
                name="hand_over_manifest_is_sha256",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at__isnull", True), ("accepted_by", "")),
                    models.Q(
                        ("accepted_at__gte", models.F("made_at")),
                        models.Q(("accepted_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hand_over_accepted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("recall_reason", ""), ("recalled_at__isnull", True), ("recalled_by", "")),
                    models.Q(
                        ("recalled_at__gte", models.F("made_at")),
                        models.Q(("recalled_by", ""), _negated=True),
                        models.Q(("recall_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hand_over_recalled_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.UniqueConstraint(
                fields=("hand_over", "case"), name="hand_over_item_once_per_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.UniqueConstraint(
                fields=("hand_over", "position"), name="hand_over_item_once_per_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(
                fields=("case", "number"), name="responsibility_once_per_number"
            ),
        ),
    ]

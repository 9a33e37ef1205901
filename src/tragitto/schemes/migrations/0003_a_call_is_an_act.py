"""A call is an act: who proposed it, what was verified, how it is answered, reviewed and handed over."""

import django.db.models.deletion
from django.db import migrations, models

import tragitto.kernel.fields


class Migration(migrations.Migration):
    dependencies = [
        ("schemes", "0002_published_is_frozen"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="checks",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="call",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="schemes.call",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="enquiries",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="call",
            name="filing",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="call",
            name="hand_over",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="call",
            name="proposer",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="call",
            name="review",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="RelatedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("same_scheme", "same_scheme"),
                            ("earlier", "earlier"),
                            ("later", "later"),
                            ("funding", "funding"),
                            ("support", "support"),
                        ],
                        max_length=32,
                    ),
                ),
                ("title", tragitto.kernel.fields.TextsField(default=dict)),
                ("page", models.URLField(blank=True, default="", max_length=500)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=64)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removed_by", models.CharField(blank=True, default="", max_length=64)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="related_links",
                        to="schemes.call",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_from",
                        to="schemes.call",
                    ),
                ),
            ],
            options={
                "db_table": "call_related_link",
                "constraints": [
                    models.UniqueConstraint(fields=("call", "number"), name="related_link_once_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("other__isnull", False), ("page", "")),
                            models.Q(("other__isnull", True), models.Q(("page", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="related_link_leads_to_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other__isnull", True),
                            models.Q(("other", models.F("call")), _negated=True),
                            _connector="OR",
                        ),
                        name="related_link_leads_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by", "")),
                            models.Q(
                                ("removed_at__isnull", False), models.Q(("removed_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="related_link_removed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relation__in", ["same_scheme", "earlier", "later", "funding", "support"])
                        ),
                        name="related_link_relation_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__has_keys", ["it", "fr", "ar", "en"])),
                        name="related_link_title_complete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("administrative", "administrative"), ("legal", "legal")], max_length=32
                    ),
                ),
                ("is_passed", models.BooleanField()),
                ("note", models.TextField(blank=True, default="")),
                ("content_hash", models.CharField(max_length=64)),
                ("verified_by", models.CharField(max_length=64)),
                ("verified_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="schemes.call",
                    ),
                ),
            ],
            options={
                "db_table": "call_verification",
                "constraints": [
                    models.UniqueConstraint(fields=("call", "number"), name="verification_once_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_passed", True), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="verification_sent_back_with_a_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["administrative", "legal"])),
                        name="verification_kind_is_known",
                    ),
                ],
            },
        ),
    ]

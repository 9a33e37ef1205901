"""A letter whose delivery failed is sent again; a decision that was told and corrected has its notice."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KINDS = ["start_notice", "soccorso_istruttorio", "preavviso_di_rigetto", "decision", "correction"]
OF_DECISIONS = ["correction", "decision"]


def changed(name: str, constraint: models.BaseConstraint) -> list[migrations.operations.base.Operation]:
    """A condition that letters keep, in other words."""
    return [
        migrations.RemoveConstraint(model_name="letter", name=name),
        migrations.AddConstraint(model_name="letter", constraint=constraint),
    ]


class Migration(migrations.Migration):
    dependencies = [("employers", "0014_lateness_is_told_by_the_decision")]
    operations = [
        migrations.AlterField(
            "letter", "kind", models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=32)
        ),
        *changed(
            "letter_kind_is_known",
            models.CheckConstraint(condition=Q(("kind__in", KINDS)), name="letter_kind_is_known"),
        ),
        migrations.AlterField(
            "letter",
            "decision",
            models.ForeignKey(
                "cases.Decision",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                null=True,
                blank=True,
            ),
        ),
        *changed(
            "letter_of_a_decision",
            models.CheckConstraint(
                condition=Q(("decision__isnull", False), ("kind__in", OF_DECISIONS))
                | (~Q(("kind__in", OF_DECISIONS)) & Q(("decision__isnull", True))),
                name="letter_of_a_decision",
            ),
        ),
        migrations.AddConstraint(
            "letter",
            models.UniqueConstraint(
                fields=["decision", "kind"],
                condition=Q(("kind", "decision")) | Q(("dropped_at__isnull", True)),
                name="letter_once_per_decision",
            ),
        ),
        migrations.CreateModel(
            "LetterAttempt",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=320)),
                ("sent_by", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                (
                    "letter",
                    models.ForeignKey(
                        "employers.letter",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                    ),
                ),
                (
                    "outgoing",
                    models.OneToOneField(
                        "records.outgoing",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_attempt",
                    ),
                ),
            ],
            options={
                "db_table": "letter_attempt",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("letter", "number"), name="letter_attempt_once_per_number"
                    ),
                    models.CheckConstraint(
                        condition=Q(("number__gte", 2)), name="letter_attempt_after_the_first"
                    ),
                    models.CheckConstraint(
                        condition=~Q(("recipient", "")), name="letter_attempt_to_somebody"
                    ),
                ],
            },
        ),
    ]

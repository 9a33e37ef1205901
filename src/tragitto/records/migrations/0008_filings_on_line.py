"""What was sent on line is a message of its own kind, and named by what was acknowledged."""

from django.db import migrations, models

KINDS = [
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
    "online",
]


class Migration(migrations.Migration):
    dependencies = [("records", "0007_notices_about_several_people")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                blank=True, choices=[(kind, kind) for kind in KINDS], default="", max_length=32
            ),
        ),
        migrations.RemoveConstraint(model_name="message", name="message_kind_known"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [*KINDS, ""])), name="message_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=~models.Q(kind="online")
                | models.Q(
                    ~models.Q(identifier=""),
                    certified_at__isnull=True,
                    direction="in",
                    verdict="valid",
                ),
                name="message_online_is_acknowledged_by_us",
            ),
        ),
    ]

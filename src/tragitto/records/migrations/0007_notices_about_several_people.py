"""Several receipts without a name may bear one identifier: each exists once for the addressees it lists."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import MD5, Cast

CERTIFIED = Q(("direction", "in"), ("same_as__isnull", True)) & ~Q(("identifier", ""))
LISTS_ADDRESSEES = Q(
    ("delivered_to", ""),
    (
        "kind__in",
        [
            "avvenuta-consegna",
            "errore-consegna",
            "preavviso-errore-consegna",
            "presa-in-carico",
            "rilevazione-virus",
        ],
    ),
)


class Migration(migrations.Migration):
    dependencies = [("records", "0006_what_reports_say")]

    operations = [
        migrations.RemoveConstraint(model_name="message", name="message_once_per_identifier"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=CERTIFIED & ~LISTS_ADDRESSEES,
                fields=("kind", "identifier", "delivered_to", "office"),
                name="message_once_per_identifier",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                F("kind"),
                F("identifier"),
                MD5(Cast("recipients", models.TextField())),
                F("office"),
                condition=CERTIFIED & LISTS_ADDRESSEES,
                name="message_once_per_addressees",
            ),
        ),
    ]

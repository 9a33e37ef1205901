"""A draft keeps how far it has come: a list of drafts reads no answers."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("employers", "0018_who_asks_by_telephone")]
    operations = [
        migrations.AddField("filingdraft", "pages", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("filingdraft", "pages_done", models.PositiveSmallIntegerField(default=0)),
        migrations.AddConstraint(
            "filingdraft",
            models.CheckConstraint(
                condition=Q(pages_done__lte=F("pages")), name="filing_draft_not_more_done_than_asked"
            ),
        ),
    ]

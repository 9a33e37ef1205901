"""To begin twice is to begin once; what was read of a paper at once is kept beside it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("employers", "0010_who_judges_has_no_conflict")]
    operations = [
        migrations.AddField("draftpaper", "reading", models.JSONField(default=dict)),
        migrations.AddConstraint(
            "filingdraft",
            models.UniqueConstraint(
                fields=["account", "call", "expression"],
                condition=Q(revision=0, sent_at__isnull=True, discarded_at__isnull=True),
                nulls_distinct=False,
                name="filing_draft_one_untouched",
            ),
        ),
    ]

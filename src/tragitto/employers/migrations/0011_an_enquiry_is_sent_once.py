"""A request for information sent twice with the same form is one; it outlives the draft begun from it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0008_co_signatures")]
    operations = [
        migrations.AddField(
            "enquiry", "sending_key", models.CharField(max_length=64, unique=True, null=True, blank=True)
        ),
        migrations.AlterField(
            "enquiry",
            "draft",
            models.OneToOneField(
                "employers.FilingDraft",
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="enquiry",
                null=True,
                blank=True,
            ),
        ),
    ]

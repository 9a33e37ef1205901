"""Files that lay in an archive, what a file is by its first bytes, and the troubles of a virus scanner."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_outgoing_and_fetched_mail")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="format",
            # The release before this one writes rows without it.
            field=models.CharField(blank=True, db_default="", default="", max_length=32),
        ),
        migrations.AddField(
            model_name="attachment",
            name="archive",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="within",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inner_files",
                to="records.attachment",
            ),
        ),
    ]

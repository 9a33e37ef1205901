"""An index over what versions say: who signed or is named in which message is asked at the sorting desk."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("employers", "0002_versions_stay")]

    operations = [
        migrations.AddIndex(
            model_name="version",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["facts"], name="version_by_what_it_says", opclasses=["jsonb_path_ops"]
            ),
        ),
    ]

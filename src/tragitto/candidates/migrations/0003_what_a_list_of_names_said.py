"""A list of names keeps what it said from its release until its recall."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("candidates", "0002_search_rows_repeat_what_is_filtered")]

    operations = [
        migrations.AddField("namedlist", "lines", models.JSONField(default=list)),
        migrations.AddConstraint(
            "namedlist",
            models.CheckConstraint(
                condition=models.Q(("recalled_at", None))
                | models.Q(("lines", []), models.Q(("recall_reason", ""), _negated=True)),
                name="named_list_recalled_is_empty",
            ),
        ),
        migrations.AddConstraint(
            "namedlist",
            models.CheckConstraint(
                condition=models.Q(("lines", [])) | models.Q(("released_at__isnull", False)),
                name="named_list_given_when_released",
            ),
        ),
    ]

"""A row has no verdict until it was tried; rows are forgotten; people are told that others registered them."""

from django.db import migrations, models

VERDICTS = ["new", "changed", "same", "doubtful", "refused"]


class Migration(migrations.Migration):
    dependencies = [("candidates", "0004_own_words_stay")]

    operations = [
        migrations.AddField("batch", "leaves_out", models.BooleanField(default=False)),
        migrations.AddField("batch", "forgotten_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("registration", "told_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "batchrow",
            "verdict",
            models.CharField(
                blank=True, choices=[(word, word) for word in VERDICTS], default="", max_length=32
            ),
        ),
        migrations.RemoveConstraint("batchrow", "batch_row_verdict_is_known"),
        migrations.AddConstraint(
            "batchrow",
            models.CheckConstraint(
                condition=models.Q(("verdict__in", [*VERDICTS, ""])), name="batch_row_verdict_is_known"
            ),
        ),
    ]

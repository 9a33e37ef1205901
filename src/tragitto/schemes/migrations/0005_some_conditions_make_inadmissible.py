"""A call says which unmet condition makes a filing inadmissible: that alone needs no notice of obstacles."""

from django.db import migrations, models

MEANINGS = ["inadmissible", "refuse", "complete", "warn"]


class Migration(migrations.Migration):
    dependencies = [("schemes", "0004_whoever_wrote_a_draft")]
    operations = [
        migrations.RemoveConstraint(model_name="criterion", name="criterion_failing_is_known"),
        migrations.AlterField(
            model_name="criterion",
            name="failing",
            field=models.CharField(choices=[(meaning, meaning) for meaning in MEANINGS], max_length=32),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.CheckConstraint(
                condition=models.Q(("failing__in", MEANINGS)), name="criterion_failing_is_known"
            ),
        ),
    ]

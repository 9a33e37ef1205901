"""Which obstacles are new and follow from an observation: a refusal may rest on these besides the announced."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0015_letters_come_back_and_decisions_are_corrected")]
    operations = [
        migrations.AddField(
            model_name="observation", name="new_grounds", field=models.JSONField(default=list)
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(("new_grounds", []), ("answered_at__isnull", False), _connector="OR"),
                name="observation_brings_grounds_when_answered",
            ),
        ),
    ]

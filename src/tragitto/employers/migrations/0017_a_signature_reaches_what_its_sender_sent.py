"""A representation keeps what the person calls the enterprise; one known by a signature holds for a call."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0016_new_grounds_follow_from_observations")]
    operations = [
        migrations.AddField(
            model_name="representation",
            name="enterprise_name",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="representation",
            constraint=models.CheckConstraint(
                condition=~models.Q(("confirmed", "signature")) | models.Q(("call__isnull", False)),
                name="representation_by_signature_under_a_call",
            ),
        ),
    ]

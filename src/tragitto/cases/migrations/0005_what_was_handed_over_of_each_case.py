"""What was handed over about a case stands beside it, as it was handed over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_a_hand_over_stays")]
    operations = [
        migrations.AddField(model_name="handoveritem", name="content", field=models.JSONField(default=dict))
    ]

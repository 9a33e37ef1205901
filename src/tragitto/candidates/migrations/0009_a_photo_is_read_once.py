"""What a machine saw of the zone in a photo stays with it: it is read once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("candidates", "0008_a_place_is_lost_by_a_rule")]

    operations = [migrations.AddField("candidatefile", "zone", models.TextField(null=True, blank=True))]

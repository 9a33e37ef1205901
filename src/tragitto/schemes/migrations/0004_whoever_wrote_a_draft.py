"""A draft remembers everybody who wrote it, none of whom publishes it, and what a pack last brought."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schemes", "0003_a_call_is_an_act")]

    operations = [
        migrations.AddField(model_name="call", name="drafters", field=models.JSONField(default=list)),
        migrations.AddField(
            model_name="call",
            name="loaded_hash",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=~models.Q(
                    models.Func(
                        "drafters",
                        "published_by",
                        function="jsonb_exists",
                        output_field=models.BooleanField(),
                    )
                ),
                name="call_published_by_none_of_its_drafters",
            ),
        ),
    ]

"""That a filing came too late is told by the decision, with the proof: no letter of its own says it."""

from django.db import migrations, models

KINDS = ["start_notice", "soccorso_istruttorio", "preavviso_di_rigetto", "decision"]


class Migration(migrations.Migration):
    dependencies = [("employers", "0013_two_people_admit_what_is_late")]
    operations = [
        migrations.RemoveConstraint(model_name="letter", name="letter_kind_is_known"),
        migrations.AlterField(
            model_name="letter",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=32),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", KINDS)), name="letter_kind_is_known"
            ),
        ),
    ]

"""People are known by a mobile number too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_people_sign_up")]

    operations = [
        migrations.RemoveConstraint(
            model_name="user",
            name="account_known_by_something",
        ),
        migrations.AddField(
            model_name="user",
            name="phone",
            field=models.CharField(blank=True, max_length=16, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("phone__isnull", True), ("phone__regex", "^\\+[1-9][0-9]{6,14}$"), _connector="OR"
                ),
                name="account_phone_in_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", False),
                    ("phone__isnull", False),
                    ("fiscal_number__isnull", False),
                    _connector="OR",
                ),
                name="account_known_by_something",
            ),
        ),
    ]

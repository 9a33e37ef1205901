"""People open accounts for themselves: by an address, or by digital identity and without an address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache_table")]
    operations = [
        migrations.AddField(
            model_name="user", name="is_self_opened", field=models.BooleanField(default=False)
        ),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(blank=True, max_length=254, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("email__isnull", False), ("fiscal_number__isnull", False), _connector="OR"
                ),
                name="account_known_by_something",
            ),
        ),
    ]

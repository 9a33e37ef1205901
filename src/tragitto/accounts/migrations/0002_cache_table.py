"""The table of the cache, where counts of failed sign-ins hold across web processes."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    """The table that CACHES names, as the owner; nothing where it stands already."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_organisations")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]

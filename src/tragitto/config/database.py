"""Bringing the database up to date, as its owner."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from tragitto.config import grants, places, variables


def is_current() -> bool:
    """Whether every migration has been applied; asked as the ordinary role."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate(*, verbosity: int = 0) -> None:
    """Apply the migrations as the owner, then give the ordinary role its rights.

    Raises `WrongSetting` when the owner's address is not given.
    """
    owner = variables.read("DATABASE_OWNER_URL")
    if not owner:
        raise variables.WrongSetting(
            "DATABASE_OWNER_URL is not set: migrating needs the role that owns the database."
        )
    runner = settings.DATABASES["default"]["USER"]
    connections.settings["owner"] = connections.configure_settings(
        {"default": settings.DATABASES["default"], "owner": places.describe(owner, lasting=False)}
    )["owner"]
    # Procrastinate's migrations look for their connection under its own alias, so the owner takes the
    # ordinary role's place while migrating.
    ordinary = connections["default"]
    connections["default"] = connections["owner"]
    try:
        call_command("migrate", verbosity=verbosity, interactive=False)
        grants.give(runner)
    finally:
        connections["owner"].close()
        connections["default"] = ordinary

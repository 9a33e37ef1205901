"""The room's entry in Django's list."""

from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Where a case stands, and how it came there."""

    name = "tragitto.cases"
    label = "cases"

    def ready(self) -> None:
        """Offer guards and effects to the journeys and declare what is kept about people."""
        for offered in ("guards", "effects", "declarations"):
            import_module(f"tragitto.cases.{offered}")

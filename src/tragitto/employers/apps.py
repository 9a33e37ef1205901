"""The room's entry in Django's list."""

from importlib import import_module

from django.apps import AppConfig

_OFFERED = ("criteria", "guards", "effects", "takers", "suggesters", "templates", "declarations")


class EmployersConfig(AppConfig):
    """Employers and their expressions of interest."""

    name = "tragitto.employers"
    label = "employers"

    def ready(self) -> None:
        """Offer criteria, guards, effects, takers, suggesters and printed forms; declare what is kept."""
        for offered in _OFFERED:
            import_module(f"tragitto.employers.{offered}")

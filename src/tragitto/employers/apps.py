"""The room's entry in Django's list."""

from importlib import import_module

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """Employers and their expressions of interest."""

    name = "tragitto.employers"
    label = "employers"

    def ready(self) -> None:
        """Offer criteria, guards, effects, takers and suggesters; declare what is kept about people."""
        for offered in ("criteria", "guards", "effects", "takers", "suggesters", "declarations"):
            import_module(f"tragitto.employers.{offered}")

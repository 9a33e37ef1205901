"""The room's entry in Django's list."""

from importlib import import_module

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Things to do and by when."""

    name = "tragitto.agenda"
    label = "agenda"

    def ready(self) -> None:
        """Declare what is kept about people."""
        import_module("tragitto.agenda.declarations")

"""The room's entry in Django's list."""

from importlib import import_module

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """The selection."""

    name = "tragitto.selection"
    label = "selection"

    def ready(self) -> None:
        """Declare what is kept about people; say what hinders merging two of them."""
        import_module("tragitto.selection.declarations")
        import_module("tragitto.selection.hindering")

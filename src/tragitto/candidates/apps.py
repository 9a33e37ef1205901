"""The room's entry in Django's list."""

from importlib import import_module

from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    """Candidates and the roster."""

    name = "tragitto.candidates"
    label = "candidates"

    def ready(self) -> None:
        """Declare what is kept about people."""
        import_module("tragitto.candidates.declarations")

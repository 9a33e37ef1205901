"""The room's entry in Django's list."""

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """Schemes, calls, windows, forms, journeys, criteria and texts."""

    name = "tragitto.schemes"
    label = "schemes"

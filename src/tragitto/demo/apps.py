"""The demonstration's entry in Django's list."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demonstration scheme."""

    name = "tragitto.demo"
    label = "demo"

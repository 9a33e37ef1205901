"""The door's entry in Django's list: its page of documentation has a template."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The door for programs."""

    name = "tragitto.api"
    label = "api"

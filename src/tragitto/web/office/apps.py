"""The pages' entry in Django's list."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Pages: office."""

    name = "tragitto.web.office"
    label = "web_office"

"""The room's entry in Django's list."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Documents, messages, the register."""

    name = "tragitto.records"
    label = "records"

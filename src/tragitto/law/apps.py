"""The room's entry in Django's list."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Dated legal parameters, holidays, the counting of terms."""

    name = "tragitto.law"
    label = "law"

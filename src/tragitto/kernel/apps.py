"""The room's entry in Django's list."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Words without nouns."""

    name = "tragitto.kernel"
    label = "kernel"

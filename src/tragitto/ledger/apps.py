"""The room's entry in Django's list."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """What happened."""

    name = "tragitto.ledger"
    label = "ledger"

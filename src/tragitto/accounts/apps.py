"""The room's entry in Django's list."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, and for whom they act."""

    name = "tragitto.accounts"
    label = "accounts"

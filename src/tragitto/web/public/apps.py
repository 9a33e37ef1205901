"""The public pages' entry in Django's list."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Pages that anybody may read."""

    name = "tragitto.web.public"
    label = "web_public"

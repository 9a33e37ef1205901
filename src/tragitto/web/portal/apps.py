"""The pages' entry in Django's list."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages: portal."""

    name = "tragitto.web.portal"
    label = "web_portal"

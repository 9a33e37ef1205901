"""When the house has loaded: the rooms offer their guards, effects and criteria."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConfigConfig(AppConfig):
    """The wiring."""

    name = "tragitto.config"
    label = "config"

    def ready(self) -> None:
        """Import what rooms offer by name, so that published data can refer to it."""
        autodiscover_modules("guards", "effects", "criteria", "takers", "declarations")

"""The parts' entry in Django's list, and the check that their assets are built."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core import checks

from tragitto.web.parts import icons


def assets_are_built(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[checks.CheckMessage]:
    """A warning while there are no built styles and icons, because pages would come out bare."""
    if icons.BUILT.exists():
        return []
    return [
        checks.Warning(
            "The styles, fonts and icons are not built.",
            hint="Start with ./tragitto, which builds them, or run python -m tragitto.config.assets.",
            id="web_parts.W001",
        )
    ]


class PartsConfig(AppConfig):
    """What every page is made of."""

    name = "tragitto.web.parts"
    label = "web_parts"

    def ready(self) -> None:
        """Offer the check to Django."""
        checks.register(assets_are_built, checks.Tags.staticfiles)

"""Who runs this site and how to reach them, as every page says at its foot."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from tragitto.kernel import clock

PRODUCT = "Tragitto"


@dataclass(frozen=True)
class Site:
    """The office behind the pages; what is empty is not shown."""

    product: str = PRODUCT
    organisation: str = ""
    organisation_url: str = ""
    email: str = ""
    pec: str = ""
    telephone: str = ""
    dpo: str = ""
    accessibility_url: str = ""
    is_demonstration: bool = False
    demonstration_at: datetime | None = None


def site() -> Site:
    """The office as the settings name it (``settings.SITE``, each key a field of ``Site``)."""
    is_demonstration = bool(settings.IS_DEMONSTRATION)
    return Site(
        **getattr(settings, "SITE", {}),
        is_demonstration=is_demonstration,
        demonstration_at=clock.now() if is_demonstration else None,
    )

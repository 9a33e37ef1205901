"""What the frame shows on every page."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import get_language, get_language_bidi, get_language_info

from tragitto.web.parts.site import site


@dataclass(frozen=True)
class Language:
    """One language as the switch offers it: by its own name, whoever reads."""

    code: str
    name: str
    direction: str
    is_current: bool


def languages() -> list[Language]:
    """The languages of the house, each named in itself."""
    current = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return [
        Language(code, str(name), "rtl" if get_language_info(code)["bidi"] else "ltr", code == current)
        for code, name in settings.LANGUAGES
    ]


def frame(request: HttpRequest | None = None) -> dict[str, object]:
    """Context processor: the office, the languages, the direction and the way to one's own work."""
    return {
        "frame": site(),
        "languages": languages(),
        "language": (get_language() or settings.LANGUAGE_CODE).split("-")[0],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "work_url": resolve_url(settings.LOGIN_REDIRECT_URL),
    }

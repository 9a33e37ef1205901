"""Days and instants in words, in the language of the page and the zone that counts."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

#: Django's names of the Italian months begin with a capital, which Italian does not use.
_SMALL_MONTHS = ("it",)


def day_in_words(day: date) -> str:
    """The day with its month in letters: 31 luglio 2025."""
    words = date_format(day, "j F Y")
    return words.lower() if (get_language() or "").startswith(_SMALL_MONTHS) else words


def instant_in_words(at: datetime, zone: str) -> str:
    """The instant to the second, with the zone said: 31 luglio 2025, 23:59:59 (Europe/Rome).

    Raises ``ValueError`` for a moment without a zone, which names no instant.
    """
    local = _in_zone(at, zone)
    return gettext("{day}, {time} ({zone})").format(
        day=day_in_words(local.date()), time=local.strftime("%H:%M:%S"), zone=zone
    )


def instant_for_machines(at: datetime, zone: str) -> str:
    """The same instant in ISO 8601 with its offset."""
    return _in_zone(at, zone).isoformat(timespec="milliseconds" if at.microsecond else "seconds")


def _in_zone(at: datetime, zone: str) -> datetime:
    if at.tzinfo is None:
        raise ValueError("An instant needs its zone.")
    return at.astimezone(ZoneInfo(zone))

"""A moment in words on the clocks of both sides, the reader's own first: for pages and for messages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tragitto.schemes.pack import MeetingSpec

#: Whose clock a zone is, where people say it otherwise than the zone is called.
CLOCKS: Mapping[str, Promise] = {
    "Europe/Rome": gettext_lazy("Italian time"),
    "Africa/Casablanca": gettext_lazy("Moroccan time"),
    "Africa/Tunis": gettext_lazy("Tunisian time"),
    "Africa/Cairo": gettext_lazy("Egyptian time"),
}


def zones_of(rules: MeetingSpec, *, is_abroad: bool = False) -> tuple[str, ...]:
    """The zones to read a time in, the reader's own first: the other zones first for who is abroad."""
    if is_abroad:
        return (*rules.other_zones, rules.zone)
    return (rules.zone, *rules.other_zones)


def moment_in_words(moment: datetime, zones: Sequence[str]) -> str:
    """The day, the hour on the first clock, and the hours on the others; their day where it is another.

    Thursday 3 December, 10:00 Moroccan time, 11:00 Italian time.
    """
    first, *others = [(moment.astimezone(ZoneInfo(zone)), CLOCKS.get(zone, zone)) for zone in zones]
    local, clock = first
    said = _("{day}, {hour} {clock}").format(day=_day(local), hour=f"{local:%H:%M}", clock=clock)
    for there, its in others:
        if there.date() == local.date():
            also = _("{hour} {clock}").format(hour=f"{there:%H:%M}", clock=its)
        else:
            also = _("{day}, {hour} {clock}").format(day=_day(there), hour=f"{there:%H:%M}", clock=its)
        said = _("{here}, {there}").format(here=said, there=also)
    return said


#: The same, said in the language of whoever is told, when the message is written.
moment_to_tell = lazy(moment_in_words, str)


def _day(local: datetime) -> str:
    words = date_format(local, "l j F")
    return words.lower() if (get_language() or "").startswith("it") else words

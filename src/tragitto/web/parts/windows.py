"""The windows of a call as people read them: until which second, and how long that still is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tragitto.schemes.models import Call
from tragitto.schemes.rules import Opening, window_at
from tragitto.web.parts import countdown


@dataclass(frozen=True)
class Sight:
    """A window as people read it: until its last second, because that is what calls name."""

    opens_at: datetime | None
    last_at: datetime


def sight(opening: Opening) -> Sight:
    """The window with the last second that is still in time."""
    return Sight(opening.opens_at, opening.closes_at - timedelta(seconds=1))


def countdown_of(call: Call, openings: Sequence[Opening], now: datetime) -> str:
    """How long the call still takes answers, or when it begins to, or for how long it has not: in words."""
    if not openings:
        return ""
    if call.is_published and (current := window_at(openings, now)):
        return countdown.closing(current.closes_at, now)
    coming = [each.opens_at for each in openings if each.opens_at and each.opens_at > now]
    if call.is_published and coming:
        return countdown.opening(min(coming), now)
    ended = max((each.closes_at for each in openings if each.closes_at <= now), default=None)
    return countdown.closing(ended, now) if ended else ""

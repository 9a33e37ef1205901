"""The slots of a day of meetings, as the rules of the round say. Pure."""

from datetime import date, time

from tragitto.schemes.pack import MeetingSpec
from tragitto_matching.calendar import Slot, slots


def slots_of(rules: MeetingSpec, on: date) -> tuple[Slot, ...]:
    """The slots of the day `on`: before and after the pause, with the hours of every zone that reads them.

    `local` holds the hour in the zone of the rules first, then those of the other zones in their order.
    """
    hours = [
        (time.fromisoformat(rules.first), time.fromisoformat(rules.pause_from)),
        (time.fromisoformat(rules.pause_to), time.fromisoformat(rules.last)),
    ]
    shown = (rules.zone, *rules.other_zones)
    return slots([on], hours, minutes=rules.minutes, pause=rules.gap_minutes, zone=rules.zone, shown=shown)

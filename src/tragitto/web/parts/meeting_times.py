"""The times of meetings as each side reads them on its own clock, with the day, and what became of one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tragitto.selection.clocks import CLOCKS, zones_of
from tragitto.selection.models import Meeting, MeetingDay
from tragitto.selection.queries.meetings import slots_of
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import MeetingState
from tragitto.web.parts.moments import day_in_words
from tragitto_matching.calendar import Slot

STATES: Mapping[MeetingState, tuple[str, Promise]] = {
    MeetingState.PLANNED: ("open", pgettext_lazy("meeting", "Planned")),
    MeetingState.HELD: ("good", pgettext_lazy("meeting", "Held")),
    MeetingState.CANDIDATE_MISSED: ("bad", pgettext_lazy("meeting", "The person did not come")),
    MeetingState.EMPLOYER_MISSED: ("bad", pgettext_lazy("meeting", "The firm did not come")),
    MeetingState.CANCELLED: ("neutral", pgettext_lazy("meeting", "Cancelled")),
}


@dataclass(frozen=True)
class Reading:
    """A stretch of time on one clock: its day, begin and end there, and whose clock it is."""

    clock: str | Promise
    begins: datetime
    ends: datetime

    @property
    def on(self) -> date:
        """The day on this clock."""
        return self.begins.date()

    @property
    def hours(self) -> SafeString:
        """From when until when, kept together in either direction of writing."""
        return format_html(
            '<bdi dir="ltr"><time datetime="{}">{}</time>&#8288;–&#8288;<time datetime="{}">{}</time></bdi>',
            self.begins.isoformat(),
            self.begins.strftime("%H:%M"),
            self.ends.isoformat(),
            self.ends.strftime("%H:%M"),
        )


def readings(begins_at: datetime, ends_at: datetime, zones: Sequence[str]) -> tuple[Reading, ...]:
    """The same stretch of time on the clock of every zone."""
    clocks = [(CLOCKS.get(zone, zone), ZoneInfo(zone)) for zone in zones]
    return tuple(Reading(said, begins_at.astimezone(at), ends_at.astimezone(at)) for said, at in clocks)


def when(meeting: Meeting, *, is_abroad: bool = False) -> tuple[Reading, ...]:
    """The time of a meeting on every clock that the rules of its round name; it comes with its round."""
    zones = zones_of(rules_of(meeting.day.round).meeting, is_abroad=is_abroad)
    return readings(meeting.starts_at, meeting.ends_at, zones)


def slot_said(slot: Slot, day: MeetingDay, *, is_abroad: bool = False) -> SafeString:
    """A slot in one line, on every clock; the day too where a clock shows another one than `day`."""
    zones = zones_of(rules_of(day.round).meeting, is_abroad=is_abroad)
    parts = [
        (each.hours, each.clock, "" if each.on == day.on else f" ({day_in_words(each.on)})")
        for each in readings(slot.begins_at, slot.ends_at, zones)
    ]
    return format_html_join(" · ", "<bdi>{} {}{}</bdi>", parts)


def slot_choices(
    day: MeetingDay,
    slots: Sequence[Slot] | None = None,
    *,
    is_abroad: bool = False,
    guided: Collection[datetime] | None = None,
) -> list[tuple[str, SafeString]]:
    """The slots of a day, or some of them, to choose from: the value is the instant at which each begins.

    `guided` = when an interpreter is free, for who wished for one: said beside each slot.
    """
    offered = slots_of(day) if slots is None else slots
    said = [(each, slot_said(each, day, is_abroad=is_abroad)) for each in offered]
    if guided is None:
        return [(each.begins_at.isoformat(), words) for each, words in said]
    notes = {True: _("with an interpreter"), False: _("without an interpreter")}
    return [
        (each.begins_at.isoformat(), format_html("{} ({})", words, notes[each.begins_at in guided]))
        for each, words in said
    ]


def moment_said(moment: datetime, zones: Sequence[str]) -> SafeString:
    """A moment to the minute on every clock, the first with its day, the others where theirs differs."""
    own, *others = readings(moment, moment, zones)
    said = [
        _moment_on(own, with_day=True),
        *(_moment_on(each, with_day=each.on != own.on) for each in others),
    ]
    return format_html_join(" · ", "{}", ((each,) for each in said))


def _moment_on(each: Reading, *, with_day: bool) -> SafeString:
    words = _("{day}, {hour} {clock}") if with_day else _("{hour} {clock}")
    parts = {"day": day_in_words(each.on), "hour": f"{each.begins:%H:%M}", "clock": each.clock}
    return format_html(
        '<bdi><time datetime="{}">{}</time></bdi>', each.begins.isoformat(), words.format(**parts)
    )

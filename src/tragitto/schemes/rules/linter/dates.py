"""Questions about the dates of a call: deadlines, the instant that counts, the order of what follows."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from tragitto.schemes.pack import CallSpec, Paragraph
from tragitto.schemes.rules.linter.reading import all_sentences, dates_in, months_in, warning
from tragitto.schemes.rules.problems import Problem
from tragitto.schemes.vocabulary import Topic

DEADLINE = re.compile(
    r"\b(scadenza|entro|termine ultimo|termine per la presentazione|fino al)\b", re.IGNORECASE
)
HOUR = re.compile(r"\bore\s+\d|\b\d{1,2}:\d{2}\b|\bmezzanotte\b|\bmezzogiorno\b", re.IGNORECASE)
NAMED_HOUR = re.compile(r"\bore\s+(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?", re.IGNORECASE)
ZONE = re.compile(r"\bora (italiana|di roma|locale)\b|Europe/|\bCES?T\b|\bUTC\b", re.IGNORECASE)
MEETINGS = re.compile(r"\b(incontri|incontro|colloqui|colloquio)\b", re.IGNORECASE)
ORDER = (Topic.MEETINGS, Topic.TRAINING, Topic.ARRIVAL)


def deadline_without_hour_or_zone(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A deadline in the notice that names a day but no hour, or no time zone."""
    for paragraph, sentence, day in _deadlines(notice):
        if not HOUR.search(sentence):
            text = f"the deadline {day} is written without an hour"
            yield warning("deadline_without_hour", call, f"§{paragraph.number}", text, day.isoformat())
        if not ZONE.search(sentence):
            text = f"the deadline {day} is written without a time zone"
            yield warning("deadline_without_zone", call, f"§{paragraph.number}", text, day.isoformat())


def deadline_of_another_window(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A deadline in the notice on which no window ends, and a window whose end the notice does not name."""
    written = {day: paragraph.number for paragraph, _, day in _deadlines(notice)}
    ends = {window.last_day for window in call.windows}
    for day in sorted(set(written) - ends):
        text = f"the notice names the deadline {day}, and no window ends on that day"
        yield warning("deadline_of_no_window", call, f"§{written[day]}", text, day.isoformat())
    if notice:
        for day in sorted(ends - set(written)):
            text = f"a window ends on {day}, and the notice does not name that deadline"
            yield warning("deadline_not_in_notice", call, "windows", text, day.isoformat())


def hour_of_another_window(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A deadline whose hour in the notice is not the one at which the window ends."""
    ends = {window.last_day: window.last_time for window in call.windows}
    for paragraph, sentence, day in _deadlines(notice):
        match = NAMED_HOUR.search(sentence)
        if match and day in ends:
            # "Ore 24" is the end of the day, which the data writes as its last second.
            written = (23, 59) if match["hour"] == "24" else (int(match["hour"]), int(match["minute"] or 0))
            if written != (ends[day].hour, ends[day].minute):
                text = f"the notice says {match.group()}, and the window ends at {ends[day]}"
                yield warning("hour_of_another_window", call, f"§{paragraph.number}", text, day.isoformat())


def instant_not_named(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A notice that lets "the date of the certified mail" decide without saying which of its instants."""
    for paragraph, sentence in all_sentences(notice):
        decides = re.search(r"\bfa(rà)? fede\b", sentence, re.IGNORECASE)
        if decides and not re.search(r"accettazione|consegna|ricevuta|ricezione", sentence, re.IGNORECASE):
            text = "the notice does not say whether acceptance or delivery counts (DPR 68/2005, art. 4(6))"
            yield warning("instant_not_named", call, f"§{paragraph.number}", text, f"§{paragraph.number}")


def meetings_while_filing_is_open(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """Meetings that begin, by the notice or by the calendar, before the last window has closed."""
    if not call.windows:
        return
    last = max(window.last_day for window in call.windows)
    starts = [(each.source, each.starts_on) for each in call.calendar if each.topic == Topic.MEETINGS]
    for paragraph, sentence in all_sentences(notice):
        if MEETINGS.search(sentence):
            starts += [(f"§{paragraph.number}", day) for day in _beginnings(sentence, last.year)]
    for place, day in starts:
        if day <= last:
            text = f"meetings begin in {day:%Y-%m}, and filing is open until {last}"
            yield warning("meetings_while_filing_is_open", call, place, text, f"{day:%Y-%m}")


def calendar_out_of_order(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A calendar in which training begins before the meetings, or people arrive before the training."""
    first = {
        topic: min((each.starts_on for each in call.calendar if each.topic == topic), default=None)
        for topic in ORDER
    }
    known = [(topic, day) for topic in ORDER if (day := first[topic])]
    for (earlier, before), (later, after) in pairwise(known):
        if after < before:
            text = f"{later} begins on {after}, before {earlier} on {before}"
            yield warning("calendar_out_of_order", call, "calendar", text, f"{earlier} {later}")


def _deadlines(notice: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str, date]]:
    for paragraph, sentence in all_sentences(notice):
        if DEADLINE.search(sentence):
            for day in dates_in(sentence):
                yield paragraph, sentence, day


def _beginnings(sentence: str, year: int) -> list[date]:
    """The first day a sentence about meetings names; a month without a year is of the deadline's year."""
    if days := dates_in(sentence):
        return [min(days)]
    months = months_in(sentence)
    return [date(year, months[0], 1)] if months else []

"""The office's words as tags: closed words, reasons of a reading, findings counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from tragitto.agenda.models import Deadline
from tragitto.employers.queries import FindingView, QueueRow
from tragitto.employers.vocabulary import State as FindingState
from tragitto.schemes.rules import Problem
from tragitto.web.office import mail_words, words
from tragitto.web.office import sign_words as sign_sentences
from tragitto.web.office.forms import acts_words
from tragitto.web.office.lateness import is_late, was_met_late
from tragitto.web.parts.states import State, look
from tragitto.web.parts.templatetags.parts import badge, code, instant

register = template.Library()


@register.simple_tag
def word(words_of: str, value: object) -> str:
    """A word of a closed list as people say it."""
    return str(words.say(words_of, value).text)


@register.simple_tag
def mark(words_of: str, value: object) -> SafeString:
    """The same as a badge, with the tone and the icon that go with it."""
    said = words.say(words_of, value)
    return badge(said.tone, said.text)


@register.filter
def tone_of(value: object, words_of: str) -> str:
    """The tone that goes with a word of a closed list."""
    return words.say(words_of, value).tone


@register.filter
def problem_words(problem: Problem) -> str:
    """What the check of a call says, in words."""
    return acts_words.of_problem(problem)


@register.filter
def reason_words(reason: Mapping[str, object]) -> str:
    """A reason of a reading in words."""
    return mail_words.sentence(reason)


@register.filter
def sign_words(reason: Mapping[str, object]) -> str:
    """A reason of a reading of signatures in words."""
    return mail_words.sentence(reason, sign_sentences.SENTENCES)


@register.filter
def with_offset(at: datetime, minutes: int) -> str:
    """A certified instant with the offset its provider wrote, in ISO 8601."""
    return at.astimezone(timezone(timedelta(minutes=minutes))).isoformat(timespec="seconds")


@register.filter
def law_address(reference: str) -> str:
    """Where a row of the law that something rests on can be read: `code@start#digest`."""
    parameter, digest = reference.split("@", maxsplit=1)[0], reference.rpartition("#")[2]
    return f"{reverse('office:law_parameter', args=[parameter])}#{digest}"


@register.simple_tag
def last_second(closes_at: datetime, zone: str = "Europe/Rome") -> SafeString:
    """The last second that is in time: windows exclude their end, people name the second before it."""
    return instant(closes_at - timedelta(seconds=1), zone)


@register.filter
def finding_counts(row: QueueRow) -> list[tuple[State, int]]:
    """How many findings are unmet, unknown and met, with the look of each state; warnings are left out."""
    counted = Counter(
        str(view.state) for view in row.findings if view.is_obstacle or view.state != FindingState.UNMET
    )
    return [(look(state), counted[state]) for state in ("unmet", "unknown", "met")]


@register.filter
def out_of_time(findings: Iterable[FindingView]) -> bool:
    """Whether a filing with these findings came too late to have a place."""
    return is_late(findings)


@register.filter
def met_late(deadline: Deadline) -> bool:
    """Whether a term was met after its end."""
    return was_met_late(deadline)


@register.filter
def any_met_open(findings: Iterable[Any]) -> bool:
    """Whether some finding is met and nobody has confirmed it yet."""
    return any(
        shown.view.finding.state == FindingState.MET and not shown.view.is_settled for shown in findings
    )


@register.simple_tag
def begins(value: str, letters: int) -> SafeString:
    """How a hash begins: enough to tell two apart, all of it on the page of the thing itself."""
    return code(f"{value[:letters]}…")

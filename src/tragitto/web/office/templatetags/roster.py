"""The frame of the roster's pages in the office, and its words with their tones."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tragitto.candidates import words
from tragitto.candidates.models import Candidate, LanguageLevel
from tragitto.kernel.texts import in_language
from tragitto.schemes.vocabulary import RosterStatus
from tragitto.web.office.forms.roster_acts import ACTS, KINDS
from tragitto.web.office.roster_tabs import tabs
from tragitto.web.office.word import Word
from tragitto.web.office.work_words import PROBLEMS, STATES, WORK
from tragitto.web.parts.templatetags.parts import badge

register = template.Library()
_TONES = {
    RosterStatus.CHECKING: "open",
    RosterStatus.ACTIVE: "good",
    RosterStatus.RESERVED: "info",
    RosterStatus.PLACED: "info",
    RosterStatus.NOT_ADMITTED: "bad",
}


@register.inclusion_tag("office/roster/tabs.html")
def roster_tabs(current: str) -> dict[str, Any]:
    """The tabs inside the roster; `current` is the key of the one that is open."""
    return {"tabs": tabs(), "current": current}


@register.simple_tag
def roster_status(status: str) -> SafeString:
    """Where a person stands on the roster, with the tone that goes with it."""
    return badge(_TONES.get(RosterStatus(status), "neutral"), words.STATUS[status])


@register.simple_tag
def list_kind(kind: str) -> str:
    """What a list is for."""
    return str(KINDS[kind])


@register.filter
def wished(candidate: Candidate) -> str:
    """The profiles that a person offers, in the order of their wish (`candidate.wished`, read before)."""
    language = get_language() or "it"
    offered: Iterable[Any] = getattr(candidate, "wished", ())
    return " · ".join(in_language(each.profile.title, language) for each in offered)


@register.filter
def spoken(languages: Iterable[LanguageLevel]) -> str:
    """Languages with their levels, the best known first."""
    in_order = sorted(languages, key=lambda each: (-ord(each.level[0]), each.level[1]), reverse=False)
    return " · ".join(f"{words.TONGUE.get(each.tongue, each.tongue)} {each.level}" for each in in_order)


@register.simple_tag
def work_kind(parameters: dict[str, Any], kind: str) -> str:
    """What a work does."""
    act = parameters.get("act")
    return str(ACTS[act]) if act in ACTS else str(WORK[kind])


@register.simple_tag
def work_state(state: str) -> SafeString:
    """How far a work has come, as a badge."""
    said: Word = STATES[state]
    return badge(said.tone, said.text)


@register.filter
def work_problem(problem: str) -> str:
    """Why a work was not done."""
    return str(PROBLEMS.get(problem, problem))

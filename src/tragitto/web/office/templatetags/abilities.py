"""What people can do, in words: proofs as states, times at work, countries."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from tragitto.candidates import words
from tragitto.candidates.vocabulary import Evidence
from tragitto.candidates.words.abilities import EVIDENCE
from tragitto.web.parts import countries
from tragitto.web.parts.templatetags.parts import badge

register = template.Library()

_MONTHS_OF_A_YEAR = 12
_TONES = {
    Evidence.SAID: "neutral",
    Evidence.HANDED_IN: "open",
    Evidence.SEEN: "good",
    Evidence.TESTED: "good",
    Evidence.EXPIRED: "bad",
}


@register.simple_tag
def proof(evidence: Evidence) -> SafeString:
    """What stands behind a statement, as shape and word."""
    return badge(_TONES[evidence], EVIDENCE[evidence])


@register.filter
def time_at_work(months: int) -> str:
    """A number of months as years and months."""
    years, rest = divmod(months, _MONTHS_OF_A_YEAR)
    said = []
    if years:
        said.append(ngettext("{number} year", "{number} years", years).format(number=years))
    if rest or not years:
        said.append(ngettext("{number} month", "{number} months", rest).format(number=rest))
    return ", ".join(said)


@register.filter
def mastery_word(code: str) -> object:
    """How well, in words; nothing where it was not said."""
    return words.MASTERY.get(code, "")


@register.filter
def tongue_word(code: str) -> object:
    """What a language is called."""
    return words.TONGUE.get(code, code)


@register.filter
def group_word(code: str) -> object:
    """What a group of skills is called; those that the roster no longer asks for have none."""
    return words.SKILL_GROUP.get(code, "")


@register.filter
def shift_word(code: str) -> object:
    """When somebody would work."""
    return words.SHIFT.get(code, code)


@register.filter
def housing_word(code: str) -> object:
    """What somebody needs to live."""
    return words.HOUSING.get(code, code)


@register.filter
def country_word(code: str) -> str:
    """What a country is called."""
    return countries.name_of(code, get_language() or "it")

"""Findings in words for people: codes of forms, fields and profiles by their titles, days written out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tragitto.employers import explanations
from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.rules import slots

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})")


def in_words(
    parameters: Mapping[str, object], specs: Sequence[FormSpec], names: Mapping[str, str], language: str
) -> dict[str, object]:
    """What fills the sentence of a finding, with codes of forms, fields and profiles in words."""
    known = {**labels_of(specs, language), **titles_of(specs, language), **names}
    return {key: _in_words(value, known) for key, value in parameters.items()}


def labels_of(specs: Iterable[FormSpec], language: str) -> dict[str, str]:
    """The label of each place to write in, rows with their number, by its name."""
    return {
        name: in_language(slot.field.label, language) + (f" ({slot.row})" if name != slot.field.name else "")
        for spec in specs
        for slot in slots(spec)
        for name in (slot.name, slot.field.name)
    }


def titles_of(specs: Iterable[FormSpec], language: str) -> dict[str, str]:
    """The title of each form by its code."""
    return {spec.code: in_language(spec.title, language) for spec in specs}


def sentence(
    finding: Mapping[str, object],
    specs: Sequence[FormSpec],
    names: Mapping[str, str],
    *,
    language: str,
    zone: str,
) -> str:
    """What a finding says, as a decision keeps it (`explanation`, `parameters`), with days written out.

    In the language that is active; `language` is the one in which forms and profiles have their titles.
    """
    parameters = finding["parameters"]
    assert isinstance(parameters, Mapping)
    told = {
        name: day_or_moment(value, zone)
        for name, value in in_words(parameters, specs, names, language).items()
    }
    return str(explanations.sentence(str(finding["explanation"]), told))


def evidence(finding: Mapping[str, object], specs: Sequence[FormSpec], language: str, zone: str) -> list[str]:
    """Where a judge looked, one line each: the form, the field and what stands there, or an instant."""
    titles, labels = titles_of(specs, language), labels_of(specs, language)
    lines = []
    looked = finding["evidence"]
    assert isinstance(looked, list)
    for one in looked:
        place = [titles.get(one.get("form", ""), one.get("form", "")), labels.get(one.get("field", ""), "")]
        words = [word for word in (*place, str(day_or_moment(one.get("value", ""), zone))) if word]
        lines.append(" · ".join(words))
    return list(dict.fromkeys(line for line in lines if line))


def day_or_moment(value: object, zone: str) -> object:
    """A day or an instant in ISO 8601 written out in the active language; anything else as it is."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return day_in_words(date.fromisoformat(value))
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return moment_in_words(datetime.fromisoformat(value), zone)
    return value


def day_in_words(day: date) -> str:
    """A day with its month in letters, which Italian writes small."""
    return date_format(day, "j F Y").lower()


def moment_in_words(at: datetime, zone: str) -> str:
    """An instant to the second in the zone that counts, the zone named."""
    local = at.astimezone(ZoneInfo(zone))
    values = {"day": day_in_words(local.date()), "time": local.strftime("%H:%M:%S"), "zone": zone}
    return _("{day}, {time} ({zone})").format(**values)


def _in_words(value: object, known: Mapping[str, str]) -> object:
    if not isinstance(value, str):
        return value
    return ", ".join(known.get(part, part) for part in value.split(", "))

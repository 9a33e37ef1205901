"""Facts of a form that reviewers do not see while they review: what is left when they are taken away."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from tragitto.employers.rules.facts import FilingFacts, ReadForm

#: What stands in a sentence where a hidden value stood.
VEIL = "•••"


def hides(fact: str, hidden: Sequence[str]) -> bool:
    """Whether `fact` ("contact.name", "units[].address") is among `hidden`, itself or by its first words."""
    plain = fact.replace("[]", "")
    return any(plain == word or plain.startswith(f"{word}.") for word in _plain(hidden))


def masked(facts: FilingFacts, hidden: Sequence[str]) -> FilingFacts:
    """`facts` without those hidden; every page of a reviewer is drawn from these alone."""
    if not hidden:
        return facts
    return msgspec.structs.replace(facts, forms=tuple(_masked(form, hidden) for form in facts.forms))


def hidden_places(facts: FilingFacts, hidden: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The places of the forms that hold hidden facts: pairs of the form and its field."""
    pairs = ((form.code, *pair) for form in facts.forms for pair in form.fields.items())
    return frozenset((form, field) for form, fact, field in pairs if hides(fact, hidden))


def hidden_values(facts: FilingFacts, hidden: Sequence[str]) -> frozenset[str]:
    """What is written in those places, wherever else it may turn up."""
    before = (value for form in facts.forms for value in _values(form.facts, ""))
    return frozenset(value for fact, value in before if value and hides(fact, hidden))


def veiled(parameters: Mapping[str, Any], values: frozenset[str]) -> dict[str, Any]:
    """What fills a sentence, with hidden values behind a veil, also where they stand among other words."""
    return {key: _veiled(value, values) for key, value in parameters.items()}


def veiled_text(text: str, values: frozenset[str]) -> str:
    """Words in which a veil stands for each hidden value, whichever case it is written in."""
    for value in sorted(values, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", VEIL, text, flags=re.IGNORECASE)
    return text


def is_among(place: tuple[str, str], places: frozenset[tuple[str, str]]) -> bool:
    """Whether a place of a form, or the field whose row it is, is among `places`."""
    form, name = place
    return (form, name) in places or (form, _stem(name)) in places


def _veiled(value: Any, values: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        return veiled(value, values)
    if isinstance(value, list):
        return [_veiled(each, values) for each in value]
    if isinstance(value, str):
        return veiled_text(value, values)
    return VEIL if str(value) in values else value


def _masked(form: ReadForm, hidden: Sequence[str]) -> ReadForm:
    shown = {fact: field for fact, field in form.fields.items() if not hides(fact, hidden)}
    gone = set(form.fields.values()) - set(shown.values())
    appearance = {
        name: seen for name, seen in form.appearance.items() if name not in gone and _stem(name) not in gone
    }
    facts = _without(form.facts, "", hidden)
    return msgspec.structs.replace(form, facts=facts, fields=shown, appearance=appearance)


def _without(value: Any, path: str, hidden: Sequence[str]) -> Any:
    if isinstance(value, Mapping):
        inner = [(key, f"{path}.{key}".lstrip("."), each) for key, each in value.items()]
        return {key: _without(each, at, hidden) for key, at, each in inner if not hides(at, hidden)}
    return [_without(each, path, hidden) for each in value] if isinstance(value, list) else value


def _values(value: Any, path: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _values(each, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for each in value:
            yield from _values(each, path)
    elif value is not None and not isinstance(value, bool):
        yield path, str(value)


def _plain(hidden: Sequence[str]) -> Iterable[str]:
    return (word.replace("[]", "") for word in hidden)


def _stem(name: str) -> str:
    stem, _, row = name.rpartition("_")
    return stem if row.isdigit() else name

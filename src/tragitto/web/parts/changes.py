"""The difference of two versions of a filing in the words of its forms: what stood there, what stands now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.employers.rules.difference import Change, Difference, FactChange, RowChange
from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import FieldSpec, FormSpec
from tragitto.web.parts.written import shown

#: Each change as a tone of the badges and a word.
LOOK: Mapping[str, tuple[str, "str | Promise"]] = {
    Change.CHANGED: ("info", _("Changed")),
    Change.ADDED: ("good", _("Added")),
    Change.REMOVED: ("bad", _("Removed")),
}


@dataclass(frozen=True)
class Line:
    """One thing that differs: where, how, and the two texts."""

    where: str
    change: str
    old: str = ""
    new: str = ""

    @property
    def tone(self) -> str:
        """The tone of the badge."""
        return LOOK[self.change][0]

    @property
    def word(self) -> "str | Promise":
        """The change in a word."""
        return LOOK[self.change][1]


def lines(
    found: Difference, specs: Sequence[FormSpec], names: Mapping[str, str], language: str
) -> list[Line]:
    """Every change in the order of the forms; `names` gives the words of codes chosen from a list."""
    words = _Words(specs, names, language)
    return [
        *(Line(words.form(code), change) for code, change in found.forms),
        *(words.fact(change) for change in found.facts),
        *(words.row(change) for change in found.rows),
        *(Line(paper.name, paper.change) for paper in found.papers),
    ]


class _Words:
    """The labels of the forms' fields, by the facts they hold."""

    def __init__(self, specs: Iterable[FormSpec], names: Mapping[str, str], language: str) -> None:
        self._specs = {spec.code: spec for spec in specs}
        self._names, self._language = names, language

    def form(self, code: str) -> str:
        spec = self._specs.get(code)
        return in_language(spec.title, self._language) if spec else code

    def fact(self, change: FactChange) -> Line:
        fact = f"{change.group}[].{change.fact}" if change.group else change.fact
        field = self._field(change.form, fact)
        where = in_language(field.label, self._language) if field else change.fact
        if change.row:
            where = f"{where} ({change.row})"
        old, new = self._value(field, change.old), self._value(field, change.new)
        return Line(where, change.change, old, new)

    def row(self, change: RowChange) -> Line:
        said = " · ".join(
            self._value(self._field(change.form, f"{change.group}[].{fact}"), value)
            for fact, value in change.facts.items()
        )
        where = f"{self._group(change)} {change.row}"
        is_new = change.change == Change.ADDED
        return Line(where, change.change, "" if is_new else said, said if is_new else "")

    def _field(self, form: str, fact: str) -> FieldSpec | None:
        spec = self._specs.get(form)
        return next((field for field in spec.fields if field.fact == fact), None) if spec else None

    def _group(self, change: RowChange) -> str:
        spec = self._specs.get(change.form)
        stem = f"{change.group}[]."
        field = next((each for each in spec.fields if each.fact.startswith(stem)), None) if spec else None
        titles = {group.name: group.title for group in spec.groups} if spec else {}
        return in_language(titles[field.section], self._language) if field else change.group

    def _value(self, field: FieldSpec | None, value: Any) -> str:
        if field is None or value is None:
            return "" if value is None else str(value)
        return shown(field, value, self._names, self._language)

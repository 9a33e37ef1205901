"""What an employer filed, as pages show it: the form's own sections and labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from tragitto.employers.rules import ReadForm
from tragitto.kernel.texts import in_language
from tragitto.schemes.pack import FieldSpec, FormSpec, GroupSpec
from tragitto.schemes.vocabulary import FieldKind
from tragitto.web.parts.moments import day_in_words


@dataclass(frozen=True)
class Answer:
    """One field and what was written in it; `is_missing` and `is_unread` say why nothing stands there."""

    label: str
    value: str
    is_missing: bool = False
    is_unread: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a form: plain answers, or a table where rows repeat."""

    title: str
    answers: Sequence[Answer] = ()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def sections(spec: FormSpec, read: ReadForm, names: Mapping[str, str], language: str) -> list[Section]:
    """The form section by section in `language`; `names` gives the words of codes chosen from a list."""
    return [section for group in spec.groups if (section := _section(spec, group, read, names, language))]


def _section(
    spec: FormSpec, group: GroupSpec, read: ReadForm, names: Mapping[str, str], language: str
) -> Section | None:
    fields = [field for field in spec.fields if field.section == group.name and field.fact]
    if not fields:
        return None
    title = in_language(group.title, language)
    if group.rows > 1:
        rows = read.rows(fields[0].fact.partition("[]")[0])
        cells = [[_shown(field, _last(row, field), names, language) for field in fields] for row in rows]
        return Section(title, columns=[in_language(f.label, language) for f in fields], rows=cells)
    return Section(title, answers=list(_answers(fields, read, names, language)))


def _answers(
    fields: Iterable[FieldSpec], read: ReadForm, names: Mapping[str, str], language: str
) -> Iterable[Answer]:
    for field in fields:
        value = _shown(field, read.value(field.fact), names, language)
        is_missing, is_unread = field.name in read.missing, field.name in read.unreadable
        if value or is_missing or is_unread:
            yield Answer(in_language(field.label, language), value, is_missing, is_unread)


def _last(row: Mapping[str, Any], field: FieldSpec) -> Any:
    here: Any = row
    for word in field.fact.partition("[].")[2].split("."):
        here = here.get(word) if isinstance(here, Mapping) else None
    return here


def _shown(field: FieldSpec, value: Any, names: Mapping[str, str], language: str) -> str:
    if value is None or value == "":
        return ""
    if field.kind == FieldKind.CHECKBOX:
        return gettext("yes") if value else gettext("no")
    if field.kind == FieldKind.DATE:
        return day_in_words(date.fromisoformat(str(value)))
    options = {option.value: in_language(option.label, language) for option in field.options}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(options.get(str(one)) or names.get(str(one)) or str(one) for one in chosen)

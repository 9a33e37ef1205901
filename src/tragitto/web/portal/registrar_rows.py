"""Rows of a batch as their page shows them: who, what will happen, what is wrong, what changes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from tragitto.candidates.models import BatchRow
from tragitto.candidates.queries.choices import Lists
from tragitto.candidates.rules.columns import BY_CODE
from tragitto.candidates.words.rows import heading, sentence
from tragitto.kernel.texts import in_language
from tragitto.web.portal.registrar_words import VERDICTS, Look

#: Of units that are named by a code: the column that heads them, and the list that has their title.
_LISTED = {
    "profile": ("profile_1", "profiles"),
    "skill": ("skills", "skills"),
    "tongue": ("languages", "tongues"),
    "document": ("document_kind", "documents"),
}
#: Of values that are codes: the list that has their titles.
_CODED = {
    "standing": "standings",
    "housing": "housing",
    "regions": "regions",
    "shifts": "shifts",
    "language": "languages_of_ours",
    "mastery": "mastery",
    "level": "diplomas",
    "profile": "profiles",
}


@dataclass(frozen=True)
class Change:
    """Something that the row says otherwise than it stands."""

    label: str
    ours: str
    theirs: str
    is_taken: bool


@dataclass(frozen=True)
class ShownRow:
    """One row."""

    number: int
    reference: str
    name: str
    look: Look | None
    problems: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    person: str


def shown_rows(rows: Iterable[BatchRow], lists: Lists, language: str) -> list[ShownRow]:
    """These rows in the words of the language."""
    titles = {
        name: {code: in_language(title, language) for code, title in entries}
        for name, entries in lists.items()
    }
    return [_shown(row, titles) for row in rows]


type Titles = Mapping[str, Mapping[str, str]]


def _shown(row: BatchRow, titles: Titles) -> ShownRow:
    names = (row.raw.get(code, "") for code in ("given_names", "surnames"))
    return ShownRow(
        number=row.number,
        reference=row.reference or row.raw.get("reference", ""),
        name=" ".join(filter(None, names)),
        look=VERDICTS.get(row.verdict),
        problems=tuple(
            (heading(each["field"]), sentence(each["code"], each["facts"]))
            for each in row.problems
            if each["code"] != "kept"  # shown with what was not taken
        ),
        changes=tuple(
            Change(
                _label(unit, titles),
                _told(unit, told["ours"], titles),
                _told(unit, told["theirs"], titles),
                told["taken"],
            )
            for unit, told in row.differences.items()
        ),
        person=row.candidate.code if row.candidate else "",
    )


def _label(unit: str, titles: Titles) -> str:
    if unit in BY_CODE:
        return heading(unit)
    group, _colon, name = unit.partition(":")
    if group in _LISTED:
        column, named = _LISTED[group]
        return f"{heading(column).removesuffix(' 1')}: {titles[named].get(name, name)}"
    return heading(f"{group}_{name}_{'title' if group == 'diploma' else 'role'}").partition(":")[0]


def _told(name: str, value: Any, titles: Titles) -> str:
    """A value in words; "" for what is not told, or not there."""
    if isinstance(value, Mapping):
        parts = (_told(part, each, titles) for part, each in value.items())
        return "; ".join(filter(None, parts))
    if isinstance(value, list):
        return "; ".join(_told(name, each, titles) for each in value)
    if value is None or value == "":
        return ""
    if name.startswith("profile:"):
        return ngettext("%(years)s year", "%(years)s years", value) % {"years": value}
    return titles.get(_CODED.get(name, ""), {}).get(str(value), str(value))

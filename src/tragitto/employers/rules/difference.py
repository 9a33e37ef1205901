"""The readable difference of two versions of a filing: fact by fact, row by row, paper by paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tragitto.employers.rules.facts import FilingFacts, ReadForm


class Change(StrEnum):
    """What became of something from one version to the next."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class FactChange:
    """A fact that is not what it was: `group` and `row` where rows repeat; None = it said nothing.

    `fact` is the word of the form ("enterprise.name"), within a row the part after the group ("province").
    """

    form: str
    fact: str
    change: Change
    old: Any = None
    new: Any = None
    group: str = ""
    row: int = 0


@dataclass(frozen=True)
class RowChange:
    """A whole row that came or went: its number in the version that has it, and what stands in it."""

    form: str
    group: str
    row: int
    change: Change
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class PaperChange:
    """A file that came or went, by its name; one with the same content under another name is none."""

    name: str
    change: Change


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two versions; `forms` came or went as a whole."""

    facts: tuple[FactChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    forms: tuple[tuple[str, Change], ...] = ()
    papers: tuple[PaperChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether both versions say the same."""
        return not (self.facts or self.rows or self.forms or self.papers)


def difference(old: FilingFacts, new: FilingFacts) -> Difference:
    """What `new` says otherwise than `old`, in the order of the forms and facts; never when it was sent.

    Rows are compared by what stands in them: a row that only moved has not changed; of those left, the ones
    that share most are compared with each other, and the rest came or went.
    """
    before, after = _forms(old), _forms(new)
    facts: list[FactChange] = []
    rows: list[RowChange] = []
    for code in (code for code in before if code in after):
        facts += _plain_changes(code, before[code].facts, after[code].facts)
        for group in _groups(before[code], after[code]):
            changed, whole = _row_changes(code, group, before[code].rows(group), after[code].rows(group))
            facts += changed
            rows += whole
    gone = [(code, Change.REMOVED) for code in before if code not in after]
    came = [(code, Change.ADDED) for code in after if code not in before]
    return Difference(tuple(facts), tuple(rows), (*gone, *came), _paper_changes(old, new))


def _forms(facts: FilingFacts) -> dict[str, ReadForm]:
    return {form.code: form for form in facts.forms}


def _plain_changes(form: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FactChange]:
    before, after = flat(old), flat(new)
    names = [*before, *(name for name in after if name not in before)]
    return [change for name in names if (change := _changed(form, name, before.get(name), after.get(name)))]


def flat(facts: Mapping[str, Any], stem: str = "") -> dict[str, Any]:
    """The facts by their dotted names, repeated rows left out."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{stem}{name}.")
        elif not _is_group(value):
            found[f"{stem}{name}"] = value
    return found


def _changed(form: str, fact: str, old: Any, new: Any, *, group: str = "", row: int = 0) -> FactChange | None:
    before, after = _said(old), _said(new)
    if before == after:
        return None
    change = Change.ADDED if before is None else Change.REMOVED if after is None else Change.CHANGED
    return FactChange(form, fact, change, before, after, group, row)


def _said(value: Any) -> Any:
    """What stands there; an empty place, an empty list and a box without a tick say nothing."""
    return None if value in ("", None, False) or value == [] else value


def _groups(old: ReadForm, new: ReadForm) -> list[str]:
    names = [name for name, value in old.facts.items() if _is_group(value)]
    return names + [name for name, value in new.facts.items() if _is_group(value) and name not in names]


def _is_group(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(row, Mapping) for row in value)


def _row_changes(
    form: str, group: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> tuple[list[FactChange], list[RowChange]]:
    before, after = [_row(row) for row in old], [_row(row) for row in new]
    left, right = _unmatched(before, after)
    pairs = _alike(before, after, left, right)
    facts = [
        change
        for one, other in pairs
        for name in [*before[one], *(each for each in after[other] if each not in before[one])]
        if (
            change := _changed(
                form, name, before[one].get(name), after[other].get(name), group=group, row=other + 1
            )
        )
    ]
    paired_old, paired_new = {one for one, _other in pairs}, {other for _one, other in pairs}
    rows = [
        *(RowChange(form, group, at + 1, Change.REMOVED, before[at]) for at in left if at not in paired_old),
        *(RowChange(form, group, at + 1, Change.ADDED, after[at]) for at in right if at not in paired_new),
    ]
    return facts, rows


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said for name, value in flat(row).items() if (said := _said(value)) is not None}


def _unmatched(old: Sequence[Any], new: Sequence[Any]) -> tuple[list[int], list[int]]:
    """The places of rows that the other version does not have, each row matched once."""
    right = list(range(len(new)))
    left = []
    for place, row in enumerate(old):
        same = next((other for other in right if new[other] == row), None)
        if same is None:
            left.append(place)
        else:
            right.remove(same)
    return left, right


def _alike(
    old: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
    left: Sequence[int],
    right: Sequence[int],
) -> list[tuple[int, int]]:
    """Which rows of both are the same one changed: those that share most, the first ones first."""
    shared = sorted(
        (-_in_common(old[one], new[other]), one, other)
        for one in left
        for other in right
        if _in_common(old[one], new[other])
    )
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    pairs = []
    for _most, one, other in shared:
        if one not in taken_old and other not in taken_new:
            pairs.append((one, other))
            taken_old.add(one)
            taken_new.add(other)
    return sorted(pairs, key=lambda pair: pair[1])


def _in_common(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    return sum(1 for name, value in one.items() if other.get(name) == value)


def _paper_changes(old: FilingFacts, new: FilingFacts) -> tuple[PaperChange, ...]:
    before = {paper.sha256 for paper in old.papers}
    after = {paper.sha256 for paper in new.papers}
    gone = (
        PaperChange(paper.attachment, Change.REMOVED) for paper in old.papers if paper.sha256 not in after
    )
    came = (PaperChange(paper.attachment, Change.ADDED) for paper in new.papers if paper.sha256 not in before)
    return (*gone, *came)

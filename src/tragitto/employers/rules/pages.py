"""A draft as pages, one thing on each: which there are, how far each has come, what does not go together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tragitto.employers.vocabulary import PageState, Signing
from tragitto.schemes.pack import FormSpec, GroupSpec
from tragitto.schemes.rules import Filled, Said, Slot, as_written, check_answers, read_filled, rows_of, slots
from tragitto.schemes.vocabulary import FieldKind, FormRole

#: All answers of a draft: form, place, what was answered.
type Answers = Mapping[str, Mapping[str, object]]

_ROLE = "signatory.role"
#: What was answered once and may be offered where it is asked again (WCAG 2.2, 3.3.7): there, from here.
OFFERED: Mapping[str, str] = {
    "units[].address": "enterprise.seat.address",
    "units[].municipality": "enterprise.seat.municipality",
    "units[].province": "enterprise.seat.province",
    "contact.name": "signatory.name",
    "delegation.enterprise_codice_fiscale": "enterprise.codice_fiscale",
    "delegation.delegate.name": "signatory.name",
    "delegation.delegate.codice_fiscale": "signatory.codice_fiscale",
    "signed.place": "enterprise.seat.municipality",
}


@dataclass(frozen=True)
class Page:
    """One page of a draft: a part of a form, or one row of it (from 1; 0 where rows do not repeat).

    `problems` and `notes` are by the name of the place; `missing` are the places that must be filled in.
    """

    form: FormSpec
    group: GroupSpec
    row: int
    rows: int
    slots: tuple[Slot, ...]
    state: PageState
    problems: Mapping[str, Said] = field(default_factory=dict)
    notes: Mapping[str, Said] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, int]:
        """Form, part and row: what the address of the page says."""
        return self.form.code, self.group.name, self.row

    @property
    def may_grow(self) -> bool:
        """Whether a further row may be begun behind this one, which is the last."""
        return 0 < self.row == self.rows < self.group.rows

    @property
    def may_go(self) -> bool:
        """Whether this row may be taken away: one always stays."""
        return self.row > 0 and self.rows > 1


def forms_asked(forms: Sequence[FormSpec], answers: Answers) -> list[FormSpec]:
    """The forms this draft needs: the delegation only where a delegate signs."""
    is_delegated = _said(forms, answers, _ROLE) == Signing.DELEGATE
    return [form for form in forms if form.role is not FormRole.DELEGATION or is_delegated]


def pages_of(forms: Sequence[FormSpec], answers: Answers) -> tuple[Page, ...]:
    """The pages of a draft in the order of its forms, their parts and rows; signatures are asked nowhere."""
    found: list[Page] = []
    for form in forms_asked(forms, answers):
        given = answers.get(form.code, {})
        read = read_filled(form, as_written(form, given))
        for group in form.groups:
            found += _pages_of_group(form, group, given, read)
    return tuple(found)


def offered(forms: Sequence[FormSpec], answers: Answers, page: Page) -> dict[str, object]:
    """What this draft has answered elsewhere and may be offered on a page, for places not answered yet.

    Only the first row of a repeated part is offered anything.
    """
    given = answers.get(page.form.code, {})
    return {
        slot.name: value
        for slot in page.slots
        if slot.name not in given and slot.row <= 1 and (wanted := OFFERED.get(slot.field.fact))
        if (value := _said(forms, answers, wanted))
    }


def crossed(forms: Sequence[FormSpec], answers: Answers, provinces: Collection[str]) -> list[Said]:
    """What does not go together across pages, as warnings: what it means, the call's criteria say.

    `provinces` are the letters of those in the call's region.
    """
    facts: dict[str, object] = {}
    for form in forms_asked(forms, answers):
        facts |= read_filled(form, as_written(form, answers.get(form.code, {}))).facts
    units = [str(unit.get("province") or "").upper() for unit in _rows(facts, "units")]
    found = []
    if any(units) and not set(units) & set(provinces):
        told = {"written": ", ".join(filter(None, units)), "provinces": ", ".join(sorted(provinces))}
        found.append(Said("no_unit_in_the_region", told))
    for number, row in enumerate(_rows(facts, "profiles"), start=1):
        if row.get("contract") == "fixed_term" and not row.get("months"):
            found.append(Said("fixed_term_without_months", {"row": number}))
        if row.get("contract") == "permanent" and row.get("months"):
            found.append(Said("permanent_with_months", {"row": number}))
    return found


def _pages_of_group(
    form: FormSpec, group: GroupSpec, given: Mapping[str, object], read: Filled
) -> list[Page]:
    rows = rows_of(form, group.name, given) if group.rows > 1 else 0
    places = [
        slot
        for slot in slots(form)
        if slot.group.name == group.name and slot.field.kind is not FieldKind.SIGNATURE
    ]
    numbers = range(1, rows + 1) if rows else [0]
    return [
        _page(form, rows, tuple(slot for slot in places if slot.row == row), given, read)
        for row in numbers
        if places
    ]


def _page(
    form: FormSpec, rows: int, places: tuple[Slot, ...], given: Mapping[str, object], read: Filled
) -> Page:
    answers = check_answers(places, given)
    problems = {name: answer.problem for name, answer in answers.items() if answer.problem}
    notes = {name: answer.note for name, answer in answers.items() if answer.note}
    is_begun = any(slot.name in given for slot in places)
    missing = tuple(name for slot in places if (name := slot.name) in _lacking(places, given, read))
    if problems:
        state = PageState.WRONG
    elif missing:
        state = PageState.BEGUN if is_begun else PageState.EMPTY
    else:
        state = PageState.DONE if is_begun else PageState.EMPTY
    group = places[0].group
    return Page(form, group, places[0].row, rows, places, state, problems, notes, missing)


def _lacking(places: Sequence[Slot], given: Mapping[str, object], read: Filled) -> frozenset[str]:
    """The places that must be filled in: a further row that was begun but left empty lacks all of its own."""
    is_empty_row = places[0].row > 1 and not any(given.get(slot.name) for slot in places)
    if is_empty_row:
        return frozenset(slot.name for slot in places if slot.field.required)
    return frozenset(read.missing)


def _said(forms: Sequence[FormSpec], answers: Answers, fact: str) -> object:
    """What was answered where this fact is asked; None when it was not."""
    for form in forms:
        for each in form.fields:
            if each.fact == fact and (value := answers.get(form.code, {}).get(each.name)):
                return value
    return None


def _rows(facts: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    rows = facts.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

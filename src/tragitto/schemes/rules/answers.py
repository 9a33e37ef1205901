"""Answers given on line: each held against its field, and all of a form as words on paper and as facts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tragitto.schemes.pack import FieldSpec, FormSpec
from tragitto.schemes.rules import answers_numbers, answers_places
from tragitto.schemes.rules.answers_kept import Answer, Said, Value
from tragitto.schemes.rules.forms import LONGEST, LONGEST_TEXT, MEANINGLESS, TICKED, Slot, parse, slots
from tragitto.schemes.vocabulary import FieldCheck, FieldKind

#: How an answer stands on paper where a box is ticked.
TICK = "Yes"
_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_MOST_CENTS = 2
_MOST_MONEY = Decimal(10_000_000)

#: All that was answered in a form, or in a part of it, by the name of the place.
type Answers = Mapping[str, Value]


def check_answer(field: FieldSpec, written: object, *, province: str = "") -> Answer:
    """Hold `written` against its field: what is kept of it, and what is wrong with it or worth knowing.

    Nothing written is nothing wrong: whether something must be is asked of the whole page. `province` are
    the two letters beside which a municipality is named. Never fails.
    """
    if field.kind is FieldKind.CHECKBOX:
        return Answer(written if isinstance(written, bool) else _words(written).lower() in TICKED)
    if field.kind is FieldKind.MULTI:
        return _several(field, written)
    words = MEANINGLESS.sub("", _words(written)).strip()
    longest = LONGEST.get(field.kind, LONGEST_TEXT)
    if len(words) > longest:
        # One letter beyond the limit, never a space: it would be taken away with the next look.
        kept = words[:longest] + words[longest:].lstrip()[0]
        return Answer(kept, Said("too_long", {"most": longest, "written": len(words)}))
    return _meant(field, words, province) if words else Answer("")


def check_answers(places: Sequence[Slot], written: Mapping[str, object]) -> dict[str, Answer]:
    """Hold all of `written` against these places; a municipality is sought in the province beside it."""
    return {
        slot.name: check_answer(
            slot.field, written[slot.name], province=_province_beside(slot, places, written)
        )
        for slot in places
        if slot.name in written and slot.field.kind is not FieldKind.SIGNATURE
    }


def as_written(form: FormSpec, answers: Mapping[str, object]) -> dict[str, str]:
    """The answers as the words that stand on the form on paper, place by place; those not given are left out.

    What `read_filled` makes of them is what it makes of the form that was printed with them.
    """
    found = {slot.name: _on_paper(slot.field, answers.get(slot.name)) for slot in slots(form)}
    return {name: words for name, words in found.items() if words}


def answers_from(form: FormSpec, facts: Mapping[str, Any]) -> dict[str, Value]:
    """The answers that state these facts: what `read_filled` did, back again.

    Ticks are left out: a declaration is made anew each time.
    """
    found: dict[str, Value] = {}
    for slot in slots(form):
        value = _fact(facts, slot.field.fact, slot.row) if slot.field.fact else None
        if value is None or slot.field.kind is FieldKind.CHECKBOX:
            continue
        found[slot.name] = [str(one) for one in value] if isinstance(value, list) else str(value)
    return found


def rows_of(form: FormSpec, group: str, answers: Mapping[str, object]) -> int:
    """How many rows of a repeated part there are: up to the last that was begun, and always one."""
    begun = (slot.row for slot in slots(form) if slot.group.name == group and slot.name in answers)
    return max(begun, default=1) or 1


def _meant(field: FieldSpec, words: str, province: str) -> Answer:
    """What these words mean in a field of this kind, or of this list."""
    if field.check is FieldCheck.MUNICIPALITY:
        return answers_places.municipality(words, within=province)
    if field.check is not None:
        return _CHECKS[field.check](words)
    if field.kind is FieldKind.CODICE_FISCALE:
        return answers_numbers.codice_fiscale(words, of_person=field.personal)
    if field.kind is FieldKind.CHOICE:
        is_known = words in {option.value for option in field.options}
        return Answer(words, None if is_known else Said("choice_unknown"))
    return _KINDS.get(field.kind, Answer)(words)


def _several(field: FieldSpec, written: object) -> Answer:
    chosen = written if isinstance(written, list | tuple) else _words(written).split(",")
    values = [word for one in chosen if (word := _words(one))]
    known = {option.value for option in field.options}
    return Answer(values, None if known.issuperset(values) else Said("choice_unknown"))


def _day(words: str) -> Answer:
    value, is_read = parse(FieldKind.DATE, words)
    return Answer(str(value)) if is_read else Answer(words, Said("date_form", {"written": words}))


def _number(words: str) -> Answer:
    value, is_read = parse(FieldKind.NUMBER, words)
    return Answer(str(value)) if is_read else Answer(words, Said("number_form", {"written": words}))


def _money(words: str) -> Answer:
    amount = _amount(words.replace("€", "").replace("EUR", "").replace("\u00a0", " ").replace(" ", ""))
    if amount is None or not 0 <= amount < _MOST_MONEY:
        return Answer(words, Said("money_form", {"written": words}))
    return Answer(f"{amount:.2f}")


def _amount(words: str) -> Decimal | None:
    """The amount meant, with comma or point before the cents: "1.800,00", "1'800.00", "1800"."""
    whole, mark, cents = words.replace("'", ""), "", ""
    for sign in ",.":
        head, found, tail = whole.rpartition(sign)
        if found and len(tail) <= _MOST_CENTS:
            whole, mark, cents = head, sign, tail
            break
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+|\d+", whole)
    if not grouped or (mark and mark in whole):
        return None
    try:
        return Decimal(f"{re.sub(r'[.,]', '', whole)}.{cents or 0}")
    except InvalidOperation:
        return None


def _email(words: str) -> Answer:
    address = words.removeprefix("mailto:")
    if _EMAIL.fullmatch(address) and address.isascii() and ".." not in address:
        return Answer(address)
    return Answer(words, Said("email_form"))


_KINDS: Mapping[FieldKind, Callable[[str], Answer]] = {
    FieldKind.DATE: _day,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.EMAIL: _email,
    FieldKind.PEC: _email,
    FieldKind.PHONE: answers_numbers.phone,
    FieldKind.PARTITA_IVA: answers_numbers.partita_iva,
}
_CHECKS: Mapping[FieldCheck, Callable[[str], Answer]] = {
    FieldCheck.REA: answers_numbers.rea,
    FieldCheck.ATECO: answers_places.activity,
    FieldCheck.PROVINCE: answers_places.province,
}


def _province_beside(slot: Slot, places: Iterable[Slot], written: Mapping[str, object]) -> str:
    """The letters of the province that belongs to this municipality: the same part of the facts says so."""
    if slot.field.check is not FieldCheck.MUNICIPALITY:
        return ""
    stem = slot.field.fact.rpartition(".")[0]
    for other in places:
        is_beside = other.row == slot.row and other.field.fact.rpartition(".")[0] == stem
        if other.field.check is FieldCheck.PROVINCE and is_beside:
            return str(check_answer(other.field, written.get(other.name)).value)
    return ""


def _on_paper(field: FieldSpec, value: object) -> str:
    if field.kind is FieldKind.SIGNATURE:
        return ""
    if field.kind is FieldKind.CHECKBOX:
        return TICK if value is True else ""
    if isinstance(value, list | tuple):
        return ", ".join(_words(one) for one in value)
    words = _words(value)
    if field.kind is FieldKind.DATE and (day := parse(FieldKind.DATE, words)[0]):
        return f"{date.fromisoformat(day):%d/%m/%Y}"
    return words


def _words(written: object) -> str:
    """What was written, as read from a form on paper: ends of lines alike, no blanks around."""
    if not isinstance(written, str):
        return ""
    return written.strip().replace("\r\n", "\n").replace("\r", "\n")


def _fact(facts: Mapping[str, Any], path: str, row: int) -> Any:
    here: Any = facts
    for word in path.split("."):
        if not isinstance(here, Mapping):
            return None
        rows = here.get(word.removesuffix("[]"))
        if word.endswith("[]"):
            has_row = isinstance(rows, list) and len(rows) >= row
            here = rows[row - 1] if isinstance(rows, list) and has_row else None
        else:
            here = rows
    return here

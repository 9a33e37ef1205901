"""The frame of every letter: from whom, to whom, about what; and the message that carries it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tragitto.accounts import queries as people
from tragitto.cases import queries as cases
from tragitto.cases.rules import local_day
from tragitto.employers import wording
from tragitto.employers.models import Expression, Letter
from tragitto.kernel.texts import in_language
from tragitto.law import queries as law
from tragitto.law.models import Parameter

#: The acts are written in Italian; the pages beside them speak the reader's language.
LANGUAGE = "it"


@dataclass(frozen=True)
class Written:
    """A letter ready to be rendered: its template, its title, and what the template is filled with."""

    template: str
    title: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Ground:
    """One obstacle, one thing asked for, one finding, as a letter shows it."""

    title: str
    text: str
    citation: str = ""
    seen: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """What the template takes."""
        return {"title": self.title, "text": self.text, "citation": self.citation, "seen": list(self.seen)}


def framed(
    expression: Expression, *, title: str, on: date, number: str, more: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """What head and foot of a letter show, whatever its kind. Three queries."""
    call, employer = expression.call, expression.employer
    officer = cases.officers_of([expression.case_id]).get(expression.case_id, "")
    name = people.names_of([officer]).get(officer, "") if officer else ""
    role = _("responsible for the case (art. 5 L. 241/1990)")
    facts = [
        (_("Letter"), number),
        (_("Call"), in_language(call.title, LANGUAGE)),
        (_("Expression of interest"), expression.code),
        *more,
    ]
    return {
        "office": call.publisher.name,
        "foot": f"{call.publisher.name} · {expression.code} · {number}",
        "place_and_day": wording.day_in_words(on),
        "addressee": [employer.name or employer.codice_fiscale, _("Codice fiscale"), employer.codice_fiscale],
        "facts": [list(pair) for pair in facts],
        "title": title,
        "law_title": _("Law"),
        "signed": [name, role] if name else [call.publisher.name],
    }


def filed(expression: Expression) -> list[tuple[str, str]]:
    """When the expression of interest was filed, and how it is found in the register. Two queries."""
    placed = expression.placed
    facts = [(_("Filed on"), wording.moment_in_words(expression.case.filed_at, expression.call.zone))]
    entry = getattr(placed.message, "entry", None) if placed else None
    return [*facts, (_("In the protocol register"), entry.reference)] if entry else facts


def cited(row: Parameter) -> str:
    """A row of the law as a letter cites it: what it is, and by which article."""
    return f"{in_language(row.row.title, LANGUAGE)}: {row.row.citation}"


def value_of(code: str, on: date) -> tuple[int, Parameter]:
    """The number that the law gives on a day, with its row. One query."""
    row = law.parameter(code, on=on)
    assert isinstance(row.row.value, int)
    return row.row.value, row


def cover(letter: Letter, title: str) -> tuple[str, str]:
    """Subject and text of the message that carries a letter."""
    expression = letter.expression
    subject = f"{title} · {expression.code}"
    lines = [
        _("Please find the letter of the office enclosed."),
        _("Call: {call}").format(call=in_language(expression.call.title, LANGUAGE)),
        _("Expression of interest: {code}").format(code=expression.code),
        _("If you answer by certified mail, leave the subject as it is: it leads your answer to its case."),
        expression.call.publisher.name,
    ]
    return subject, "\n\n".join(lines) + "\n"


def day_of(at: datetime, expression: Expression) -> date:
    """The day of a moment in the zone of the call."""
    return local_day(at, expression.call.zone)

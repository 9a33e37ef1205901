"""What is kept about people, field by field: why, on what basis, by whom, how long, read by whom.

Rooms declare here; the room `privacy` reads from above, and a house test fails for a field left out.
"""

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Legal bases of Regulation (EU) 2016/679, article 6(1)."""

    CONSENT = "6(1)(a)"
    CONTRACT = "6(1)(b)"
    LEGAL_DUTY = "6(1)(c)"
    PUBLIC_TASK = "6(1)(e)"


@dataclass(frozen=True)
class Declaration:
    """One field about a person, or the written statement that a field is not about one."""

    model: str
    field: str
    purpose: str
    basis: Basis
    controller: str
    retention: str
    readers: tuple[str, ...]


_declared: dict[tuple[str, str], Declaration] = {}
_impersonal: dict[tuple[str, str], str] = {}


def declare(
    model: str,
    *fields: str,
    purpose: str,
    basis: Basis,
    controller: str,
    retention: str,
    readers: tuple[str, ...],
) -> None:
    """Declare `fields` of `model` ("employers.Employer") as data about a person.

    `purpose`, `controller`, `retention` and `readers` are codes of the processing register (words such
    as "admissibility", "publisher", "case_file", "office"), never sentences.
    """
    for field in fields:
        _declared[model, field] = Declaration(model, field, purpose, basis, controller, retention, readers)


def impersonal(model: str, *fields: str, because: str) -> None:
    """State that `fields`, which look as if they could hold something about a person, do not."""
    for field in fields:
        _impersonal[model, field] = because


def declared() -> dict[tuple[str, str], Declaration]:
    """All declarations, by model and field."""
    return dict(_declared)


def declared_impersonal() -> dict[tuple[str, str], str]:
    """All statements that a field is not about a person, with their reasons."""
    return dict(_impersonal)

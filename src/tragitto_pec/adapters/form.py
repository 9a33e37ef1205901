"""What an adapter finds in the parts of a sealed message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tragitto_pec.anchors import PEC_SET
from tragitto_pec.limits import Limits
from tragitto_pec.mime import Part
from tragitto_pec.reading import CertifiedEvent, Daticert, Reason

# The names of the systems, which are also the names of their sets of anchors.
PEC = PEC_SET
REM = "rem"

_ORIGINAL = "postacert.eml"


@dataclass(frozen=True, slots=True)
class Form:
    """The direct parts of the signed content, as far as they have the form of certified mail.

    ``statement`` says in the words of ``daticert.xml`` what the system's own data say; ``events`` are
    these data. Without a statement ``problems`` say why there is none.
    """

    system: str = PEC
    statement: Daticert | None = None
    events: tuple[CertifiedEvent, ...] = ()
    original: Part | None = None
    problems: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()


Adapter = Callable[[list[Part], Limits], Form | None]


def original_of(parts: list[Part]) -> tuple[int, Part | None]:
    """Where the original message stands among the parts, and what it is; behind all when there is none."""
    found = ((position, part) for position, part in enumerate(parts) if _is_original(part))
    return next(found, (len(parts), None))


def _is_original(part: Part) -> bool:
    return part.is_message or part.filename.strip().lower() == _ORIGINAL

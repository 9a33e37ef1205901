"""What the limited process can be asked: a name, the options of the one who asks, and the answer's type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question[Options, Answer]:
    """One thing that can be asked about some bytes.

    ``find`` takes the bytes and the options and gives the answer, which travels as JSON of the type
    ``answer``, and raw bytes beside it (the files it speaks of, one after the other; empty for most). It
    never raises for anything the bytes do.
    """

    name: str
    options: type[Options]
    answer: type[Answer]
    find: Callable[[bytes, Options], tuple[Answer, bytes]]


#: What the process has been given to hold, by name: a trusted list is parsed once, not for each question.
HELD: dict[str, bytes] = {}

"""Says of everything drawn what it is, so that a program that reads pages aloud finds its way (PDF tags)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

FORM = "Form"


@dataclass(frozen=True)
class Piece:
    """Something on a page in its order of reading: words drawn as marked content `mcid`, or a field by name.

    Words of the same `block` and language belong together.
    """

    page: int
    role: str
    block: int = 0
    language: str = "it"
    mcid: int = -1
    field: str = ""


class Tags:
    """Marks what is drawn on `canvas`, and keeps the order in which it is read."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self.pieces: list[Piece] = []
        self._page, self._next = 1, 0

    def turn_over(self) -> None:
        """What follows stands on the next page."""
        self._page, self._next = self._page + 1, 0

    @contextmanager
    def words(self, role: str, *, block: int = 0, language: str = "it") -> Iterator[None]:
        """What is drawn meanwhile is read out as `role`: "H1", "H2", "P" (ISO 32000-1, § 14.8.4)."""
        self.pieces.append(Piece(self._page, role, block, language, self._next))
        self.canvas._code.append(f"/{role} <</MCID {self._next}>> BDC")
        self._next += 1
        yield
        self.canvas._code.append("EMC")

    @contextmanager
    def ornament(self) -> Iterator[None]:
        """What is drawn meanwhile is not read out: frames, codes, what every page repeats."""
        self.canvas._code.append("/Artifact BMC")
        yield
        self.canvas._code.append("EMC")

    def field(self, name: str) -> None:
        """Here the field of this name is read."""
        self.pieces.append(Piece(self._page, FORM, field=name))

"""Doing something to many people at once: what is asked, and who is touched by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from tragitto.candidates.vocabulary import BulkAct

#: More at once cannot be looked through by anybody before it is done.
MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to be done: a typed reason with its note, or the code of the list it is about."""

    act: BulkAct
    reason: str = ""
    note: str = ""
    roster_list: str = ""

    def as_data(self) -> dict[str, str]:
        """The change as JSON keeps it."""
        return {"act": self.act, "reason": self.reason, "note": self.note, "roster_list": self.roster_list}


@dataclass(frozen=True)
class Preview:
    """Whom a change touches, and whom it leaves as they are, by the code of the reason why."""

    touched: Sequence[str]
    left: Mapping[str, Sequence[str]]

    @property
    def digest(self) -> str:
        """The same for the same people alone: what was seen is what is done."""
        return digest_of(self.touched)


def digest_of(codes: Iterable[str]) -> str:
    """A short text that is the same for the same people, in whatever order."""
    return sha256("\n".join(sorted(codes)).encode()).hexdigest()[:32]

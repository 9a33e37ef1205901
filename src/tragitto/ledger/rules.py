"""How an entry is hashed and how a chain of entries is checked: pure, so that it can be done offline."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from tragitto.kernel.canonical import canonical_json

#: What the first link is chained to.
ORIGIN = bytes(32)


@dataclass(frozen=True)
class Written:
    """An entry as it stands in the table, with its link."""

    number: int
    code: str
    verb: str
    subject: str
    actor: str
    door: str
    at: datetime
    facts: Mapping[str, object]
    digest: bytes
    position: int | None = None
    previous: bytes = b""
    hash: bytes = b""


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold."""

    position: int | None
    entry: str
    problem: str


def digest(
    *, code: str, verb: str, subject: str, actor: str, door: str, at: datetime, facts: Mapping[str, object]
) -> bytes:
    """The SHA-256 of an entry's content in canonical form."""
    content = {"code": code, "verb": verb, "subject": subject, "actor": actor, "door": door}
    return sha256(canonical_json({**content, "at": at, "facts": facts})).digest()


def link(previous: bytes, entry_digest: bytes) -> bytes:
    """The hash that chains an entry to the one before it."""
    return sha256(previous + entry_digest).digest()


def breaks(entries: Iterable[Written], *, previous: bytes = ORIGIN, position: int = 0) -> Iterable[Break]:
    """Every place where the chain does not hold, in order; an entry changed, moved, lost or unchained."""
    for entry in entries:
        if entry.position is None:
            yield Break(None, entry.code, "is not chained")
            continue
        position += 1
        if entry.position != position:
            yield Break(position, entry.code, f"link {position} is missing")
            position = entry.position
        again = digest(
            code=entry.code,
            verb=entry.verb,
            subject=entry.subject,
            actor=entry.actor,
            door=entry.door,
            at=entry.at,
            facts=entry.facts,
        )
        if again != entry.digest:
            yield Break(position, entry.code, "has been changed")
        if entry.previous != previous or link(entry.previous, entry.digest) != entry.hash:
            yield Break(position, entry.code, "does not follow from the entry before it")
        previous = entry.hash

"""Writing into the ledger: the one verb of this room."""

from collections.abc import Mapping
from datetime import datetime

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import plain
from tragitto.kernel.codes import new_code
from tragitto.ledger import rules
from tragitto.ledger.models import Entry

#: Among millions of entries no two by chance: 23^12.
_LENGTH = 12


def record(
    verb: str, *, subject: str, actor: Actor, at: datetime, facts: Mapping[str, object] | None = None
) -> Entry:
    """Write down that `actor` did `verb` ("case.moved") to `subject` (a public code) at `at`.

    Part of the caller's transaction: it stands or falls with what it tells of. The database chains the
    entry to the one before it at the commit, so that nobody waits for the chain while work is being done.
    `facts` holds codes, numbers and field names, never a personal value.
    """
    entry = _entry(verb, subject, facts or {}, actor=actor, at=at)
    entry.save(force_insert=True)
    return entry


def record_many(verb: str, *, told: Mapping[str, Mapping[str, object]], actor: Actor, at: datetime) -> None:
    """Write down that `actor` did `verb` to many subjects, each with its own facts; as `record` for each.

    One query for each two thousand.
    """
    entries = [_entry(verb, subject, facts, actor=actor, at=at) for subject, facts in told.items()]
    Entry.objects.bulk_create(entries, batch_size=2000)


def _entry(verb: str, subject: str, facts: Mapping[str, object], *, actor: Actor, at: datetime) -> Entry:
    code, told = new_code("L", _LENGTH), plain(facts)
    assert isinstance(told, dict)
    digest = rules.digest(
        code=code, verb=verb, subject=subject, actor=actor.code, door=actor.door, at=at, facts=told
    )
    return Entry(
        code=code,
        verb=verb,
        subject=subject,
        actor=actor.code,
        door=actor.door,
        at=at,
        facts=told,
        digest=digest,
    )

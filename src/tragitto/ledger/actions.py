"""Writing into the ledger: the one verb of this room."""

from collections.abc import Mapping
from datetime import datetime

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import plain
from tragitto.kernel.codes import new_code
from tragitto.ledger import rules
from tragitto.ledger.models import Entry


def record(
    verb: str, *, subject: str, actor: Actor, at: datetime, facts: Mapping[str, object] | None = None
) -> Entry:
    """Write down that `actor` did `verb` ("case.moved") to `subject` (a public code) at `at`.

    Part of the caller's transaction: it stands or falls with what it tells of. The database chains the
    entry to the one before it at the commit, so that nobody waits for the chain while work is being done.
    `facts` holds codes, numbers and field names, never a personal value.
    """
    code, told = new_code("L"), plain(facts or {})
    assert isinstance(told, dict)
    digest = rules.digest(
        code=code, verb=verb, subject=subject, actor=actor.code, door=actor.door, at=at, facts=told
    )
    return Entry.objects.create(
        code=code,
        verb=verb,
        subject=subject,
        actor=actor.code,
        door=actor.door,
        at=at,
        facts=told,
        digest=digest,
    )

"""Looking at somebody's file: a fact of its own, which the person can read."""

from collections.abc import Collection
from datetime import datetime, timedelta

from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record, record_many
from tragitto.ledger.queries import lately_told, told_lately

#: Going to and fro between the parts of a file is one look.
ONE_LOOK = timedelta(minutes=15)
SEEN = "candidate.seen"
#: The person stands on a list of names that was given to a firm.
NAMED = "candidate.named"


def look(*, candidate: Candidate, what: str, for_firm: str = "", actor: Actor, at: datetime) -> None:
    """Write down that `actor` looks at `what` ("file", "photo", "cv" …) of `candidate`'s.

    `for_firm` = the public code of the firm for which an actor without an organisation looks. The person's
    own looks and those of the house are not written down; the same look again within a quarter of an hour is
    the same look. One query, and one row.
    """
    if actor.is_system or (candidate.account and actor.code == candidate.account):
        return
    facts = {"what": what, "organisation": for_firm or actor.organisation}
    if not told_lately(SEEN, subject=candidate.code, actor=actor, facts=facts, since=at - ONE_LOOK):
        record(SEEN, subject=candidate.code, actor=actor, at=at, facts=facts)


def look_at_many(
    *, candidates: Collection[str], what: str, for_firm: str = "", actor: Actor, at: datetime
) -> None:
    """As `look`, for many people (public codes) at once: a list of names, an export. A few queries."""
    facts = {"what": what, "organisation": for_firm or actor.organisation}
    lately = lately_told(SEEN, actor=actor, facts=facts, since=at - ONE_LOOK)
    told = {code: facts for code in candidates if code not in lately}
    if told and not actor.is_system:
        record_many(SEEN, told=told, actor=actor, at=at)

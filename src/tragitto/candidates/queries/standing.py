"""Where a person stands, how they came there, and what may follow."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from tragitto.candidates import permissions
from tragitto.candidates.models import Candidate, Confirmation, StatusChange
from tragitto.candidates.rules.clock import Change
from tragitto.candidates.rules.standing import Stand, hindrance
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.pack import ReasonSpec, RosterSpec
from tragitto.schemes.vocabulary import ReasonUse, RosterStatus

#: A note that is there: the list of what may be chosen does not ask for it yet.
_SOME_NOTE = "…"


def history(candidate: Candidate) -> list[StatusChange]:
    """Every change of the person's status, oldest first. One query."""
    return list(candidate.status_changes.order_by("number"))


def changes_of(candidate: Candidate) -> list[Change]:
    """The same as the clock reads it, with the places that merged registrations bring. Two queries."""
    merged = {each.status_at: each.seniority_at for each in candidate.merged.all()}
    return [
        Change(
            before=each.before,
            after=each.after,
            clock_stops=each.clock_stops,
            keeps_place=each.keeps_place,
            happened_at=each.happened_at,
            joined=merged.get(each.happened_at) if each.before == each.after else None,
        )
        for each in history(candidate)
    ]


def stand_of(candidate: Candidate, roster: RosterSpec, *, since_on: date) -> Stand:
    """Where the person stands, `since_on` being the day of `status_at` in the house. One query at most."""
    last = roster.reason(candidate.reason)
    identity = getattr(candidate, "identity", None)
    return Stand(
        status=RosterStatus(candidate.status),
        since_on=since_on,
        use=last.use if last else None,
        adult_on=candidate.adult_on,
        sent_on=candidate.sent_on,
        is_identified=bool(identity and identity.confirmed_at),
    )


def offered(
    actor: Actor, candidate: Candidate, roster: RosterSpec, *, since_on: date, on: date
) -> tuple[ReasonSpec, ...]:
    """The typed reasons that `actor` may give now, in the order of the roster. Five queries at most."""
    giver = permissions.giver(actor, candidate)
    if giver is None:
        return ()
    stand, days = stand_of(candidate, roster, since_on=since_on), roster.validity.return_days
    return tuple(
        each
        for each in roster.reasons
        if hindrance(stand, each, giver, note=_SOME_NOTE, return_days=days, on=on) is None
    )


def uses(reasons: Sequence[ReasonSpec]) -> frozenset[ReasonUse]:
    """The turns among these reasons."""
    return frozenset(each.use for each in reasons if each.use)


def open_confirmation(candidate: Candidate) -> Confirmation | None:
    """The question whether the person is still interested that waits for an answer. One query."""
    return candidate.confirmations.filter(answered_at=None, closed_at=None).first()


def with_token(token: str) -> Confirmation:
    """The question whose link holds this secret, with the person; raises `NotFound`. One query."""
    digest = sha256(token.encode()).hexdigest()
    found = Confirmation.objects.select_related("candidate__scheme").filter(token_hash=digest).first()
    if found is None:
        raise NotFound("question")
    return found

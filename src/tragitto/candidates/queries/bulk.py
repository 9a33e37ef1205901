"""Whom a change of many people would touch, and whom not and why: asked before it is ordered."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import batched

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from tragitto.candidates.models import Candidate, ListEntry
from tragitto.candidates.models.candidates import UNSENT
from tragitto.candidates.queries.among import who
from tragitto.candidates.queries.standing import stand_of
from tragitto.candidates.rules.bulk import Change, Preview
from tragitto.candidates.rules.standing import hindrance
from tragitto.candidates.vocabulary import BulkAct
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonGiver, RosterStatus

#: Why somebody is left as they are, beside what the clock's own rules say.
OWN, MERGED, NO_REASON = "own-file", "candidate_merged", "reason-unknown"
ON_IT, NOT_ON_IT, NOT_WAITING = "on-the-list", "not-on-the-list", "not-on-the-roster"
_AT_A_TIME = 5000


def preview(actor: Actor, scheme: Scheme, change: Change, people: Sequence[str], *, on: date) -> Preview:
    """Whom of these `people` (their codes) `change` touches on this day; who is not on this roster is not
    spoken of. Two queries, and one for every five thousand people.
    """
    why = _judge(scheme, change, on)
    touched: list[str] = []
    left: dict[str, list[str]] = {}
    for some in batched(people, _AT_A_TIME):
        for candidate in _rows(scheme, change, some):
            reason = OWN if candidate.account and candidate.account == actor.code else why(candidate)
            if reason:
                left.setdefault(reason, []).append(candidate.code)
            else:
                touched.append(candidate.code)
    return Preview(touched, left)


def _rows(scheme: Scheme, change: Change, codes: Sequence[str]) -> QuerySet[Candidate]:
    listed = ListEntry.objects.filter(candidate=OuterRef("pk"), roster_list__code=change.roster_list)
    rows = Candidate.objects.filter(who(codes), scheme=scheme).exclude(status__in=UNSENT)
    wanted = (
        "code", "account", "status", "status_at", "reason", "adult_on", "sent_on",
        "identity__confirmed_at", "identity__candidate",
    )  # fmt: skip
    return rows.select_related("identity").only(*wanted).annotate(is_listed=Exists(listed)).order_by("pk")


def _judge(scheme: Scheme, change: Change, on: date) -> Callable[[Candidate], str]:
    if change.act == BulkAct.MOVE:
        return _moves(scheme, change, on)
    if change.act == BulkAct.ASK:
        return lambda candidate: "" if candidate.status == RosterStatus.ACTIVE else NOT_WAITING
    if change.act == BulkAct.LIST:
        return lambda candidate: ON_IT if _is_listed(candidate) else ""
    return lambda candidate: "" if _is_listed(candidate) else NOT_ON_IT


def _is_listed(candidate: Candidate) -> bool:
    return bool(getattr(candidate, "is_listed", False))


def _moves(scheme: Scheme, change: Change, on: date) -> Callable[[Candidate], str]:
    roster = roster_of(scheme)
    reason = roster.reason(change.reason)

    def why(candidate: Candidate) -> str:
        if candidate.status == RosterStatus.MERGED:
            return MERGED
        if reason is None:
            return NO_REASON
        stand = stand_of(candidate, roster, since_on=timezone.localdate(candidate.status_at))
        days = roster.validity.return_days
        found = hindrance(stand, reason, ReasonGiver.KEEPER, note=change.note, return_days=days, on=on)
        return found.value if found else ""

    return why

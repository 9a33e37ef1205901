"""Comparing everybody with everybody: ordered by the desk with progress, and done every night."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions import likeness, working
from tragitto.candidates.holding import hold_roster
from tragitto.candidates.models import LikePair, Work
from tragitto.candidates.permissions import may_with_roster
from tragitto.candidates.queries import works
from tragitto.candidates.queries.likeness import compared, compared_after
from tragitto.candidates.vocabulary import Likeness, WorkKind, WorkState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import schemes_with_roster

#: People compared in one transaction with everybody they share something with.
AT_A_TIME = 2000


@transaction.atomic
def order_comparison(*, scheme: Scheme, actor: Actor, at: datetime) -> Work:
    """Have the whole roster compared in the background. Raises `NotAllowed`; `Blocked` while that is done."""
    if not may_with_roster(actor, "roster.compare", scheme):
        said = _("The roster is compared by case officers and reviewers of those who keep it.")
        raise NotAllowed(Finding("not_to_compare", said))
    hold_roster(scheme, actor)
    under_way = Work.objects.filter(scheme=scheme, kind=WorkKind.DUPLICATES)
    if under_way.filter(state__in=[WorkState.WAITING, WorkState.RUNNING]).exists():
        said = _("The roster is being compared already: wait until that has ended.")
        raise Blocked(Finding("being_compared", said))

    total = compared(scheme.pk).count()
    work = working.order(
        scheme=scheme, kind=WorkKind.DUPLICATES, parameters={}, total=total, actor=actor, at=at
    )
    record("roster.comparison_ordered", subject=work.code, actor=actor, at=at, facts={"people": total})
    return work


def carry_out(*, work: Work, actor: Actor, at: datetime) -> None:
    """Compare everybody for `work`: stops when it is cancelled; begun again it goes on where it stood.

    Not for use inside a transaction: each slice is kept with how far it came.
    """
    orderer = works.orderer(work, on=timezone.localdate(at))
    if not may_with_roster(orderer, "roster.compare", work.scheme):
        working.fail(work=work, problem="not-allowed", actor=actor, at=at)
        return
    done, cursor = work.done, work.cursor
    while people := compared_after(work.scheme_id, cursor, AT_A_TIME):
        done, cursor = done + len(people), people[-1]
        if not _slice(work, people, done, actor=actor, at=at):
            return
    pairs = LikePair.objects.filter(first__scheme=work.scheme, state=Likeness.OPEN).count()
    if working.finish(work=work, outcome={"open_pairs": pairs}, actor=actor, at=at):
        record("roster.compared", subject=work.code, actor=orderer, at=at, facts={"open_pairs": pairs})


@transaction.atomic
def _slice(work: Work, people: list[int], done: int, *, actor: Actor, at: datetime) -> bool:
    """Compare the next people and keep how far that came, both or neither; False when it was cancelled."""
    likeness.note(candidates=people, scheme=work.scheme_id, actor=actor, at=at)
    return working.move_on(work=work, done=min(done, work.total), cursor=people[-1], actor=actor, at=at)


def compare_every_roster(*, actor: Actor, at: datetime) -> int:
    """Compare everybody on every roster; how many pairs are new. A slice stands by itself.

    Not for use inside a transaction.
    """
    found = 0
    for scheme in schemes_with_roster():
        cursor = 0
        while people := compared_after(scheme.pk, cursor, AT_A_TIME):
            found += likeness.note(candidates=people, scheme=scheme.pk, actor=actor, at=at)
            cursor = people[-1]
    return found

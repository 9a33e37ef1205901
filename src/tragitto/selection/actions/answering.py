"""The person's answer to one position, and what it means for the name and the profile that a firm sees."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.settling import end_invitation, settle_invitation
from tragitto.candidates.models import Candidate, Invitation
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record
from tragitto.selection.actions.sides import demand_person
from tragitto.selection.actions.told import THEMSELVES, Told
from tragitto.selection.holding import held
from tragitto.selection.models import Match, Shortlisted
from tragitto.selection.queries.shortlists import standing_under


@transaction.atomic
def answer_line(*, row: Shortlisted, answer: Answer, actor: Actor, at: datetime) -> Shortlisted:
    """The person says yes or no to one position; until the round matches them they may think again.

    It counts for this position alone: the firm reads the name with the first yes, and no longer after the
    last one was taken back. Raises `NotAllowed`; `Blocked` for a yes after its term, for who does not stand
    there any more, and for a no to a position that the person is matched with.
    """
    held(row.post.round)
    demand_person(candidate=Candidate.objects.get(pk=row.candidate_id), actor=actor, at=at)
    return write_answer(row=row, answer=answer, actor=actor, at=at)


def write_answer(
    *, row: Shortlisted, answer: Answer, told: Told = THEMSELVES, actor: Actor, at: datetime
) -> Shortlisted:
    """Write down the answer to one position, which the person gave themselves or `told` somebody.

    Part of the caller's transaction, which holds the round and asked who may. Raises `Blocked` as
    `answer_line`.
    """
    whole = Shortlisted.objects.select_related("post__round", "candidate", "invitation")
    now = whole.get(pk=row.pk)
    if now.answer == answer:
        return now
    invitation = now.invitation
    stands = now.removed_at is None and now.given_up_at is None and now.post.left_at is None
    if invitation is None or invitation.recalled_at or not stands or not now.post.round.is_open:
        text = _("You are not asked about this position any more: there is nothing to answer.")
        raise Blocked(Finding("not_asked_any_more", text))
    if answer == Answer.ACCEPTED and now.due_on is not None and timezone.localdate(at) > now.due_on:
        text = _("The time to accept is over. Write to the office if you would still like to meet this firm.")
        raise Blocked(Finding("invitation_over", text))
    if answer == Answer.DECLINED and Match.objects.filter(shortlisted=now, ended_at=None).exists():
        text = _(
            "You are matched with this position: decline the offer, or leave the round under your match."
        )
        raise Blocked(Finding("is_matched", text))

    now.answer, now.answered_at = answer, at
    written = told.write_on(now, actor)
    now.save(update_fields=["answer", "answered_at", *written])
    facts = {"shortlisted": now.code, "answer": str(answer), **told.facts}
    record("shortlist.answered", subject=now.candidate.code, actor=actor, at=at, facts=facts)
    settle([invitation.pk], actor=actor, at=at)
    return now


def settle(invitations: Iterable[int | None], *, actor: Actor, at: datetime) -> None:
    """Bring invitations (database keys) in line with the answers of those who stand under them.

    Where nobody stands any more the firm sees the profile no longer. Part of the caller's transaction.
    """
    wanted = Invitation.objects.filter(pk__in=[each for each in invitations if each], recalled_at=None)
    open_ones = list(wanted.select_related("candidate").order_by("candidate", "pk"))
    answers = standing_under(open_ones)
    for each in open_ones:
        if said := answers.get(each.pk):
            settle_invitation(invitation=each, answer=_sum_of(said), actor=actor, at=at)
        else:
            end_invitation(invitation=each, actor=actor, at=at)


def _sum_of(said: list[str]) -> Answer | None:
    if Answer.ACCEPTED in said:
        return Answer.ACCEPTED
    return Answer.DECLINED if set(said) == {Answer.DECLINED} else None

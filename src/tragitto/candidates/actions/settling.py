"""What becomes of an invitation that stands for several positions, as the person answers each of them."""

from datetime import date, datetime

from django.db import transaction

from tragitto.candidates.holding import held
from tragitto.candidates.models import Invitation
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record


@transaction.atomic
def settle_invitation(
    *,
    invitation: Invitation,
    answer: Answer | None,
    due_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Invitation:
    """Write what the answers to the positions of `invitation` add up to (None = still open), and a new term.

    Part of the caller's transaction, which has asked whether `actor` may. A yes alone shows the name. The
    same again changes nothing.
    """
    person = held(invitation.candidate)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if due_on is not None and due_on != found.due_on:
        found.due_on = due_on
        found.save(update_fields=["due_on"])
        facts = {"invitation": found.code, "due_on": due_on.isoformat()}
        record("candidate.invited_again", subject=person.code, actor=actor, at=at, facts=facts)
    if (answer or "") == found.answer:
        return found
    found.answer, found.answered_at = answer or "", at if answer else None
    found.save(update_fields=["answer", "answered_at"])
    facts = {"invitation": found.code, "answer": str(answer or "open")}
    record("candidate.invitation_answered", subject=person.code, actor=actor, at=at, facts=facts)
    return found


@transaction.atomic
def end_invitation(*, invitation: Invitation, actor: Actor, at: datetime) -> Invitation:
    """Take an invitation back: the firm sees the profile no longer. Again it changes nothing.

    Part of the caller's transaction, which has asked whether `actor` may.
    """
    person = held(invitation.candidate)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if found.recalled_at is None:
        found.recalled_at = at
        found.save(update_fields=["recalled_at"])
        facts = {"invitation": found.code}
        record("candidate.invitation_recalled", subject=person.code, actor=actor, at=at, facts=facts)
    return found

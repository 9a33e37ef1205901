"""Inviting somebody to meet a firm: the firm learns the name with the person's yes, and not before."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.actions.settling import end_invitation
from tragitto.candidates.holding import held
from tragitto.candidates.models import Candidate, Invitation
from tragitto.candidates.queries import disclosure, lists
from tragitto.candidates.vocabulary import ON_ROSTER, Answer
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import CallStatus


@transaction.atomic
def invite(
    *,
    candidate: Candidate,
    call: Call,
    recipient: str,
    due_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Invitation:
    """Invite `candidate` to meet the firm of public code `recipient` under `call`.

    From now on the firm sees an anonymous profile under the code of the invitation. The same again gives the
    same invitation. Raises `NotAllowed`; `Blocked` for who is not on the roster, did not consent to be shown,
    stands on a list that keeps them out, or belongs to another scheme, for a call that is not published, and
    a term that is over.
    """
    person = held(candidate)
    if not permissions.may_invite(actor, person, call):
        text = _("Only who keeps the roster or proposes candidates invites people.")
        raise NotAllowed(Finding("may_not_invite", text))
    if findings := [*_obstacles(person, call, due_on, at), *_lists(actor, person, call, recipient)]:
        raise Blocked(findings)

    invitation, is_new = Invitation.objects.get_or_create(
        candidate=person,
        call=call,
        recipient=recipient,
        recalled_at=None,
        defaults={
            "code": new_code("I"),
            "invited_at": at,
            "invited_by": actor.code,
            "due_on": due_on,
        },
    )
    if is_new:
        facts = {"invitation": invitation.code, "call": call.code, "recipient": recipient}
        record("candidate.invited", subject=person.code, actor=actor, at=at, facts=facts)
    return invitation


@transaction.atomic
def answer_invitation(*, invitation: Invitation, answer: Answer, actor: Actor, at: datetime) -> Invitation:
    """The person says yes or no; until the meeting is over they may think again.

    A yes shows the firm the name and what else the matrix says; a no hides it again, needs no reason and
    changes nothing about the person's place. Raises `NotAllowed`; `Blocked` once it was recalled, and for a
    yes after its term.
    """
    person = held(invitation.candidate)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not permissions.may(actor, "candidate.answer_invitation", person):
        raise NotAllowed(Finding("another_person", _("Only the person who was invited answers.")))
    if found.recalled_at:
        text = _("This invitation was taken back: there is nothing to answer any more.")
        raise Blocked(Finding("invitation_recalled", text))
    is_late = found.due_on is not None and timezone.localdate(at) > found.due_on
    if answer == Answer.ACCEPTED and is_late and found.answer != answer:
        text = _("The time to accept is over. Write to the office if you would still like to meet this firm.")
        raise Blocked(Finding("invitation_over", text))
    if found.answer == answer:
        return found

    found.answer, found.answered_at = answer, at
    found.save(update_fields=["answer", "answered_at"])
    facts = {"invitation": found.code, "answer": str(answer)}
    record("candidate.invitation_answered", subject=person.code, actor=actor, at=at, facts=facts)
    return found


@transaction.atomic
def recall_invitation(*, invitation: Invitation, actor: Actor, at: datetime) -> Invitation:
    """Take an invitation back: the firm sees the profile no longer. Again it changes nothing.

    Raises `NotAllowed`.
    """
    if not permissions.may_invite(actor, held(invitation.candidate), invitation.call):
        text = _("Only who keeps the roster or proposes candidates takes invitations back.")
        raise NotAllowed(Finding("may_not_recall", text))
    return end_invitation(invitation=invitation, actor=actor, at=at)


def _obstacles(person: Candidate, call: Call, due_on: date | None, at: datetime) -> list[Finding]:
    found: list[Finding] = []
    if person.scheme_id != call.scheme_id:
        found.append(Finding("another_scheme", _("This call belongs to another scheme than the roster.")))
    if call.status == CallStatus.DRAFT:
        found.append(Finding("call_not_published", _("This call is not published yet.")))
    if person.status not in ON_ROSTER:
        text = _("Only people who are on the roster now can be invited.")
        found.append(Finding("not_on_roster", text))
    if not disclosure.may_be_shown(person):
        text = _("This person has not consented to be shown to firms: nobody may show them.")
        found.append(Finding("no_consent", text))
    if due_on is not None and due_on < timezone.localdate(at):
        found.append(Finding("term_over", _("The last day to answer must not lie in the past.")))
    return found


def _lists(actor: Actor, person: Candidate, call: Call, recipient: str) -> list[Finding]:
    said = _(
        "This person is on the list “{list}” of people not to be proposed again: take them off it first."
    )
    kept = lists.kept_out(actor, [person], call, recipient)
    return [Finding("kept_out", said.format(list=name)) for name in kept.values()]

"""Still interested? Asking by a link that opens without signing in, and what is answered."""

from base64 import b32encode
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.actions.standing import moved, next_question
from tragitto.candidates.actions.telling import tell
from tragitto.candidates.holding import held, held_unmerged
from tragitto.candidates.models import Candidate, Confirmation
from tragitto.candidates.queries.asking import asked, key_of
from tragitto.candidates.queries.standing import open_confirmation, with_token
from tragitto.candidates.rules.asking import last_day
from tragitto.candidates.rules.standing import Hindrance
from tragitto.candidates.vocabulary import Interest
from tragitto.candidates.words.asking import Occasion, words
from tragitto.candidates.words.reasons import finding
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonGiver, ReasonUse, RosterStatus

_PURPOSE = "tragitto.roster-interest"
#: Where somebody stands who answered so: the same answer again changes nothing.
_ANSWERED = {
    Interest.YES: RosterStatus.ACTIVE,
    Interest.PAUSE: RosterStatus.PAUSED,
    Interest.WITHDRAW: RosterStatus.WITHDRAWN,
}


@transaction.atomic
def ask(*, candidate: Candidate, actor: Actor, at: datetime) -> Confirmation:
    """Ask a person on the roster whether they are still interested, by message with a link of their own.

    For a question that is open already another message leaves; its link is the same. The term does not come
    nearer by being asked. Raises `NotAllowed` for anybody but a keeper and the house, `Blocked` for somebody
    who is not on the roster and for whom there is no way to reach.
    """
    person = held_unmerged(candidate)
    giver = permissions.giver(actor, person)
    if giver not in {ReasonGiver.KEEPER, ReasonGiver.SYSTEM}:
        raise NotAllowed(finding(Hindrance.NOT_YOURS))
    if person.status != RosterStatus.ACTIVE:
        said = _("Only those on the roster are asked: this registration is not waiting there now.")
        raise Blocked(Finding("not-on-the-roster", said))
    question = told(person, Occasion.QUESTION, actor=actor, at=at)
    if question is None:
        said = _("There is no way to reach this person: add a mobile number or an e-mail address first.")
        raise Blocked(Finding("no-way-to-reach", said))
    return question


def told(person: Candidate, occasion: Occasion, *, actor: Actor, at: datetime) -> Confirmation | None:
    """Send the link of the open question, or of a new one, to a person whom the caller holds.

    None, and nothing is written, where there is no way to reach them.
    """
    roster, on = roster_of(person.scheme_id), timezone.localdate(at)
    due_on = person.confirm_by or next_question(roster, on)
    question = open_confirmation(person) or Confirmation(
        candidate=person, code=new_code("Q"), asked_at=at, due_on=due_on
    )
    if question.reminded == 0 or on > last_day(asked(question), roster.validity):
        question.asked_at = max(at, question.asked_at)  # from now on there are the days to answer
    token = token_of(question)
    subject, text = words(person, occasion, roster, question, f"{settings.ADDRESS}/interest/{token}/", on=on)
    key = key_of(question, question.reminded + 1)
    if not tell(candidate=person, subject=subject, text=text, key=key, actor=actor, at=at):
        return None
    question.token_hash = sha256(token.encode()).hexdigest()
    question.reminded += 1
    question.save()
    record("candidate.asked", subject=person.code, actor=actor, at=at, facts={"question": question.code})
    return question


@transaction.atomic
def confirm(*, candidate: Candidate, actor: Actor, at: datetime) -> Candidate:
    """The person is still interested: asked again after the roster's days, or back from a lapse in time.

    Said by the person, or by a keeper who spoke to them; the question that was open is answered. Raises
    `NotAllowed` for anybody else, `Blocked` where there is nothing to confirm.
    """
    person = held_unmerged(candidate)
    giver = permissions.giver(actor, person)
    if giver is None or giver not in {ReasonGiver.PERSON, ReasonGiver.KEEPER}:
        raise NotAllowed(finding(Hindrance.NOT_YOURS))
    _confirmed(person, giver, actor=actor, at=at)
    return person


@transaction.atomic
def answer(*, token: str, interest: Interest, actor: Actor, at: datetime) -> Candidate:
    """What somebody answers who holds the link: still interested, a pause, or no more. They are the person.

    The same answer again changes nothing. Raises `NotFound` for a link that is none of ours, `Stale` for
    a question that was answered otherwise or is no longer asked, `Blocked` for what does not follow.
    """
    candidate = with_token(token).candidate
    person, question = held(candidate), with_token(token)
    speaker = Actor(person.account or person.code, door=actor.door)
    if question.answered_at or question.closed_at:
        if question.answered_at and person.status == _ANSWERED[interest]:
            return person
        said = _("This question is no longer open: sign in to see where you stand, and to change it.")
        raise Stale(Finding("question-over", said))

    question.answered_at = max(at, question.asked_at)
    question.save(update_fields=["answered_at"])
    if interest == Interest.YES:
        _confirmed(person, ReasonGiver.PERSON, actor=speaker, at=at)
    else:
        use = ReasonUse.PAUSING if interest == Interest.PAUSE else ReasonUse.WITHDRAWING
        moved(person, use, ReasonGiver.PERSON, actor=speaker, at=at)
    return person


def _confirmed(person: Candidate, giver: ReasonGiver, *, actor: Actor, at: datetime) -> None:
    if person.status == RosterStatus.LAPSED:
        moved(person, ReasonUse.CONFIRMING_LATE, giver, actor=actor, at=at)
    elif person.status == RosterStatus.ACTIVE:
        person.confirm_by = next_question(roster_of(person.scheme_id), timezone.localdate(at))
        person.save(update_fields=["confirm_by"])
    else:
        said = _("There is nothing to confirm now: this registration is not waiting on the roster.")
        raise Blocked(Finding("nothing-to-confirm", said))
    if question := open_confirmation(person):
        question.answered_at = max(at, question.asked_at)
        question.save(update_fields=["answered_at"])
    record("candidate.confirmed", subject=person.code, actor=actor, at=at, facts={"by": giver.value})


def token_of(question: Confirmation) -> str:
    """The secret of the link of this question: the same for every message of it, and kept nowhere."""
    digest = salted_hmac(_PURPOSE, question.code, algorithm="sha256").digest()
    return b32encode(digest[:16]).decode().lower().rstrip("=")

"""Proving: what a receipt says of a message of ours is written down, once, for each addressee."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import permissions, queries, words
from tragitto.records.actions.troubles import About, note, solve
from tragitto.records.models import Intervention, Message, Outgoing, Proof, Trouble
from tragitto.records.rules.sending import ABOUT_ALL, EVENTS, Event
from tragitto.records.vocabulary import Automatic, OutgoingDecision, OutgoingState, Problem


@dataclass(frozen=True)
class _Columns:
    """Where an event of a proof is written down."""

    moment: str
    receipt: str


_COLUMNS = {
    Event.ACCEPTED: _Columns("accepted_at", "acceptance"),
    Event.WARNED: _Columns("warned_at", "warning"),
    Event.DELIVERED: _Columns("delivered_at", "delivery"),
    Event.FAILED: _Columns("failed_at", "failure"),
}
#: What gives way to the report of a mail server; what else is open about a message is known better.
_SAYS_LESS = (Problem.SENDING_POSTPONED, Problem.RECEIPT_MISSING, Problem.DELIVERY_REPORTED)


@transaction.atomic
def prove(*, receipt: Message, message: Message, actor: Actor, at: datetime) -> list[Proof]:
    """Write down what a genuine receipt proves of our `message`; returns the proofs it changed.

    The caller has found that the receipt speaks of this message (`queries.sent_by_us`). Any receipt also
    says that an uncertain message has left. What is proven stays: a receipt that says otherwise later is a
    trouble for a person. A delivery that failed is a trouble too. Changes nothing for a message that was not
    sent from here, nor for a receipt between providers.
    """
    event = EVENTS.get(receipt.kind)
    outgoing = Outgoing.objects.filter(message=message).first()
    if event is None or outgoing is None or receipt.certified_at is None:
        return []
    outgoing = queries.locked_outgoing(outgoing.code)

    _has_left(outgoing, receipt, actor=actor, at=at)
    changed, contradicted = [], False
    for proof in _concerned(outgoing, receipt):
        if _contradicts(proof, event):
            contradicted = True
        elif _write(proof, event, receipt):
            changed.append(proof)
    if contradicted:
        problem, detail = Problem.RECEIPT_CONTRADICTS, receipt.code
        note(About(outgoing.message), problem=problem, detail=detail, actor=actor, at=at)
    elif changed:
        facts = {"event": event.value, "receipt": receipt.code, "addressees": len(changed)}
        ledger.record("outgoing.proven", subject=outgoing.code, actor=actor, at=at, facts=facts)
        tell_of(outgoing, actor=actor, at=at)
    return changed


@transaction.atomic
def note_report(*, notice: Message, actor: Actor, at: datetime) -> Outgoing | None:
    """Note what an ordinary mail server reports of a message of ours; returns that message, if it is one.

    A report proves nothing, whoever the addressee is: anybody whom our message has reached knows enough to
    write one. So it closes no proof, and a person is told, unless what is open about the message says more.
    """
    outgoing = queries.reported_on(notice) if notice.automatic == Automatic.BOUNCE else None
    if outgoing is None:
        return None
    outgoing = queries.locked_outgoing(outgoing.code)

    if not _open_troubles(outgoing).exclude(problem__in=_SAYS_LESS).exists():
        about = About(outgoing.message)
        note(about, problem=Problem.DELIVERY_REPORTED, detail=notice.code, actor=actor, at=at)
    failed = [
        queries.tidied(str(each["recipient"])) for each in notice.deliveries if each.get("action") == "failed"
    ]
    ours = Proof.objects.filter(outgoing=outgoing, recipient__in=failed).count()
    facts = {"notice": notice.code, "addressees": ours}
    ledger.record("outgoing.reported", subject=outgoing.code, actor=actor, at=at, facts=facts)
    return outgoing


def tell_of(outgoing: Outgoing, *, actor: Actor, at: datetime) -> None:
    """Note the worst that is known of a message that has left as its trouble, or solve what is over.

    Part of the caller's transaction. What a person has settled stays settled, what only a person can tell
    stays open.
    """
    about = About(outgoing.message)
    proofs = list(Proof.objects.filter(outgoing=outgoing))
    failed = sum(proof.failed_at is not None for proof in proofs)
    overdue = queries.overdue_proofs(actor=actor, at=at).filter(outgoing=outgoing).count()
    if outgoing.settled_at:
        return
    if failed:
        detail = f"{failed} of {len(proofs)}"
        note(about, problem=Problem.DELIVERY_FAILED, detail=detail, actor=actor, at=at)
    elif _is_for_a_person(outgoing):
        return
    elif overdue:
        detail = f"{overdue} of {len(proofs)}"
        note(about, problem=Problem.RECEIPT_MISSING, detail=detail, actor=actor, at=at)
    elif outgoing.state == OutgoingState.SENT:
        solve(about, actor=actor, at=at)


@transaction.atomic
def settle(*, outgoing: Outgoing, reason: str, actor: Actor, at: datetime) -> Outgoing:
    """Write down what a person did about a message that went wrong: its trouble is over, what happened stays.

    What goes wrong afterwards can be settled in its turn. Raises `NotAllowed`; `Blocked` without a reason,
    or when nothing is open about the message.
    """
    held = queries.locked_outgoing(outgoing.code)
    check_intervention(held, reason, actor=actor)
    if not _open_troubles(held).exists():
        raise Blocked(Finding("records.nothing_to_settle", words.NOTHING_TO_SETTLE))

    intervene(held, OutgoingDecision.SETTLED, reason, actor=actor, at=at)
    held.settled_at = at
    held.save(update_fields=["settled_at"])
    solve(About(held.message), actor=actor, at=at)
    return held


def check_intervention(outgoing: Outgoing, reason: str, *, actor: Actor) -> None:
    """Raises `NotAllowed`, or `Blocked` without a reason."""
    if not permissions.may_send(actor, outgoing.mailbox.organisation.code):
        raise NotAllowed(Finding("records.may_not_send", words.MAY_NOT_SEND))
    if not reason.strip():
        raise Blocked(Finding("records.reason_missing", words.REASON_OF_SENDING_MISSING))


def intervene(
    outgoing: Outgoing, decision: OutgoingDecision, reason: str, *, actor: Actor, at: datetime
) -> None:
    """Write down what a person decided; part of the caller's transaction."""
    Intervention.objects.create(
        outgoing=outgoing, decision=decision, by=actor.code, at=at, reason=reason.strip()
    )
    ledger.record(f"outgoing.{decision.value}", subject=outgoing.code, actor=actor, at=at)


def _has_left(outgoing: Outgoing, receipt: Message, *, actor: Actor, at: datetime) -> None:
    """Only what has left can be accepted, turned away or delivered: the receipt ends any doubt."""
    if outgoing.state == OutgoingState.SENT:
        return
    outgoing.state, outgoing.state_since = OutgoingState.SENT, at
    outgoing.sent_at, outgoing.next_try_at = receipt.certified_at, None
    outgoing.save(update_fields=["state", "state_since", "sent_at", "next_try_at"])
    facts = {"receipt": receipt.code}
    ledger.record("outgoing.sent", subject=outgoing.code, actor=actor, at=at, facts=facts)
    if not _is_for_a_person(outgoing):
        solve(About(outgoing.message), actor=actor, at=at)


def _open_troubles(outgoing: Outgoing) -> QuerySet[Trouble]:
    return outgoing.message.troubles.filter(solved_at=None)


def _is_for_a_person(outgoing: Outgoing) -> bool:
    """Whether no receipt can end what is open about it: a contradiction, or a report not refuted for all."""
    problems = set(_open_troubles(outgoing).values_list("problem", flat=True))
    if Problem.RECEIPT_CONTRADICTS in problems:
        return True
    undelivered = Proof.objects.filter(outgoing=outgoing, delivered_at=None)
    return Problem.DELIVERY_REPORTED in problems and undelivered.exists()


def _concerned(outgoing: Outgoing, receipt: Message) -> list[Proof]:
    """The proofs a receipt speaks of: the addressee it names; all of them, if it is about the whole."""
    proofs = Proof.objects.select_for_update(no_key=True).filter(outgoing=outgoing).order_by("pk")
    if receipt.kind in ABOUT_ALL:
        return list(proofs)
    if receipt.delivered_to:
        return list(proofs.filter(recipient=queries.tidied(receipt.delivered_to)))
    # A receipt without a name (a virus found on the way): every addressee it lists.
    named = [queries.tidied(str(address)) for address in receipt.recipients]
    return list(proofs.filter(recipient__in=named))


def _contradicts(proof: Proof, event: Event) -> bool:
    opposite = {Event.DELIVERED: proof.failed_at, Event.FAILED: proof.delivered_at}
    return opposite.get(event) is not None


def _write(proof: Proof, event: Event, receipt: Message) -> bool:
    """Write the event down, unless an earlier receipt has proven it already."""
    columns = _COLUMNS[event]
    if getattr(proof, columns.moment) is not None:
        return False
    setattr(proof, columns.moment, receipt.certified_at)
    setattr(proof, columns.receipt, receipt)
    writes = [columns.moment, columns.receipt]
    if event is Event.FAILED:
        proof.reason = receipt.error
        writes.append("reason")
    if kind := _kind_of(proof, receipt):
        proof.is_certified = kind == "certificato"
        writes.append("is_certified")
    proof.save(update_fields=writes)
    return True


def _kind_of(proof: Proof, receipt: Message) -> str:
    """What the provider says of the addressee's mailbox: `certificato`, `esterno`, or nothing."""
    kinds = {queries.tidied(str(key)): str(word) for key, word in receipt.recipient_types.items()}
    return kinds.get(proof.recipient, "")

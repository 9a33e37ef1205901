"""Delivering: a message of ours leaves at most once by itself, and a person decides where nobody can tell."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger import actions as ledger
from tragitto.records import jobs, ports, queries, words
from tragitto.records.actions.proving import check_intervention, intervene, tell_of
from tragitto.records.actions.troubles import About, note, solve
from tragitto.records.models import Outgoing
from tragitto.records.rules.sending import next_try
from tragitto.records.vocabulary import OutgoingDecision, OutgoingState, Problem


class _SentElsewhere(Exception):
    """Another process has taken this message in hand in the meantime."""


def deliver(*, code: str, actor: Actor, at: datetime) -> Outgoing:
    """Send a queued message that is due; returns it as it stands then.

    That it may be leaving is written down and committed before it can: if the process is ended after that,
    the message is `uncertain` and is never sent again by itself. A temporary failure is tried again later;
    a lasting one makes it `refused`. Both are troubles at the desk. Does nothing to a message that is not
    queued or not due yet.
    """
    outgoing = Outgoing.objects.select_related("message__raw", "mailbox").get(code=code)
    if outgoing.state == OutgoingState.SENDING:
        return _doubt(code, detail="the process was ended", actor=actor, at=at)
    if outgoing.next_try_at is None or outgoing.next_try_at > at:
        return outgoing
    raw = queries.content(outgoing.message.raw)
    parcel = ports.Parcel(outgoing.mailbox.address, tuple(outgoing.message.recipients), raw)
    try:
        ports.post().send(parcel, ready=lambda: _begin(code, at))
    except _SentElsewhere:
        return Outgoing.objects.get(code=code)
    except ports.PostFailed as failure:
        return _unsent(code, failure, actor=actor, at=at)
    return _sent(code, actor=actor, at=at)


@transaction.atomic
def resend(*, outgoing: Outgoing, reason: str, actor: Actor, at: datetime) -> Outgoing:
    """Let a message that was refused, or of which nobody can tell, be sent again: the same bytes and
    Message-ID, so that a second arrival is recognised as the same message.

    Raises `NotAllowed`; `Blocked` without a reason or in any other state.
    """
    held = queries.locked_outgoing(outgoing.code)
    check_intervention(held, reason, actor=actor)
    if held.state not in (OutgoingState.REFUSED, OutgoingState.UNCERTAIN):
        raise Blocked(Finding("records.not_to_be_resent", words.NOT_TO_BE_RESENT))

    intervene(held, OutgoingDecision.RESENT, reason, actor=actor, at=at)
    held.tries, held.settled_at = 0, None
    held.save(update_fields=["tries", "settled_at"])
    _move(held, OutgoingState.QUEUED, actor=actor, at=at, next_try_at=at)
    solve(About(held.message), actor=actor, at=at)
    jobs.defer_sending(held.code)
    return held


def follow_outgoing(*, actor: Actor, at: datetime) -> list[str]:
    """Look after all messages of ours; returns the codes of those that were given a job.

    Gives a job to each that is due and has none; takes those in whose sending a process has died as
    uncertain; asks a person about those that stay uncertain, and about receipts that are overdue.
    """
    _ask_about_the_uncertain(actor=actor, at=at)
    for proof in queries.overdue_proofs(actor=actor, at=at):
        with transaction.atomic():
            tell_of(queries.locked_outgoing(proof.outgoing.code), actor=actor, at=at)
    busy = {
        str(arguments.get("code"))
        for arguments in ProcrastinateJob.objects.filter(
            task_name=jobs.SENDING, status__in=("todo", "doing")
        ).values_list("args", flat=True)
    }
    for lost in queries.lost_in_sending(at=at):
        if lost.code not in busy:
            _doubt(lost.code, detail="the process was ended", actor=actor, at=at)
    due = [outgoing.code for outgoing in queries.due_to_send(at=at) if outgoing.code not in busy]
    for code in due:
        jobs.defer_sending(code)
    return due


def _ask_about_the_uncertain(*, actor: Actor, at: datetime) -> None:
    for outgoing in queries.long_uncertain(at=at):
        with transaction.atomic():
            about = About(outgoing.message)
            open_ones = outgoing.message.troubles.filter(solved_at=None)
            if not open_ones.filter(problem=Problem.SENDING_UNCERTAIN).exists():
                note(about, problem=Problem.SENDING_UNCERTAIN, detail="", actor=actor, at=at)


@transaction.atomic
def _begin(code: str, at: datetime) -> None:
    """From here on it may leave: committed before it can."""
    held = queries.locked_outgoing(code)
    if held.state != OutgoingState.QUEUED:
        raise _SentElsewhere
    held.state, held.state_since, held.next_try_at = OutgoingState.SENDING, at, None
    held.save(update_fields=["state", "state_since", "next_try_at"])


@transaction.atomic
def _sent(code: str, *, actor: Actor, at: datetime) -> Outgoing:
    held = queries.locked_outgoing(code)
    if held.state == OutgoingState.SENT:  # its acceptance was quicker than we
        return held
    solve(About(held.message), actor=actor, at=at)
    return _move(held, OutgoingState.SENT, actor=actor, at=at, sent_at=at)


def _unsent(code: str, failure: ports.PostFailed, *, actor: Actor, at: datetime) -> Outgoing:
    if isinstance(failure, ports.SendingUncertain):
        return _doubt(code, detail=failure.detail, actor=actor, at=at)
    if isinstance(failure, ports.SendingRefused):
        return _refuse(code, detail=failure.detail, actor=actor, at=at)
    return _postpone(code, failure, actor=actor, at=at)


@transaction.atomic
def _doubt(code: str, *, detail: str, actor: Actor, at: datetime) -> Outgoing:
    """Nobody can tell whether it left. A person is asked later, if no receipt has told by then."""
    held = queries.locked_outgoing(code)
    if held.state != OutgoingState.SENDING:
        return held
    return _move(held, OutgoingState.UNCERTAIN, actor=actor, at=at, facts={"detail": detail})


@transaction.atomic
def _refuse(code: str, *, detail: str, actor: Actor, at: datetime) -> Outgoing:
    held = queries.locked_outgoing(code)
    if held.state not in (OutgoingState.QUEUED, OutgoingState.SENDING):
        return held
    note(About(held.message), problem=Problem.SENDING_REFUSED, detail=detail, actor=actor, at=at)
    return _move(held, OutgoingState.REFUSED, actor=actor, at=at, facts={"detail": detail})


@transaction.atomic
def _postpone(code: str, failure: ports.PostFailed, *, actor: Actor, at: datetime) -> Outgoing:
    """It certainly has not left: it waits again, longer each time."""
    held = queries.locked_outgoing(code)
    if held.state not in (OutgoingState.QUEUED, OutgoingState.SENDING):
        return held
    held.tries += 1
    held.state, held.state_since = OutgoingState.QUEUED, at
    held.next_try_at = next_try(at, held.tries)
    held.save(update_fields=["tries", "state", "state_since", "next_try_at"])
    detail = f"{type(failure).__name__} {failure.detail}".strip()
    note(About(held.message), problem=Problem.SENDING_POSTPONED, detail=detail, actor=actor, at=at)
    return held


def _move(
    outgoing: Outgoing,
    to: OutgoingState,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    **moments: datetime,
) -> Outgoing:
    """Bring the message, which the caller holds locked, to the state `to` and tell the ledger."""
    outgoing.state, outgoing.state_since = to, at
    outgoing.next_try_at, outgoing.sent_at = moments.get("next_try_at"), moments.get("sent_at")
    outgoing.save(update_fields=["state", "state_since", "next_try_at", "sent_at"])
    ledger.record(f"outgoing.{to.value}", subject=outgoing.code, actor=actor, at=at, facts=facts)
    return outgoing

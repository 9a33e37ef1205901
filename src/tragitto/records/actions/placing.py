"""Placing: what is beyond doubt is filed by the house itself, everything else goes to the desk."""

from datetime import datetime

from django.db import OperationalError, transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.records import queries
from tragitto.records.actions.checking import note_danger
from tragitto.records.actions.moving import move
from tragitto.records.actions.proving import note_report, prove
from tragitto.records.actions.troubles import About, note, solve
from tragitto.records.models import Filing, Message
from tragitto.records.registries import TAKERS
from tragitto.records.vocabulary import Act, Direction, MessageState, Problem, Step, Verdict


@transaction.atomic
def place_by_itself(*, code: str, actor: Actor, at: datetime, by_job: bool = False) -> Message:
    """Give a split message to the first taker that is sure of it, or to the sorting desk.

    Only a genuine, untouched certified message is offered to takers, and none with something infected or
    that could not be checked: a person decides. A receipt goes to the outgoing
    message it speaks of, where there is one. A taker that fails or refuses is noted as a trouble, what it
    wrote is undone, and the message goes to the desk. Does nothing to a message placed already.
    """
    message = queries.locked(code)
    if message.due is not Step.PLACE:
        return message

    solve(About(message, Step.PLACE), actor=actor, at=at)
    if message.is_receipt:
        return _place_receipt(message, actor=actor, at=at)
    if message.automatic:
        note_report(notice=message, actor=actor, at=at)
    is_dangerous = note_danger(message, actor=actor, at=at)
    if message.is_submission and message.direction == Direction.IN and not is_dangerous:
        for entry in TAKERS.entries():
            if where := _offer(message, entry.name, actor=actor, at=at):
                return file(message, where=where, taker=entry.name, actor=actor, at=at)
    return move(message, MessageState.SORTING, actor=actor, at=at)


def file(
    message: Message, *, where: str, taker: str, actor: Actor, at: datetime, reason: str = ""
) -> Message:
    """Write that the message has been put `where`, by whom and why; the caller holds its lock."""
    Filing.objects.create(
        message=message, act=Act.FILED, where=where, taker=taker, by=actor.code, at=at, reason=reason
    )
    solve(About(message), actor=actor, at=at)
    facts = {"where": where, "taker": taker}
    return move(
        message, MessageState.FILED, actor=actor, at=at, facts=facts, writes=("receipt_for", "office")
    )


def _place_receipt(message: Message, *, actor: Actor, at: datetime) -> Message:
    ours = queries.sent_by_us(message) if message.verdict == Verdict.VALID else None
    if ours is None:
        return move(message, MessageState.SORTING, actor=actor, at=at)
    message.receipt_for = ours
    filed = file(message, where=ours.code, taker="", actor=actor, at=at)
    prove(receipt=filed, message=ours, actor=actor, at=at)
    return filed


def _offer(message: Message, name: str, *, actor: Actor, at: datetime) -> str:
    """Where the taker put the message; empty when it did not."""
    try:
        with transaction.atomic():
            taken = TAKERS.get(name).function(message, actor=actor, at=at)
    except OperationalError:
        raise  # the database's fault, not the taker's: the whole step is tried again
    except Refusal as refusal:
        problem, detail = Problem.TAKER_REFUSED, ", ".join(finding.code for finding in refusal.findings)
    except Exception as error:
        problem, detail = Problem.TAKER_FAILED, type(error).__name__
    else:
        return taken.where if taken else ""
    about = About(message=message, step=Step.PLACE)
    note(about, problem=problem, detail=f"{name}: {detail}", actor=actor, at=at)
    return ""

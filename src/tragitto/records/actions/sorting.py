"""The sorting desk: a person places a message, sets it aside, takes it up again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.kernel.registries import UnknownName, WrongParameters
from tragitto.records import permissions, queries, words
from tragitto.records.actions.moving import move
from tragitto.records.actions.placing import file
from tragitto.records.actions.troubles import About, solve
from tragitto.records.models import Filing, Message
from tragitto.records.registries import TAKERS
from tragitto.records.vocabulary import Act, MessageState


@transaction.atomic
def place(
    *,
    message: Message,
    taker: str,
    choice: Mapping[str, object],
    actor: Actor,
    at: datetime,
    reason: str = "",
) -> Message:
    """File a message from the desk by `taker`, with what the person chose; returns it as it stands then.

    What was nobody's becomes the mail of the person's office. Raises `NotAllowed`; `NotFound` for another
    office's mail; `Stale` when it no longer waits at the desk; `Blocked` for a receipt, an unknown taker, a
    choice it cannot read, a message the office has already, or when the taker declines; and whatever
    `Refusal` the taker raises.
    """
    waiting = at_desk(message, MessageState.SORTING, actor)
    if waiting.is_receipt:
        raise Blocked(Finding("records.receipt_is_no_submission", words.RECEIPT_IS_NO_SUBMISSION))
    try:
        entry = TAKERS.get(taker)
        chosen = entry.read(choice)
    except (UnknownName, WrongParameters):
        raise Blocked(Finding("records.choice_unreadable", words.CHOICE_UNREADABLE)) from None

    _claim(waiting, actor)
    taken = entry.function(waiting, actor=actor, at=at, choice=chosen)
    if taken is None:
        raise Blocked(Finding("records.taker_declined", words.TAKER_DECLINED))
    return file(waiting, where=taken.where, taker=taker, actor=actor, at=at, reason=reason)


@transaction.atomic
def set_aside(*, message: Message, reason: str, actor: Actor, at: datetime) -> Message:
    """Put a message from the desk aside, with a reason; it stays, and can be taken up again.

    Raises `NotAllowed`, `NotFound` for another office's mail, `Stale`, `Blocked` without a reason.
    """
    waiting = at_desk(message, MessageState.SORTING, actor)
    if not reason.strip():
        raise Blocked(Finding("records.reason_missing", words.REASON_MISSING))

    Filing.objects.create(message=waiting, act=Act.SET_ASIDE, by=actor.code, at=at, reason=reason.strip())
    solve(About(waiting), actor=actor, at=at)
    return move(waiting, MessageState.SET_ASIDE, actor=actor, at=at)


@transaction.atomic
def take_up(*, message: Message, actor: Actor, at: datetime, reason: str = "") -> Message:
    """Bring a message that had been set aside back to the desk.

    Raises `NotAllowed`, `NotFound` for another office's mail, `Stale`.
    """
    aside = at_desk(message, MessageState.SET_ASIDE, actor)

    Filing.objects.create(message=aside, act=Act.TAKEN_UP, by=actor.code, at=at, reason=reason.strip())
    return move(aside, MessageState.SORTING, actor=actor, at=at)


def _claim(message: Message, actor: Actor) -> None:
    """What is nobody's becomes the mail of the office that places it; its register stays."""
    if message.office:
        return
    message.office = actor.organisation
    if queries.twin_of(message):
        raise Blocked(Finding("records.office_has_it", words.OFFICE_HAS_IT))


def at_desk(message: Message, expected: MessageState, actor: Actor) -> Message:
    """The message, locked, if it stands as `expected`. Raises `NotAllowed`, `NotFound`, `Stale`."""
    if not permissions.may_sort(actor):
        raise NotAllowed(Finding("records.may_not_sort", words.MAY_NOT_SORT))
    held = queries.locked_for(actor, message.code)
    if held.state != expected:
        raise Stale(Finding("records.moved_on", words.MOVED_ON))
    return held

"""Text messages: written down before they leave, sent once, forgotten after a month."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from tragitto.accounts import ports
from tragitto.accounts.actions.reaching import Reach, demand_way, mobile_of
from tragitto.accounts.models import TextMessage
from tragitto.accounts.vocabulary import TextState
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.kernel.sealing import Unreadable, sealed, unsealed
from tragitto.ledger.actions import record

_PURPOSE = "tragitto.text-message"
#: The job that sends; it knows the code of the message alone.
TEXTING, QUEUE = "accounts.send_text", "post"
#: Waiting between them longer each time, a gateway that does not answer is tried for about ten minutes.
MOST_SENDINGS = 5
_DETAIL = 200


class Postponed(Exception):
    """The message waits for another try: raised to the job, so that it is done again."""


def text(
    *, number: str, text: str, key: str, until: datetime | None = None, actor: Actor, at: datetime
) -> TextMessage:
    """Write a text message down to be sent; a job sends it once this transaction has committed.

    `key` names the occasion ("reconfirmation R-7KQ3M9C"): the same key again gives the message that is
    there. After `until` it is not sent any more. Raises `Blocked` for a number that is no mobile phone's,
    where no text messages are sent, and for a key that stands for a message to another number.
    """
    phone = mobile_of(number)
    demand_way(Reach(phone=phone))
    made = {
        "number": phone,
        "sealed": sealed(text, purpose=_PURPOSE),
        "state": TextState.WAITING,
        "state_since": at,
        "asked_at": at,
        "until": until,
    }

    with transaction.atomic():
        message, is_new = _once(key, made)
        if message.number != phone:
            said = _("This message was written before, to another number: give it another key.")
            raise Blocked(Finding("text-key-used", said))
        if is_new:
            record("text.asked_for", subject=message.code, actor=actor, at=at)
            app.configure_task(TEXTING, queue=QUEUE).defer(code=message.code)
    return message


def send_text(*, code: str, actor: Actor, at: datetime) -> TextMessage:
    """Send a waiting message; returns it as it stands then.

    That it may be leaving is written down and committed before it can: if the process is ended after that,
    the message is `uncertain` and is never sent again by itself. Raises `Postponed` when it certainly has
    not left and is to be tried again.
    """
    message = _begun(code, actor=actor, at=at)
    if message.state != TextState.SENDING:
        return message
    texter = ports.texter()
    try:
        if texter is None:
            raise ports.TextPostponed("no gateway")
        texter.send(message.number, unsealed(message.sealed, purpose=_PURPOSE), key=code)
    except ports.TextPostponed as failure:
        return _postponed(message, failure.detail, actor=actor, at=at)
    except ports.TextUncertain as failure:
        return _ended(code, TextState.UNCERTAIN, failure.detail, actor=actor, at=at)
    except ports.TextRefused as failure:
        return _ended(code, TextState.FAILED, failure.detail, actor=actor, at=at)
    except Unreadable:
        return _ended(code, TextState.FAILED, "sealed with another key", actor=actor, at=at)
    return _ended(code, TextState.SENT, "", actor=actor, at=at)


def _once(key: str, made: dict[str, object]) -> tuple[TextMessage, bool]:
    if known := TextMessage.objects.filter(key=key).first():
        return known, False
    try:
        with transaction.atomic():
            return TextMessage.objects.create(code=new_code("X"), key=key, **made), True
    except IntegrityError:
        # The same key was used at the same moment; now the other message can be seen.
        return TextMessage.objects.get(key=key), False


@transaction.atomic
def _begun(code: str, *, actor: Actor, at: datetime) -> TextMessage:
    """From here on it may leave: committed before it can. Found begun already, somebody died over it."""
    message = TextMessage.objects.select_for_update().get(code=code)
    if message.state == TextState.SENDING:
        return _moved(message, TextState.UNCERTAIN, "the process was ended", actor=actor, at=at)
    if message.state != TextState.WAITING:
        return message
    if message.until and message.until <= at:
        return _moved(message, TextState.FAILED, "too late", actor=actor, at=at)
    message.state, message.state_since, message.tries = TextState.SENDING.value, at, message.tries + 1
    message.save(update_fields=["state", "state_since", "tries"])
    return message


def _postponed(message: TextMessage, detail: str, *, actor: Actor, at: datetime) -> TextMessage:
    if message.tries >= MOST_SENDINGS:
        return _ended(message.code, TextState.FAILED, detail, actor=actor, at=at)
    with transaction.atomic():
        held = TextMessage.objects.select_for_update().get(code=message.code)
        if held.state != TextState.SENDING:
            return held  # taken for dead, and given up, by another
        held.state, held.state_since, held.detail = TextState.WAITING.value, at, detail[:_DETAIL]
        held.save(update_fields=["state", "state_since", "detail"])
    raise Postponed(detail)


@transaction.atomic
def _ended(code: str, state: TextState, detail: str, *, actor: Actor, at: datetime) -> TextMessage:
    message = TextMessage.objects.select_for_update().get(code=code)
    return _moved(message, state, detail, actor=actor, at=at)


def _moved(message: TextMessage, state: TextState, detail: str, *, actor: Actor, at: datetime) -> TextMessage:
    """Bring a message, which the caller holds locked, to its end: its words go."""
    message.state, message.state_since, message.sealed = state.value, at, ""
    message.detail = detail[:_DETAIL]
    message.save(update_fields=["state", "state_since", "sealed", "detail"])
    record(f"text.{state.value}", subject=message.code, actor=actor, at=at, facts={"tries": message.tries})
    return message

"""Questions about messages of ours: where they stand, what is proven, what is overdue."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.records.models import Mailbox, Message, Outgoing, Proof
from tragitto.records.queries.mailboxes import tidied
from tragitto.records.queries.messages import outgoing_of
from tragitto.records.rules.sending import ASK_AFTER, LOST_AFTER
from tragitto.records.vocabulary import OutgoingState

#: What `TRAGITTO_RECEIPT_HOURS` is when nobody has set it.
USUAL_RECEIPT_HOURS = 24


def mailbox_named(address: str) -> Mailbox | None:
    """The mailbox of this address with its organisation; None while no office reads it. One query."""
    return Mailbox.objects.select_related("organisation").filter(address=tidied(address)).first()


def outgoing_messages(*, actor: Actor) -> QuerySet[Outgoing]:
    """The messages sent or to be sent that this actor may know, the latest first, with their proofs.

    Two queries.
    """
    found = Outgoing.objects.visible_to(actor).select_related("message", "mailbox", "message__entry")
    proofs = Proof.objects.order_by("pk")
    return found.prefetch_related(Prefetch("proofs", proofs)).order_by("-pk")


def outgoing_for(actor: Actor, code: str) -> Outgoing:
    """One outgoing message by its code; raises `NotFound` for what is not there or not for this actor."""
    try:
        return outgoing_messages(actor=actor).get(code=code)
    except Outgoing.DoesNotExist:
        raise NotFound(code) from None


def locked_outgoing(code: str) -> Outgoing:
    """The outgoing message, held by the caller's transaction until it ends."""
    held = Outgoing.objects.select_for_update(no_key=True, of=("self",))
    return held.select_related("message", "mailbox", "mailbox__organisation").get(code=code)


def sent_by_us(receipt: Message) -> Message | None:
    """The message of ours that a genuine receipt speaks of; None when there is none, or it is not ours.

    By our Message-ID; else, for a provider that leaves it out, by the identifier which another receipt of
    the message has proven. The receipt must name our mailbox as the sender: a stranger may have written our
    Message-ID into a message of his own.
    """
    ours = outgoing_of(receipt)
    if ours is None and receipt.identifier:
        siblings = Message.objects.filter(identifier=receipt.identifier).exclude(receipt_for=None)
        sibling = siblings.exclude(pk=receipt.pk).select_related("receipt_for").order_by("pk").first()
        ours = sibling.receipt_for if sibling else None
    if ours is None or tidied(receipt.sender) != tidied(ours.sender):
        return None
    return ours


def reported_on(notice: Message) -> Outgoing | None:
    """The message of ours that a machine's notice in the same mailbox is about. One query.

    Nothing proves a notice; but that it names our Message-ID, part of which nobody can guess, says that it
    was written by somebody whom the message has reached.
    """
    named = [str(name) for name in notice.replies_to]
    ours = Outgoing.objects.filter(message__message_id__in=named, message__office=notice.office)
    return ours.order_by("pk").first() if named and notice.office else None


def receipts_within() -> timedelta:
    """How long the receipts of a message may take: after that somebody is asked to look.

    By the technical rules annexed to the DM of 2 November 2005 the sender's provider warns after some hours
    and gives up after a day. A setting of the deployment, since it says only when a person is asked.
    """
    return timedelta(hours=int(getattr(settings, "RECEIPT_HOURS", USUAL_RECEIPT_HOURS)))


def overdue_proofs(*, actor: Actor, at: datetime) -> QuerySet[Proof]:
    """Addressees of whom a receipt should be here at `at` and is not, the longest waiting first. One query.

    An addressee of ordinary mail never gives one. What a person has settled is not asked for again.
    """
    waiting = Q(accepted_at=None) | ~Q(is_certified=False)
    return (
        Proof.objects.filter(waiting, delivered_at=None, failed_at=None)
        .filter(outgoing__in=Outgoing.objects.visible_to(actor))
        .filter(outgoing__state=OutgoingState.SENT, outgoing__settled_at=None)
        .filter(outgoing__sent_at__lt=at - receipts_within())
        .select_related("outgoing", "outgoing__message")
        .order_by("outgoing__sent_at", "pk")
    )


def due_to_send(*, at: datetime) -> QuerySet[Outgoing]:
    """Messages that wait to be sent and may be tried at `at`, the oldest first. One query."""
    return Outgoing.objects.filter(state=OutgoingState.QUEUED, next_try_at__lte=at).order_by("pk")


def lost_in_sending(*, at: datetime) -> QuerySet[Outgoing]:
    """Messages in whose sending the process has died, as far as time can tell. One query."""
    return Outgoing.objects.filter(state=OutgoingState.SENDING, state_since__lt=at - LOST_AFTER).order_by(
        "pk"
    )


def long_uncertain(*, at: datetime) -> QuerySet[Outgoing]:
    """Messages of which no receipt has told for so long whether they left. One query."""
    uncertain = Outgoing.objects.filter(state=OutgoingState.UNCERTAIN, settled_at=None)
    return uncertain.filter(state_since__lt=at - ASK_AFTER).select_related("message").order_by("pk")

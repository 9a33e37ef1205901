"""Messages of ours as their pages show them: with the receipts that prove what became of them."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.records.models import Intervention, Message, Outgoing, Proof
from tragitto.records.queries.outgoing import outgoing_messages, overdue_proofs
from tragitto.records.vocabulary import Direction


def with_receipts(*, actor: Actor) -> QuerySet[Outgoing]:
    """The messages of ours this actor may know, the latest first, with proofs and their receipts.

    Two queries.
    """
    receipts = Proof.objects.select_related("acceptance", "warning", "delivery", "failure").order_by("pk")
    found = outgoing_messages(actor=actor).prefetch_related(None)
    return found.select_related("mailbox__organisation").prefetch_related(Prefetch("proofs", receipts))


def outgoing_for(actor: Actor, code: str) -> Outgoing:
    """One of them by its code; raises `NotFound` for what is not there or not for this actor."""
    try:
        return with_receipts(actor=actor).get(code=code)
    except Outgoing.DoesNotExist:
        raise NotFound(code) from None


def of_message(message: Message) -> Outgoing | None:
    """How a message of ours is sent; None for one that came in. One query at most."""
    if message.direction != Direction.OUT:
        return None
    return Outgoing.objects.filter(message=message).first()


def overdue(*, actor: Actor, at: datetime) -> frozenset[int]:
    """The keys of the proofs that should be here by `at` and are not. One query."""
    return frozenset(overdue_proofs(actor=actor, at=at).values_list("pk", flat=True))


def interventions_of(outgoing: Outgoing) -> list[Intervention]:
    """What people decided about it, the first decision first. One query."""
    return list(outgoing.interventions.order_by("pk"))

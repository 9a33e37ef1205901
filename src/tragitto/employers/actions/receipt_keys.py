"""The key with which receipts are signed: made once, missed loudly, changed by hand alone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.employers.models import Submission
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.records import receipts


@transaction.atomic
def make_receipt_key(*, actor: Actor, at: datetime) -> receipts.PublicKey:
    """The key for receipts, made if there has never been one; again it changes nothing.

    Raises `NotAllowed` to anybody but the house; `Blocked` when receipts were given with a key that is no
    longer there: another one in its place would go unnoticed.
    """
    _refuse_others(actor)
    if receipts.has_key():
        return receipts.public_key()
    if Submission.objects.filter(receipt__isnull=False).exists():
        text = _(
            "The key for receipts is missing, and receipts were given with it: bring receipt-key.pem back"
            " from the backup of TRAGITTO_VAR. If it is lost, make another: `tragitto receipt change-key`."
        )
        raise Blocked(Finding("receipt_key_missing", text))
    key = receipts.make_key()
    record("receipts.key_made", subject="", actor=actor, at=at, facts={"key": key.number})
    return key


@transaction.atomic
def change_receipt_key(*, actor: Actor, at: datetime) -> receipts.PublicKey:
    """Sign with a new key from now on; the public half of the old one stays published.

    Raises `NotAllowed` to anybody but the house.
    """
    _refuse_others(actor)
    key = receipts.make_key(anew=True)
    record("receipts.key_changed", subject="", actor=actor, at=at, facts={"key": key.number})
    return key


def _refuse_others(actor: Actor) -> None:
    if not actor.is_system:
        raise NotAllowed(Finding("not_the_house", _("Only the house itself does this.")))

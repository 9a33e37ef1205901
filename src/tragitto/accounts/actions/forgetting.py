"""What this room forgets by itself: codes after a day, text messages after a month."""

from datetime import datetime, timedelta

from django.db import transaction

from tragitto.accounts.models import OneTimeCode, TextMessage
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record

#: Codes hold for minutes; of messages an operator may want to know for a while whether they arrived.
CODES_KEPT, TEXTS_KEPT = timedelta(days=1), timedelta(days=30)


@transaction.atomic
def forget_old(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Erase codes and text messages that are old; returns how many of each."""
    codes, _models = OneTimeCode.objects.filter(asked_at__lt=at - CODES_KEPT).delete()
    texts, _models = TextMessage.objects.filter(asked_at__lt=at - TEXTS_KEPT).delete()
    if codes or texts:
        facts = {"codes": codes, "texts": texts}
        record("accounts.forgotten", subject="", actor=actor, at=at, facts=facts)
    return codes, texts

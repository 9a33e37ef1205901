"""The question whether somebody is still interested, and whether its messages have left."""

from datetime import date

from django.conf import settings
from django.utils import timezone

from tragitto.accounts.queries import texts_left
from tragitto.candidates.models import Confirmation
from tragitto.candidates.rules.asking import Asked
from tragitto.ledger.queries import told_of

#: What the ledger says of a message: that it was handed over to be sent, and that an e-mail left.
TOLD, WRITTEN_TO = "candidate.told", "candidate.written_to"


def key_of(question: Confirmation, number: int) -> str:
    """The occasion of that message of the question, the first of which is one."""
    return f"interest {question.code} {number}"


def asked(question: Confirmation) -> Asked:
    """The question as the clock reads it: its days begin when a message of it leaves. Two queries.

    An e-mail has left when the ledger says so, a text message when the gateway took it.
    """
    keys = [key_of(question, number + 1) for number in range(question.reminded)]
    told = told_of(question.candidate.code, TOLD, WRITTEN_TO).filter(facts__key__in=keys)
    left: dict[str, date] = {}
    texts = texts_left(keys)
    for entry in reversed(told):
        key = entry.facts["key"]
        is_gone = entry.verb == WRITTEN_TO or entry.facts["way"] == "text" or settings.IS_DEMONSTRATION
        moment = texts.get(key, entry.at)
        if is_gone and moment:
            left.setdefault(key, timezone.localdate(moment))
    since = timezone.localdate(question.asked_at)
    return Asked(
        due_on=question.due_on,
        asked_on=min((day for day in left.values() if day >= since), default=since),
        told=question.reminded,
        has_failed=bool(keys) and keys[-1] not in left,
    )

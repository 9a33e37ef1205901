"""When a message of ours is tried again, and what a receipt says about an addressee."""

from datetime import datetime, timedelta
from enum import StrEnum

from tragitto.records.vocabulary import RECEIPTS, Kind

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)
#: An acceptance comes within seconds, seldom minutes: after so long nobody will tell but a person.
ASK_AFTER = timedelta(minutes=30)
#: No server takes longer over one message: whoever is still at it has died.
LOST_AFTER = timedelta(hours=1)


class Event(StrEnum):
    """What a receipt proves."""

    ACCEPTED = "accepted"
    WARNED = "warned"
    DELIVERED = "delivered"
    FAILED = "failed"


#: RFC 6109, § 3: the receipts that reach a sender. A receipt between providers proves nothing to us.
EVENTS = {
    Kind.ACCETTAZIONE.value: Event.ACCEPTED,
    Kind.NON_ACCETTAZIONE.value: Event.FAILED,
    Kind.AVVENUTA_CONSEGNA.value: Event.DELIVERED,
    Kind.PREAVVISO_ERRORE_CONSEGNA.value: Event.WARNED,
    Kind.ERRORE_CONSEGNA.value: Event.FAILED,
    Kind.RILEVAZIONE_VIRUS.value: Event.FAILED,
}
#: Receipts about the message as a whole; the others name the addressee they speak of.
ABOUT_ALL = frozenset({Kind.ACCETTAZIONE.value, Kind.NON_ACCETTAZIONE.value})
#: Receipts of which there may be several for one message: each about the addressee it names, or else all
#: those it lists.
ABOUT_SOME = RECEIPTS - ABOUT_ALL


def next_try(at: datetime, tries: int) -> datetime:
    """When to try again after `tries` temporary failures: later each time, up to `LONGEST_PAUSE`."""
    return at + min(FIRST_PAUSE * (1 << min(tries, 16)), LONGEST_PAUSE)

"""What a person sees of a message: the words of its letter, and what came back for it."""

import atexit

from tragitto.records import stores
from tragitto.records.models import Message
from tragitto.records.queries.documents import content
from tragitto.records.vocabulary import Verdict
from tragitto_pec.confined import Confined, StoppedError
from tragitto_pec.confined_questions import IS_MESSAGE, LETTER, Nothing, Whose
from tragitto_pec.letter import Letter

# Apart from the reader of the steps: a page never waits for a message that is just being taken in.
CONFINED = Confined()
atexit.register(CONFINED.close)


def letter_of(message: Message) -> Letter | None:
    """What the letter says, of a receipt what the provider says; None when there is none to be had.

    Read from the message as it was kept, in a limited process.
    """
    if message.verdict == Verdict.UNREADABLE or message.is_online:
        return None
    try:
        raw = content(message.raw)
        return CONFINED.ask(LETTER, raw, Whose(of_envelope=message.is_receipt))[0]
    except (stores.ContentMissing, stores.ContentChanged, StoppedError, OSError):
        return None


def is_message(raw: bytes) -> bool:
    """Whether a file looks like an e-mail message; looked at in a limited process.

    When that cannot answer the benefit of the doubt: what may be a message is kept.
    """
    try:
        return CONFINED.ask(IS_MESSAGE, raw, Nothing())[0]
    except (StoppedError, OSError):
        return True


def receipts_for(message: Message) -> list[Message]:
    """The receipts that came for a message of ours, the first one first. One query."""
    return list(message.receipts.order_by("certified_at", "pk"))

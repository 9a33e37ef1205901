"""Where a person stands on the roster, in a word and a tone: the same for the person and for the desk."""

from dataclasses import dataclass

from django.utils.functional import Promise

from tragitto.candidates.words import STATUS
from tragitto.schemes.vocabulary import RosterStatus as Status


@dataclass(frozen=True)
class Word:
    """A status as people read it."""

    tone: str
    word: str | Promise


_TONES = {
    Status.REGISTERING: "neutral",
    Status.CHECKING: "open",
    Status.ACTIVE: "good",
    Status.PAUSED: "neutral",
    Status.RESERVED: "info",
    Status.PLACED: "good",
    Status.LAPSED: "open",
    Status.WITHDRAWN: "neutral",
    Status.NOT_ADMITTED: "bad",
    Status.MERGED: "neutral",
}
STATUSES = {status: Word(tone, STATUS[status]) for status, tone in _TONES.items()}

"""Closed words of this room."""

from enum import StrEnum

from tragitto_pec.vocabulary import CERTIFIED_KINDS, Kind, Verdict

__all__ = [
    "RECEIPTS",
    "Act",
    "CheckOutcome",
    "Direction",
    "Kind",
    "MessageState",
    "Problem",
    "Step",
    "Verdict",
]


class Direction(StrEnum):
    """Which way a message went."""

    IN = "in"
    OUT = "out"


class MessageState(StrEnum):
    """How far a message has come; the first four pass by themselves, the others are places of rest."""

    KEPT = "kept"
    READ = "read"
    REGISTERED = "registered"
    SPLIT = "split"
    SORTING = "sorting"
    FILED = "filed"
    SET_ASIDE = "set_aside"
    LINKED = "linked"


class Step(StrEnum):
    """What is done with a message, one transaction each."""

    OPEN = "open"
    REGISTER = "register"
    SPLIT = "split"
    PLACE = "place"


class Act(StrEnum):
    """What a line of a message's filing history tells."""

    FILED = "filed"
    SET_ASIDE = "set_aside"
    TAKEN_UP = "taken_up"


class CheckOutcome(StrEnum):
    """What a virus scanner said: nothing found, something found, or it could not tell."""

    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


class Problem(StrEnum):
    """Why a step failed, as far as the house can tell."""

    CONTENT_MISSING = "content_missing"
    CONTENT_CHANGED = "content_changed"
    READER_STOPPED = "reader_stopped"
    TAKER_FAILED = "taker_failed"
    TAKER_REFUSED = "taker_refused"
    FILE_NOT_TAKEN = "file_not_taken"
    FILE_WENT_ON = "file_went_on"
    WORKER_DIED = "worker_died"
    UNEXPECTED = "unexpected"


#: The step that follows each passing state.
NEXT_STEP = {
    MessageState.KEPT: Step.OPEN,
    MessageState.READ: Step.REGISTER,
    MessageState.REGISTERED: Step.SPLIT,
    MessageState.SPLIT: Step.PLACE,
}
#: Kinds that prove what became of a message somebody sent; never a submission themselves.
RECEIPTS = frozenset(kind.value for kind in CERTIFIED_KINDS if kind is not Kind.POSTA_CERTIFICATA)

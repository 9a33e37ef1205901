"""Closed words of this room."""

from enum import StrEnum

from tragitto_pec.vocabulary import CERTIFIED_KINDS, Automatic, Verdict
from tragitto_pec.vocabulary import Kind as MailKind

__all__ = [
    "RECEIPTS",
    "SUBMISSIONS",
    "Act",
    "Automatic",
    "CheckOutcome",
    "Direction",
    "Kind",
    "MessageState",
    "OutgoingDecision",
    "OutgoingState",
    "Problem",
    "ScanState",
    "Step",
    "Verdict",
    "VirusState",
]


class Kind(StrEnum):
    """What a message is: what the reader of mail calls it (`tragitto_pec`), or a filing sent on line."""

    POSTA_CERTIFICATA = MailKind.POSTA_CERTIFICATA.value
    ACCETTAZIONE = MailKind.ACCETTAZIONE.value
    NON_ACCETTAZIONE = MailKind.NON_ACCETTAZIONE.value
    PRESA_IN_CARICO = MailKind.PRESA_IN_CARICO.value
    AVVENUTA_CONSEGNA = MailKind.AVVENUTA_CONSEGNA.value
    ERRORE_CONSEGNA = MailKind.ERRORE_CONSEGNA.value
    PREAVVISO_ERRORE_CONSEGNA = MailKind.PREAVVISO_ERRORE_CONSEGNA.value
    RILEVAZIONE_VIRUS = MailKind.RILEVAZIONE_VIRUS.value
    ANOMALIA = MailKind.ANOMALIA.value
    ORDINARIA = MailKind.ORDINARIA.value
    FIRMATA_SCONOSCIUTA = MailKind.FIRMATA_SCONOSCIUTA.value
    ILLEGGIBILE = MailKind.ILLEGGIBILE.value
    ONLINE = "online"


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


class OutgoingState(StrEnum):
    """How far an outgoing message has come.

    ``queued``: it has not left; ``sending``: it may be leaving at this moment; ``sent``: our server has
    accepted it; ``refused``: it has not left and will not as it is; ``uncertain``: nobody here can tell.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


class OutgoingDecision(StrEnum):
    """What a person decides about an outgoing message that went wrong."""

    RESENT = "resent"
    SETTLED = "settled"


class VirusState(StrEnum):
    """What is known of a virus in some content, the worst last."""

    CLEAN = "clean"
    NEVER_CHECKED = "never_checked"
    FAILED = "failed"
    INFECTED = "infected"


class ScanState(StrEnum):
    """How far a printed and scanned form has come."""

    NONE = "none"
    UNREAD = "unread"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"


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
    MAILBOXES_WRONG = "mailboxes_wrong"
    MAILBOX_UNREACHABLE = "mailbox_unreachable"
    MAILBOX_UNKNOWN = "mailbox_unknown"
    FOLDER_UNREACHABLE = "folder_unreachable"
    MAIL_NOT_FETCHED = "mail_not_fetched"
    MAIL_TOO_LARGE = "mail_too_large"
    MAIL_GONE = "mail_gone"
    SENDING_POSTPONED = "sending_postponed"
    SENDING_REFUSED = "sending_refused"
    SENDING_UNCERTAIN = "sending_uncertain"
    DELIVERY_FAILED = "delivery_failed"
    DELIVERY_REPORTED = "delivery_reported"
    RECEIPT_MISSING = "receipt_missing"
    RECEIPT_CONTRADICTS = "receipt_contradicts"
    SCANNER_SILENT = "scanner_silent"
    INFECTED = "infected"
    NOT_CHECKED = "not_checked"
    UNEXPECTED = "unexpected"


#: The step that follows each passing state.
NEXT_STEP = {
    MessageState.KEPT: Step.OPEN,
    MessageState.READ: Step.REGISTER,
    MessageState.REGISTERED: Step.SPLIT,
    MessageState.SPLIT: Step.PLACE,
}
#: Kinds that prove what became of a message somebody sent; never a submission themselves.
RECEIPTS = frozenset(kind.value for kind in CERTIFIED_KINDS if kind is not MailKind.POSTA_CERTIFICATA)
#: Kinds in which somebody sends us something whose content and moment are proven.
SUBMISSIONS = frozenset({Kind.POSTA_CERTIFICATA.value, Kind.ONLINE.value})

"""What the closed words of this room are called in the interface, and the sentences for its problems."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.records.vocabulary import MessageState, OutgoingState, Problem, Step

STATES: dict[str, str | Promise] = {
    MessageState.KEPT: _("kept, not yet opened"),
    MessageState.READ: _("read, not yet registered"),
    MessageState.REGISTERED: _("registered"),
    MessageState.SPLIT: _("registered, files kept"),
    MessageState.SORTING: _("at the sorting desk"),
    MessageState.FILED: _("filed"),
    MessageState.SET_ASIDE: _("set aside"),
    MessageState.LINKED: _("another copy of a message already kept"),
}
OUTGOING: dict[str, str | Promise] = {
    OutgoingState.QUEUED: _("waits to be sent"),
    OutgoingState.SENDING: _("is being sent"),
    OutgoingState.SENT: _("sent"),
    OutgoingState.REFUSED: _("refused, has not left"),
    OutgoingState.UNCERTAIN: _("nobody can tell whether it left"),
}
STEPS: dict[str, str | Promise] = {
    Step.OPEN: _("opening the message"),
    Step.REGISTER: _("registering the message"),
    Step.SPLIT: _("keeping the files that came with it"),
    Step.PLACE: _("putting the message where it belongs"),
}
PROBLEMS: dict[str, str | Promise] = {
    Problem.CONTENT_MISSING: _("A document is missing from the store: restore it from a backup."),
    Problem.CONTENT_CHANGED: _(
        "A document in the store is no longer what was kept: restore it from a backup."
    ),
    Problem.READER_STOPPED: _("The reader was stopped while reading; the house tries again by itself."),
    Problem.TAKER_FAILED: _("The house could not file the message by itself: place it by hand."),
    Problem.TAKER_REFUSED: _("The message could not be accepted where it seems to belong: place it by hand."),
    Problem.FILE_NOT_TAKEN: _(
        "A file in the watched folder could not be taken in: check its rights and size."
    ),
    Problem.FILE_WENT_ON: _(
        "This is only the beginning of a file: the whole one came in later. Set this one aside."
    ),
    Problem.WORKER_DIED: _(
        "The house was ended several times while at work on this message and leaves it alone now: "
        "report the fault, then take the same file in again."
    ),
    Problem.SCANNER_SILENT: _("The virus scanner does not answer; the house tries again by itself."),
    Problem.INFECTED: _(
        "A file carries a virus: it cannot be opened here. Ask the sender for a clean one, then decide."
    ),
    Problem.NOT_CHECKED: _("The virus scanner could not look into a file; the house tries again by itself."),
    Problem.MAILBOXES_WRONG: _("The file of mailbox connections cannot be used: mend the line it names."),
    Problem.MAILBOX_UNREACHABLE: _(
        "A mailbox could not be opened; the house tries again every minute. If it lasts, check the "
        "connection and the password."
    ),
    Problem.MAILBOX_UNKNOWN: _(
        "A connected mailbox belongs to no office: give it to one with `tragitto mailbox give`."
    ),
    Problem.FOLDER_UNREACHABLE: _("A folder of a mailbox could not be opened: check its name."),
    Problem.MAIL_NOT_FETCHED: _(
        "A message of a mailbox could not be fetched; the house tries again by itself."
    ),
    Problem.MAIL_TOO_LARGE: _(
        "A message of a mailbox is larger than what the house reads: save it and decide by hand."
    ),
    Problem.MAIL_GONE: _(
        "A message went from the mailbox before it could be fetched: ask who has moved or deleted it."
    ),
    Problem.SENDING_POSTPONED: _("A message could not be sent yet; the house tries again by itself."),
    Problem.SENDING_REFUSED: _("A message of ours was refused and has not left: look at the reason."),
    Problem.SENDING_UNCERTAIN: _(
        "Nobody can tell whether this message left: look for it in the mailbox, then send it again or "
        "settle it."
    ),
    Problem.DELIVERY_FAILED: _("A message of ours was not delivered to everybody: reach them another way."),
    Problem.DELIVERY_REPORTED: _(
        "A mail server reports that a message of ours was not delivered: it lies at the desk, look at it."
    ),
    Problem.RECEIPT_MISSING: _(
        "A receipt of a message of ours is missing: ask the provider what became of it."
    ),
    Problem.RECEIPT_CONTRADICTS: _("Two receipts of a message of ours contradict each other: look at both."),
    Problem.UNEXPECTED: _("Something unexpected went wrong; the house tries again by itself."),
}
MAY_NOT_TAKE_IN = _("Only the office may bring messages into the house.")
MAY_NOT_READ = _("Only the office may look at its register.")
MAY_NOT_SORT = _("Only a case officer may sort the office's messages.")
MAY_NOT_GIVE_MAILBOX = _("Only a publisher or an administrator of this body may say which mailbox it reads.")
MAILBOX_OF_ANOTHER = _("This mailbox belongs to another office: each office reads its own mail alone.")
REGISTER_NAME_TAKEN = _("This body bears the name of the register for mail that is nobody's: rename it.")
OFFICE_HAS_IT = _("Your office has this message already: set this copy aside.")
MOVED_ON = _("Somebody has dealt with this message in the meantime: look at it again.")
REASON_MISSING = _("Write down why: a message is never set aside without a reason.")
NOT_TO_BE_READ_AGAIN = _("Only a message that could not be read, and on which nothing rests, is read again.")
TRANSCRIPTION_EMPTY = _("Say which form this page is, and write down at least one of its fields.")
RECEIPT_IS_NO_SUBMISSION = _("This is a receipt: it tells what became of a message and files nothing itself.")
CHOICE_UNREADABLE = _("The choice is not complete: choose again where the message belongs.")
TAKER_DECLINED = _("The message does not fit there: choose another place or set it aside.")
MAILBOX_OF_NOBODY = _(
    "No office reads this mailbox: give it to one with `tragitto mailbox give ADDRESS ORGANISATION`, or "
    "publish the call that names it."
)
MAY_NOT_SEND = _("Only a case officer or an administrator may send from this mailbox.")
KEY_USED = _("Under this key another message was sent already: choose another key for another message.")
NOT_AN_ADDRESS = _("Write each recipient as one plain address, such as impresa@pec.example.")
NO_RECIPIENT = _("Name at least one recipient.")
NOT_TO_BE_COMPOSED = _("The subject or the name of a file cannot stand in a message: write it on one line.")
NOT_TO_BE_RESENT = _("Only a message that was refused, or of which nobody can tell, is sent again.")
NOTHING_TO_SETTLE = _("Nothing went wrong with this message: there is nothing to settle.")
REASON_OF_SENDING_MISSING = _("Write down why, so that everybody can follow it later.")

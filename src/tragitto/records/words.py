"""What the closed words of this room are called in the interface, and the sentences for its problems."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.records.vocabulary import MessageState, Problem, Step

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
RECEIPT_IS_NO_SUBMISSION = _("This is a receipt: it tells what became of a message and files nothing itself.")
CHOICE_UNREADABLE = _("The choice is not complete: choose again where the message belongs.")
TAKER_DECLINED = _("The message does not fit there: choose another place or set it aside.")

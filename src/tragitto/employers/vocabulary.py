"""The closed words of this room."""

from enum import StrEnum


class State(StrEnum):
    """What a judge found: the condition holds, does not hold, or could not be read."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a person said to a finding."""

    CONFIRMED = "confirmed"
    OVERRULED = "overruled"


class InstantKind(StrEnum):
    """Where the instant that counts comes from, or why there is none."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    RECEIVED = "received"
    NONE = "none"


class Signing(StrEnum):
    """Who signs for the enterprise, in the words of the form."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    DELEGATE = "delegate"


class Capacity(StrEnum):
    """In what capacity a person acts for an enterprise."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    DELEGATE = "delegate"


class Power(StrEnum):
    """What a delegation covers."""

    FILE = "file"
    SUPPLEMENT = "supplement"
    WITHDRAW = "withdraw"
    RECEIVE = "receive"


class Confirmed(StrEnum):
    """How the office knows that a person acts for an enterprise."""

    SIGNATURE = "signature"
    IDENTITY = "identity"
    OFFICE = "office"


class SubmissionState(StrEnum):
    """How far a filing sent on line has come: acknowledged, in the register, with its expression, or at the
    sorting desk because a person must see it.
    """

    RECEIVED = "received"
    REGISTERED = "registered"
    PLACED = "placed"
    SORTING = "sorting"


class PaperKind(StrEnum):
    """What a paper uploaded beside a filing on line is."""

    SIGNED_FORM = "signed_form"
    SIGNED_DELEGATION = "signed_delegation"
    IDENTITY_COPY = "identity_copy"
    OTHER = "other"


class WarningKind(StrEnum):
    """Why the holder of an unsent draft is written to."""

    BEFORE_CLOSING = "before_closing"
    AFTER_CLOSING = "after_closing"


class LetterKind(StrEnum):
    """What a letter to an employer is; the two Italian words are institutes of L. 241/1990."""

    START_NOTICE = "start_notice"
    SOCCORSO_ISTRUTTORIO = "soccorso_istruttorio"
    PREAVVISO_DI_RIGETTO = "preavviso_di_rigetto"
    DECISION = "decision"
    CORRECTION = "correction"


class EnquiryState(StrEnum):
    """Where a request for information stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CONVERTED = "converted"
    CLOSED = "closed"


class ContactChannel(StrEnum):
    """How an account manager and an enterprise spoke."""

    PHONE = "phone"
    EMAIL = "email"
    MEETING = "meeting"


class ContactOutcome(StrEnum):
    """What came of a contact."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    CALL_AGAIN = "call_again"


class PageState(StrEnum):
    """How far a page of a draft has come; `wrong`: something on it must be mended."""

    EMPTY = "empty"
    BEGUN = "begun"
    WRONG = "wrong"
    DONE = "done"


class LeftOut(StrEnum):
    """Why an admitted filing does not go into a package."""

    NO_CONSENT = "no_consent"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    NOT_READ = "not_read"
    ALREADY = "already"
    NEXT_PACKAGE = "next_package"


class Withheld(StrEnum):
    """Why a document of a filing does not go into a package."""

    INFECTED = "infected"
    OTHER_PAGES = "other_pages"


class QueueShow(StrEnum):
    """Which expressions of a queue are looked at."""

    TO_REVIEW = "to_review"
    WAITING = "waiting"
    ADMITTED = "admitted"
    REFUSED = "refused"
    LATE = "late"
    MINE = "mine"
    NOBODYS = "nobodys"

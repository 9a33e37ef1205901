"""The closed words of the roster."""

from enum import StrEnum

#: Statuses in which a person may be found, shortlisted and invited.
ON_ROSTER = ("active",)
#: Statuses in which the person has said no, or the house has: nothing is offered and nothing is asked.
ENDED = ("withdrawn", "not_admitted", "merged")
#: Statuses in which no firm is shown the person.
UNSEEN = (*ENDED, "registering", "checking", "lapsed")


class Standing(StrEnum):
    """Under which status a person lives in the country of origin; recorded, never a criterion."""

    NATIONAL = "national"
    RESIDENT = "resident"
    REFUGEE = "refugee"
    STATELESS = "stateless"


class Script(StrEnum):
    """In which letters a name is written."""

    LATIN = "latin"
    ARABIC = "arabic"


class ReadBy(StrEnum):
    """How the data of a document came in."""

    TYPED = "typed"
    PHOTO = "photo"
    SPREADSHEET = "spreadsheet"


class SeenAs(StrEnum):
    """What a keeper had before their eyes when confirming who somebody is."""

    PHOTO = "photo"
    PAPER = "paper"


class FilePurpose(StrEnum):
    """What a file of a person shows."""

    IDENTITY = "identity"
    DIPLOMA = "diploma"
    CERTIFICATE = "certificate"
    LANGUAGE = "language"


class Mastery(StrEnum):
    """How well somebody does something, from the first steps to teaching others."""

    BEGUN = "begun"
    GUIDED = "guided"
    ALONE = "alone"
    TEACHES = "teaches"


class Proof(StrEnum):
    """What stands behind a statement of somebody's abilities."""

    SAID = "said"
    PAPER = "paper"
    TESTED = "tested"


class Evidence(StrEnum):
    """What stands behind a statement on a day: a paper that nobody has looked at proves nothing yet."""

    SAID = "said"
    HANDED_IN = "handed_in"
    SEEN = "seen"
    TESTED = "tested"
    EXPIRED = "expired"


class CefrLevel(StrEnum):
    """Levels of the Common European Framework of Reference for Languages."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class Shift(StrEnum):
    """When somebody would work."""

    DAY = "day"
    TWO_SHIFTS = "two_shifts"
    THREE_SHIFTS = "three_shifts"
    NIGHT = "night"


class Housing(StrEnum):
    """What somebody needs to live in Italy."""

    OWN = "own"
    HELP = "help"
    OFFERED = "offered"


class Likeness(StrEnum):
    """What was decided about two registrations that look like one person."""

    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


class LikeReason(StrEnum):
    """What speaks for two registrations being one person, then what speaks against it."""

    SAME_PERSON_NUMBER = "same_person_number"
    PERSON_NUMBER_SLIP = "person_number_slip"
    SAME_DOCUMENT = "same_document"
    DOCUMENT_SLIP = "document_slip"
    SAME_NAMES = "same_names"
    SOUND_ALIKE = "sound_alike"
    PART_OF_NAMES = "part_of_names"
    NAMES_ALIKE = "names_alike"
    NAMES_TURNED = "names_turned"
    SAME_BIRTH = "same_birth"
    BIRTH_TURNED = "birth_turned"
    BIRTH_SLIP = "birth_slip"
    BIRTH_YEAR = "birth_year"
    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    SAME_TOWN = "same_town"
    OTHER_PERSON_NUMBER = "other_person_number"
    OTHER_DOCUMENT = "other_document"
    OTHER_GIVEN_NAMES = "other_given_names"
    OTHER_SURNAMES = "other_surnames"
    OTHER_NAMES = "other_names"
    OTHER_BIRTH = "other_birth"
    BY_HAND = "by_hand"


class BatchState(StrEnum):
    """How far a batch of registrations by others has come."""

    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    FAILED = "failed"


class RowVerdict(StrEnum):
    """What will happen to a row of a batch, or has."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


class WorkKind(StrEnum):
    """Long work in the background, with progress."""

    EXPORT = "export"
    BULK = "bulk"
    DUPLICATES = "duplicates"


class WorkState(StrEnum):
    """How far it has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class BulkAct(StrEnum):
    """What may be done to many people at once."""

    MOVE = "move"
    LIST = "list"
    UNLIST = "unlist"
    ASK = "ask"


class ListKind(StrEnum):
    """What a list of people is for."""

    WORKING = "working"
    EXCLUSION = "exclusion"


class Answer(StrEnum):
    """What a person said to an invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class Audience(StrEnum):
    """Who looks at a person's data; the matrix of docs/roster-access.md has a column for each."""

    PERSON = "person"
    KEEPER = "keeper"
    REGISTRAR = "registrar"
    EMPLOYER_BEFORE = "employer_before"
    EMPLOYER_AFTER = "employer_after"
    SELECTION = "selection"
    STRANGER = "stranger"


class PageKind(StrEnum):
    """A page of registering, one thing each, in the order in which they are asked."""

    LANGUAGE = "language"
    NOTICE = "notice"
    BIRTH = "birth"
    LATIN_NAMES = "latin_names"
    ARABIC_NAMES = "arabic_names"
    STANDING = "standing"
    CONTACTS = "contacts"
    HOME = "home"
    DOCUMENT = "document"
    PROFILES = "profiles"
    TRADE = "trade"
    SKILLS = "skills"
    MASTERY = "mastery"
    EXPERIENCE = "experience"
    DIPLOMAS = "diplomas"
    LANGUAGES = "languages"
    PAPERS = "papers"
    AVAILABLE = "available"
    REGIONS = "regions"
    SHIFTS = "shifts"
    HOUSING = "housing"
    ABOUT = "about"
    CONSENT = "consent"


class PageState(StrEnum):
    """How far a page of registering has come."""

    TO_DO = "to_do"
    OPTIONAL = "optional"
    DONE = "done"


class Interest(StrEnum):
    """What a person answers when asked whether they are still interested."""

    YES = "yes"
    PAUSE = "pause"
    WITHDRAW = "withdraw"

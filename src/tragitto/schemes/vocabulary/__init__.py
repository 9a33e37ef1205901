"""The closed word lists of published things; a pack may use these words, never invent others."""

from enum import StrEnum

from tragitto.schemes.vocabulary.arrangements import (
    Channel,
    CheckKind,
    LatePolicy,
    Relation,
    ReviewOpening,
)
from tragitto.schemes.vocabulary.rosters import (
    ConsentEffect,
    IdentityKind,
    ReasonGiver,
    ReasonUse,
    RosterDutyKind,
    RosterStatus,
    SkillGroup,
    SkillScale,
)

__all__ = [
    "Acting",
    "AmendmentKind",
    "Audience",
    "AwaitedRoom",
    "CallStatus",
    "Channel",
    "CheckKind",
    "Confidence",
    "ConsentEffect",
    "CountedInstant",
    "Disclosure",
    "DutyKind",
    "Failing",
    "FieldCheck",
    "FieldKind",
    "FormRole",
    "IdentityKind",
    "LatePolicy",
    "Outcome",
    "Phase",
    "PlaceRule",
    "ReasonGiver",
    "ReasonUse",
    "Relation",
    "ReviewOpening",
    "RosterDutyKind",
    "RosterStatus",
    "Section",
    "Severity",
    "SkillGroup",
    "SkillScale",
    "StepKind",
    "StepRole",
    "Subject",
    "Topic",
]


class DutyKind(StrEnum):
    """What an organisation does in a scheme; a desk belongs to the duty, not to a kind of user."""

    PUBLISHES = "publishes"
    REVIEWS = "reviews"
    COORDINATES = "coordinates"
    TRAINS = "trains"
    PROPOSES_CANDIDATES = "proposes_candidates"
    ORGANISES_MEETINGS = "organises_meetings"
    FILES = "files"
    SUPPORTS_EMPLOYERS = "supports_employers"


class Subject(StrEnum):
    """What a journey is about."""

    EXPRESSION = "expression"
    PLACEMENT = "placement"


class Phase(StrEnum):
    """How far a case is, in words that code, figures and the API may branch on."""

    APPLYING = "applying"
    REVIEWING = "reviewing"
    SELECTING = "selecting"
    PREPARING = "preparing"
    AUTHORISING = "authorising"
    TRAVELLING = "travelling"
    SETTLING = "settling"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a closed case ended; empty as long as it is open."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    INADMISSIBLE = "inadmissible"
    COMPLETED = "completed"
    DECLINED = "declined"
    ENDED_EARLY = "ended_early"
    LAPSED = "lapsed"


class Acting(StrEnum):
    """Whose move it is in a stage."""

    OFFICE = "office"
    EMPLOYER = "employer"
    CANDIDATE = "candidate"
    PARTNER = "partner"
    AUTHORITY = "authority"


class Audience(StrEnum):
    """Who reads the title of a stage; each party in its own words."""

    OFFICE = "office"
    EMPLOYER = "employer"
    CANDIDATE = "candidate"
    PARTNER = "partner"


class StepKind(StrEnum):
    """A step forward, a step back, or the correction of a mistake (with a reason and a second person)."""

    NORMAL = "normal"
    RETURN = "return"
    CORRECTION = "correction"


class StepRole(StrEnum):
    """Who may take a step; the room of the cases checks the actor against it."""

    OFFICER = "officer"
    REVIEWER = "reviewer"
    EMPLOYER = "employer"
    CANDIDATE = "candidate"
    PARTNER = "partner"
    SYSTEM = "system"


class CountedInstant(StrEnum):
    """Which instant is compared with the deadline and makes the order of arrival."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    RECEIVED = "received"


class PlaceRule(StrEnum):
    """Which version of an expression keeps the place in the order of arrival."""

    FIRST = "first"
    FIRST_COMPLETE = "first_complete"
    LATEST = "latest"


class Disclosure(StrEnum):
    """What an employer learns about candidates before they accept."""

    ANONYMOUS_UNTIL_ACCEPTED = "anonymous_until_accepted"
    NAMED_LIST = "named_list"


class CallStatus(StrEnum):
    """A draft may change; a published call changes only by a dated amendment."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class FormRole(StrEnum):
    """What a form is for within an expression."""

    MAIN = "main"
    DELEGATION = "delegation"
    ANNEX = "annex"


class FieldKind(StrEnum):
    """What may be written into a field of a form."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    EMAIL = "email"
    PEC = "pec"
    PHONE = "phone"
    CODICE_FISCALE = "codice_fiscale"
    PARTITA_IVA = "partita_iva"
    CHOICE = "choice"
    MULTI = "multi"
    CHECKBOX = "checkbox"
    SIGNATURE = "signature"


class FieldCheck(StrEnum):
    """What an answer on line is held to, beyond the kind of its field: lists the house carries."""

    REA = "rea"
    ATECO = "ateco"
    PROVINCE = "province"
    MUNICIPALITY = "municipality"


class Failing(StrEnum):
    """What an unmet criterion means under this call; what makes it inadmissible needs no notice before."""

    INADMISSIBLE = "inadmissible"
    REFUSE = "refuse"
    COMPLETE = "complete"
    WARN = "warn"


class AmendmentKind(StrEnum):
    """How a published call changed."""

    EXTENSION = "extension"
    CORRECTION = "correction"


class Confidence(StrEnum):
    """How well a statement of a pack is supported by its source."""

    SURE = "sure"
    LIKELY = "likely"
    PROPOSAL = "proposal"


class Severity(StrEnum):
    """An error stops the loading; a warning needs a recorded choice before publication."""

    ERROR = "error"
    WARNING = "warning"


class Section(StrEnum):
    """The parts of a call's public page, each in four languages; every call has them all."""

    PURPOSE = "purpose"
    WHO = "who"
    PROFILES = "profiles"
    HOW = "how"
    DEADLINE = "deadline"
    REVIEW = "review"
    AFTERWARDS = "afterwards"
    PRIVACY = "privacy"
    HELP = "help"


class Topic(StrEnum):
    """What a purpose or a date of a call is about, so that slips between paragraphs can be seen."""

    COLLECTING = "collecting"
    MEETINGS = "meetings"
    TRAINING = "training"
    ARRIVAL = "arrival"
    SHARING = "sharing"
    LEGAL_DUTIES = "legal_duties"
    PAYMENTS = "payments"
    GRANTS = "grants"
    TENDERS = "tenders"
    COMPETITIONS = "competitions"


class AwaitedRoom(StrEnum):
    """Rooms of the house that are not built yet; a step that needs one is drawn and cannot be taken."""

    CANDIDATES = "candidates"
    PLACEMENTS = "placements"
    SELECTION = "selection"
    TRAINING = "training"
    PROTECTION = "protection"

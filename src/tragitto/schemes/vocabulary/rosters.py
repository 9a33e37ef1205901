"""The closed words of a roster: who does what with it, where people stand on it, what they can do."""

from enum import StrEnum


class RosterDutyKind(StrEnum):
    """What an organisation does with the roster of a scheme."""

    KEEPS = "keeps"
    REGISTERS = "registers"


class RosterStatus(StrEnum):
    """Where a person stands on the roster: one at a time."""

    REGISTERING = "registering"
    CHECKING = "checking"
    ACTIVE = "active"
    PAUSED = "paused"
    RESERVED = "reserved"
    PLACED = "placed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    NOT_ADMITTED = "not_admitted"
    MERGED = "merged"


class ReasonGiver(StrEnum):
    """Who may give a typed reason for a status."""

    PERSON = "person"
    KEEPER = "keeper"
    REGISTRAR = "registrar"
    SYSTEM = "system"


class ReasonUse(StrEnum):
    """For which turn of a registration the house itself takes a typed reason; the desk picks the others."""

    SENDING = "sending"
    ADMITTING = "admitting"
    PAUSING = "pausing"
    RETURNING = "returning"
    RESERVING = "reserving"
    PLACING = "placing"
    FALLING_THROUGH = "falling_through"
    UNCONFIRMED = "unconfirmed"
    WAITED_OUT = "waited_out"
    CONFIRMING_LATE = "confirming_late"
    WITHDRAWING = "withdrawing"
    COMING_BACK = "coming_back"
    UNDER_AGE = "under_age"
    MERGING = "merging"
    UNMERGING = "unmerging"


class ConsentEffect(StrEnum):
    """What a consent allows, and its withdrawal ends at once."""

    EMPLOYERS_SEE_ANONYMOUS = "employers_see_anonymous"
    PARTNERS_SEE_FILE = "partners_see_file"
    TEXT_MESSAGES = "text_messages"


class IdentityKind(StrEnum):
    """Identity documents; the last two are those of ICAO Doc 9303 for refugees and stateless persons."""

    PASSPORT = "passport"
    NATIONAL_CARD = "national_card"
    RESIDENCE_CARD = "residence_card"
    REFUGEE_DOCUMENT = "refugee_document"
    STATELESS_DOCUMENT = "stateless_document"


class SkillGroup(StrEnum):
    """What a skill is about, in the order in which a workshop would ask."""

    PROCESS = "process"
    MACHINE = "machine"
    CONTROL = "control"
    MATERIAL = "material"
    ASSEMBLY = "assembly"
    ELECTRICAL = "electrical"
    READING = "reading"
    MEASURING = "measuring"
    MAINTENANCE = "maintenance"
    SAFETY = "safety"
    CERTIFICATE = "certificate"


class SkillScale(StrEnum):
    """How a skill is stated: by a level of mastery, or as had or not."""

    LEVEL = "level"
    HELD = "held"

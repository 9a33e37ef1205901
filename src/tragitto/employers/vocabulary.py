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

"""The closed words of the selection."""

from enum import StrEnum


class RunKind(StrEnum):
    """What the engine was asked for."""

    SHORTLISTS = "shortlists"
    TIMETABLE = "timetable"
    MATCH = "match"


class LineState(StrEnum):
    """How far a person on a shortlist has come."""

    PROPOSED = "proposed"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNSEEN = "unseen"
    GIVEN_UP = "given_up"
    REMOVED = "removed"


class Party(StrEnum):
    """Who takes part in a meeting."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    INTERPRETER = "interpreter"


class MeetingState(StrEnum):
    """What became of a meeting."""

    PLANNED = "planned"
    HELD = "held"
    CANDIDATE_MISSED = "candidate_missed"
    EMPLOYER_MISSED = "employer_missed"
    CANCELLED = "cancelled"


class OfferAnswer(StrEnum):
    """What became of an offer."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    TAKEN_BACK = "taken_back"


class MatchEnd(StrEnum):
    """Why a match ended before work began."""

    CANDIDATE_WITHDREW = "candidate_withdrew"
    EMPLOYER_WITHDREW = "employer_withdrew"
    OFFER_DECLINED = "offer_declined"
    OFFER_LAPSED = "offer_lapsed"
    MATCHED_AGAIN = "matched_again"


class ToldWay(StrEnum):
    """How somebody without an account said what the desk wrote down for them."""

    TELEPHONE = "telephone"
    COUNTER = "counter"
    REGISTRAR = "registrar"


class SheetGroup(StrEnum):
    """Where a line of a score sheet comes from."""

    REQUIREMENT = "requirement"
    GENERAL = "general"


class ToDo(StrEnum):
    """What a round waits for, as the kind of a task on the agenda of the desk."""

    RANKINGS = "rankings_missing"
    MATCH_ANEW = "match_anew"
    OFFERS = "offers_missing"

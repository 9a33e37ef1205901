"""The rows of the roster."""

from tragitto.candidates.models.abilities import (
    CandidateProfile,
    CandidateSkill,
    Diploma,
    Experience,
    LanguageLevel,
)
from tragitto.candidates.models.batches import Batch, BatchRow
from tragitto.candidates.models.candidates import (
    Candidate,
    CandidateQuerySet,
    Consent,
    NoticeSeen,
    Registration,
)
from tragitto.candidates.models.desk import ListEntry, RosterList, SavedSearch, SearchRow, Work
from tragitto.candidates.models.disclosure import Invitation, NamedList, NamedListEntry
from tragitto.candidates.models.duplicates import LikePair, Merge
from tragitto.candidates.models.identity import CandidateFile, Identity, IdentityDocument, NameVariant
from tragitto.candidates.models.standing import Confirmation, StatusChange

__all__ = [
    "Batch",
    "BatchRow",
    "Candidate",
    "CandidateFile",
    "CandidateProfile",
    "CandidateQuerySet",
    "CandidateSkill",
    "Confirmation",
    "Consent",
    "Diploma",
    "Experience",
    "Identity",
    "IdentityDocument",
    "Invitation",
    "LanguageLevel",
    "LikePair",
    "ListEntry",
    "Merge",
    "NameVariant",
    "NamedList",
    "NamedListEntry",
    "NoticeSeen",
    "Registration",
    "RosterList",
    "SavedSearch",
    "SearchRow",
    "StatusChange",
    "Work",
]

"""What this room keeps about people, field by field; who reads it is said by `rules/disclosure.py`."""

from tragitto.candidates.rules.disclosure import READERS
from tragitto.candidates.vocabulary import Audience
from tragitto.kernel.declarations import Basis, declare, impersonal

_PARTS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "candidates.Candidate",
        ("account", "language", "status", "reason", "confirm_by", "available_from", "regions", "shifts",
         "housing", "about", "about_tidied", "about_tidied_by", "adult_on"),
        "roster",
    ),
    ("candidates.Registration", ("reference", "entered", "registered_by"), "roster"),
    ("candidates.NoticeSeen", ("language",), "roster"),
    ("candidates.Consent", ("code", "language"), "roster"),
    (
        "candidates.Identity",
        ("surnames", "given_names", "arabic_surnames", "arabic_given_names", "birth_on", "birth_place",
         "nationality", "standing", "phone", "email", "town", "country", "name_keys", "confirmed_by"),
        "identity",
    ),
    ("candidates.NameVariant", ("surnames", "given_names", "found_in"), "identity"),
    ("candidates.CandidateFile", ("content", "zone", "added_by"), "identity"),
    (
        "candidates.IdentityDocument",
        ("number", "personal_number", "issuing_state", "nationality", "surnames", "given_names", "birth_on",
         "mrz", "added_by", "checked_by"),
        "identity",
    ),
    ("candidates.CandidateProfile", ("words", "tidied", "tidied_by"), "roster"),
    ("candidates.CandidateSkill", ("skill", "certificate", "confirmed_by"), "roster"),
    ("candidates.Experience", ("employer", "role", "words", "tidied", "tidied_by"), "roster"),
    ("candidates.Diploma", ("title", "institution", "confirmed_by"), "roster"),
    ("candidates.LanguageLevel", ("tongue", "certificate", "confirmed_by"), "roster"),
    ("candidates.StatusChange", ("reason", "note", "actor"), "roster"),
    ("candidates.LikePair", ("reasons", "ground", "decided_by"), "identity"),
    ("candidates.Merge", ("moved", "ground", "merged_by", "undone_by"), "identity"),
    ("candidates.Batch", ("name", "uploaded_by", "applied_by"), "roster"),
    (
        "candidates.BatchRow",
        ("reference", "raw", "values", "problems", "differences"),
        "roster",
    ),
    ("candidates.Invitation", ("recipient", "invited_by", "answer"), "disclosure"),
    (
        "candidates.NamedList",
        ("recipient", "lines", "made_by", "released_by", "recall_reason"),
        "disclosure",
    ),
    (
        "candidates.SearchRow",
        ("words", "facts", "status", "place_at", "available_from", "expires_on"),
        "roster",
    ),
    ("candidates.ListEntry", ("note", "added_by"), "roster"),
    ("candidates.Work", ("parameters", "outcome", "content", "ordered_by"), "roster"),
)  # fmt: skip
_CODES = {Audience.PERSON: "self"}


def _readers(field: str) -> tuple[str, ...]:
    """Those who read a field, by the codes of the processing register."""
    return tuple(_CODES.get(each, each.value) for each in Audience if each in READERS[field]) or ("nobody",)


for _label, _named, _purpose in _PARTS:
    for _field in _named:
        declare(
            _label,
            _field,
            purpose=_purpose,
            basis=Basis.PUBLIC_TASK,
            controller="roster_keeper",
            retention="roster",
            readers=_readers(f"{_label.removeprefix('candidates.')}.{_field}"),
        )
_ITS_OWN = "what the desk calls its own searches and lists"
impersonal("candidates.SavedSearch", "owner", "name", "criteria", because=_ITS_OWN)
impersonal("candidates.RosterList", "name", "about", "made_by", because=_ITS_OWN)
impersonal("candidates.NamedList", "columns", "citation", because="names of fields, and the act")
impersonal("candidates.IdentityDocument", "read_by", because="by what means it was read, not by whom")
impersonal("candidates.SearchRow", "made_by", because="the version of the rules that made the row")
impersonal("candidates.Work", "name", because="what the file is called: the kind of work and a date")

"""The columns that an export may have, each with the fields of people that it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tragitto.candidates.rules.disclosure import may_read
from tragitto.candidates.vocabulary import Audience


class Form(StrEnum):
    """In which form an export comes."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True)
class Column:
    """One column by its code, and what it shows; `is_usual`: ticked from the start."""

    code: str
    shows: tuple[str, ...]
    is_usual: bool = False


COLUMNS = (
    Column("code", ("Candidate.code",), is_usual=True),
    Column("surnames", ("Identity.surnames",), is_usual=True),
    Column("given_names", ("Identity.given_names",), is_usual=True),
    Column("arabic_surnames", ("Identity.arabic_surnames",)),
    Column("arabic_given_names", ("Identity.arabic_given_names",)),
    Column("birth_on", ("Identity.birth_on",)),
    Column("nationality", ("Identity.nationality",)),
    Column("phone", ("Identity.phone",)),
    Column("email", ("Identity.email",)),
    Column("town", ("Identity.town",)),
    Column("documents", ("IdentityDocument.number", "IdentityDocument.expires_on")),
    Column("confirmed", ("Identity.confirmed_by",)),
    Column("status", ("Candidate.status",), is_usual=True),
    Column("reason", ("Candidate.reason",)),
    Column("seniority", ("Candidate.seniority_at",), is_usual=True),
    Column("valid_until", ("Candidate.valid_until",)),
    Column("confirm_by", ("Candidate.confirm_by",)),
    Column("profiles", ("CandidateProfile.profile", "CandidateProfile.years"), is_usual=True),
    Column("skills", ("CandidateSkill.skill", "CandidateSkill.mastery")),
    Column("languages", ("LanguageLevel.tongue", "LanguageLevel.level"), is_usual=True),
    Column("diplomas", ("Diploma.title", "Diploma.level_code", "Diploma.year")),
    Column("eqf", ("Diploma.eqf",)),
    Column("regions", ("Candidate.regions",), is_usual=True),
    Column("shifts", ("Candidate.shifts",)),
    Column("housing", ("Candidate.housing",)),
    Column("available_from", ("Candidate.available_from",), is_usual=True),
    Column("language", ("Candidate.language",)),
    Column("registrars", ("Registration.reference",)),
)


def offered(audience: Audience) -> tuple[Column, ...]:
    """The columns of which `audience` may read all that they show."""
    return tuple(each for each in COLUMNS if all(may_read(field, audience) for field in each.shows))


def chosen(codes: Iterable[str], audience: Audience) -> tuple[Column, ...]:
    """Those of `codes` that are offered, in the order of the table."""
    wanted = set(codes)
    return tuple(each for each in offered(audience) if each.code in wanted)

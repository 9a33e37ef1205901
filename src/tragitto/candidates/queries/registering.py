"""What a registration holds page by page, for whoever fills it in and for the last look before it is sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tragitto.candidates.models import (
    Candidate,
    CandidateFile,
    CandidateProfile,
    CandidateSkill,
    Diploma,
    Experience,
    IdentityDocument,
    LanguageLevel,
)
from tragitto.candidates.rules import answers as rules
from tragitto.candidates.rules.answers import Asked
from tragitto.candidates.rules.pages import Answered, Page, pages
from tragitto.candidates.vocabulary import ENDED, FilePurpose, PageKind
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.queries import roster_of

type Row = Experience | Diploma | LanguageLevel | IdentityDocument | CandidateSkill
type Reader = Callable[[Draft, str], dict[str, object]]


@dataclass(frozen=True)
class Draft:
    """A registration with all that its pages show, read once."""

    candidate: Candidate
    spec: RosterSpec
    on: date
    profiles: tuple[CandidateProfile, ...]
    skills: Mapping[str, CandidateSkill]
    notices: frozenset[tuple[str, int]]
    consents: frozenset[str]
    rows: Mapping[PageKind, Sequence[Row]]

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages in their order, each with its state."""
        return pages(self.spec, _answered(self), self.on)

    def answers(self, kind: PageKind, key: str = "") -> dict[str, object]:
        """What a page shows when it is opened: its answers as kept; nothing for rows of their own."""
        return _READERS[kind](self, key) if kind in _READERS else {}


def draft_of(candidate: Candidate, on: date) -> Draft:
    """All that the pages of this registration show on a day. Ten queries."""
    profiles = candidate.profiles.select_related("profile").order_by("position", "pk")
    seen = candidate.notices.values_list("controller", "version")
    consents = candidate.consents.filter(withdrawn_at=None).values_list("code", flat=True)
    skills = {each.skill: each for each in candidate.skills.order_by("skill")}
    return Draft(
        candidate=candidate,
        spec=roster_of(candidate.scheme_id),
        on=on,
        profiles=tuple(profiles),
        skills=skills,
        notices=frozenset(seen),
        consents=frozenset(consents),
        rows=_rows(candidate, skills),
    )


def asked(draft: Draft, key: str = "") -> Asked:
    """What answers of a page are held against. Two queries."""
    scheme = draft.candidate.scheme
    return Asked(
        spec=draft.spec,
        on=draft.on,
        key=key,
        profiles=tuple(scheme.profiles.order_by("position").values_list("code", flat=True)),
        regions=tuple(scheme.regions.order_by("code").values_list("code", flat=True)),
        skills=tuple(draft.skills),
        sent_on=None if draft.candidate.status in ENDED else draft.candidate.sent_on,
    )


def row_of(draft: Draft, kind: PageKind, code: str) -> Row:
    """The row of this code (of a language its own); raises `NotFound`."""
    for row in draft.rows[kind]:
        if code == code_of(row):
            return row
    raise NotFound(code)


def code_of(row: Row) -> str:
    """What a row is called in addresses: languages and skills by their own codes."""
    if isinstance(row, LanguageLevel):
        return row.tongue
    return row.skill if isinstance(row, CandidateSkill) else row.code


def loose_photos(candidate: Candidate) -> list[CandidateFile]:
    """Photos of identity documents that were taken and belong to none yet, in their order. One query."""
    loose = candidate.files.filter(purpose=FilePurpose.IDENTITY, documents=None)
    return list(loose.order_by("added_at", "pk"))


def _rows(candidate: Candidate, skills: Mapping[str, CandidateSkill]) -> dict[PageKind, Sequence[Row]]:
    """The rows of the pages that have some; papers are those of which there is a photo. Five queries."""
    documents = candidate.documents.filter(superseded_at=None).prefetch_related("files")
    diplomas = tuple(candidate.diplomas.order_by("-year", "pk"))
    languages = tuple(candidate.languages.order_by("tongue"))
    showable: tuple[CandidateSkill | Diploma | LanguageLevel, ...] = (
        *skills.values(), *diplomas, *languages,
    )  # fmt: skip
    return {
        PageKind.DOCUMENT: tuple(documents.order_by("-added_at", "pk")),
        PageKind.EXPERIENCE: tuple(candidate.experiences.order_by("-begins_on", "pk")),
        PageKind.DIPLOMAS: diplomas,
        PageKind.LANGUAGES: languages,
        PageKind.PAPERS: tuple(each for each in showable if each.file_id),
    }


def _answered(draft: Draft) -> Answered:
    candidate, identity = draft.candidate, draft.candidate.identity
    single = {
        PageKind.LANGUAGE: candidate.language,
        PageKind.BIRTH: identity.birth_on,
        PageKind.LATIN_NAMES: identity.surnames or identity.given_names,
        PageKind.ARABIC_NAMES: identity.arabic_surnames or identity.arabic_given_names,
        PageKind.STANDING: identity.standing,
        PageKind.CONTACTS: identity.phone or identity.email,
        PageKind.HOME: identity.town,
        PageKind.PROFILES: draft.profiles,
        PageKind.AVAILABLE: candidate.available_from,
        PageKind.REGIONS: candidate.regions,
        PageKind.SHIFTS: candidate.shifts,
        PageKind.HOUSING: candidate.housing,
        PageKind.ABOUT: candidate.about,
    }
    profiles = {each.profile.code: each for each in draft.profiles}
    levels = {code: rules.levelled(draft.spec, code, list(draft.skills)) for code in profiles}
    keys = {
        PageKind.NOTICE: {
            notice.controller
            for notice in draft.spec.notices_on(draft.on)
            if (notice.controller, notice.version) in draft.notices
        },
        PageKind.TRADE: {code for code, each in profiles.items() if each.years or each.words},
        PageKind.SKILLS: {
            code
            for code in profiles
            if any(s.code in draft.skills for s in rules.skills_of(draft.spec, code))
        },
        PageKind.MASTERY: {
            code for code, found in levels.items() if all(draft.skills[each.code].mastery for each in found)
        },
        PageKind.CONSENT: set(draft.consents),
    }
    return Answered(
        pages=frozenset(kind for kind, value in {**single, **draft.rows}.items() if value),
        keys={kind: frozenset(found) for kind, found in keys.items()},
        profiles=tuple(profiles),
        levels=frozenset(code for code, found in levels.items() if found),
    )


def _of_identity(*places: str) -> Reader:
    return lambda draft, key: {place: getattr(draft.candidate.identity, place) for place in places}


def _of_candidate(*places: str) -> Reader:
    return lambda draft, key: {place: getattr(draft.candidate, place) for place in places}


def _profiles(draft: Draft, key: str) -> dict[str, object]:
    wanted = [each.profile.code for each in draft.profiles]
    return {"profiles": wanted, "best": wanted[0] if len(wanted) > 1 else ""}


def _trade(draft: Draft, key: str) -> dict[str, object]:
    found = next((each for each in draft.profiles if each.profile.code == key), None)
    return {"years": found.years, "words": found.words} if found else {}


def _skills(draft: Draft, key: str) -> dict[str, object]:
    counting = rules.skills_of(draft.spec, key)
    return {"skills": [skill.code for skill in counting if skill.code in draft.skills]}


def _mastery(draft: Draft, key: str) -> dict[str, object]:
    counting = rules.levelled(draft.spec, key, list(draft.skills))
    return {skill.code: draft.skills[skill.code].mastery for skill in counting}


_READERS: dict[PageKind, Reader] = {
    PageKind.LANGUAGE: _of_candidate("language"),
    PageKind.BIRTH: _of_identity("birth_on", "birth_place"),
    PageKind.LATIN_NAMES: _of_identity("surnames", "given_names"),
    PageKind.ARABIC_NAMES: _of_identity("arabic_surnames", "arabic_given_names"),
    PageKind.STANDING: _of_identity("standing", "nationality"),
    PageKind.CONTACTS: _of_identity("phone", "email"),
    PageKind.HOME: _of_identity("town", "country"),
    PageKind.PROFILES: _profiles,
    PageKind.TRADE: _trade,
    PageKind.SKILLS: _skills,
    PageKind.MASTERY: _mastery,
    PageKind.AVAILABLE: _of_candidate("available_from"),
    PageKind.REGIONS: _of_candidate("regions"),
    PageKind.SHIFTS: _of_candidate("shifts"),
    PageKind.HOUSING: _of_candidate("housing"),
    PageKind.ABOUT: _of_candidate("about"),
}

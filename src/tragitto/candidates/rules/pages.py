"""The pages of registering: which there are, in which order, how far each has come. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tragitto.candidates.vocabulary import PageKind, PageState
from tragitto.schemes.pack import RosterSpec

#: Pages that may stay empty: what is not said there weighs on nobody.
_OPTIONAL = frozenset(
    {
        PageKind.ARABIC_NAMES,
        PageKind.TRADE,
        PageKind.SKILLS,
        PageKind.MASTERY,
        PageKind.EXPERIENCE,
        PageKind.DIPLOMAS,
        PageKind.LANGUAGES,
        PageKind.PAPERS,
        PageKind.AVAILABLE,
        PageKind.REGIONS,
        PageKind.SHIFTS,
        PageKind.HOUSING,
        PageKind.ABOUT,
        PageKind.CONSENT,
    }
)
#: The pages of a profile stand together between the others.
_OF_PROFILES = (PageKind.TRADE, PageKind.SKILLS, PageKind.MASTERY)
_BEFORE = tuple(PageKind)[: list(PageKind).index(PageKind.TRADE)]
_BEHIND = tuple(kind for kind in PageKind if kind not in (*_BEFORE, *_OF_PROFILES))


@dataclass(frozen=True)
class Page:
    """One page; `key` = which of several: the controller of a notice, a profile, a consent."""

    kind: PageKind
    key: str = ""
    state: PageState = PageState.TO_DO

    @property
    def is_missing(self) -> bool:
        """Whether the registration cannot be sent without it."""
        return self.state is PageState.TO_DO


@dataclass(frozen=True)
class Answered:
    """What a registration holds: the single pages answered, and the keys of those that are several.

    `profiles` in the order of the wish; `levels` = those of which a skill was chosen that has a level.
    """

    pages: frozenset[PageKind] = frozenset()
    keys: Mapping[PageKind, frozenset[str]] = field(default_factory=dict)
    profiles: Sequence[str] = ()
    levels: frozenset[str] = frozenset()

    def has(self, kind: PageKind, key: str) -> bool:
        """Whether this page was answered."""
        if key:
            return key in self.keys.get(kind, frozenset())
        return kind in self.pages


def pages(spec: RosterSpec, answered: Answered, on: date) -> tuple[Page, ...]:
    """The pages of a registration on the roster `spec` on a day, in their order, each with its state.

    A notice for each controller, the pages of each profile that was chosen together, each consent apart.
    """
    profiles = [profile for profile in answered.profiles if _has_skills(spec, profile)]
    keys: dict[PageKind, Sequence[str]] = {
        PageKind.NOTICE: [notice.controller for notice in spec.notices_on(on)],
        PageKind.CONSENT: [consent.code for consent in spec.consents],
    }
    listed = [(kind, key) for kind in _BEFORE for key in keys.get(kind, ("",))]
    for profile in answered.profiles:
        listed.append((PageKind.TRADE, profile))
        listed += [(PageKind.SKILLS, profile)] if profile in profiles else []
        listed += [(PageKind.MASTERY, profile)] if profile in answered.levels else []
    listed += [(kind, key) for kind in _BEHIND for key in keys.get(kind, ("",))]
    return tuple(Page(kind, key, _state(kind, answered.has(kind, key))) for kind, key in listed)


def following(listed: Sequence[Page], kind: PageKind, key: str) -> Page | None:
    """The page behind this one; nothing behind the last, nor for one that is no longer there."""
    places = [(page.kind, page.key) for page in listed]
    if (kind, key) not in places:
        return None
    rest = listed[places.index((kind, key)) + 1 :]
    return rest[0] if rest else None


def missing(listed: Sequence[Page]) -> tuple[Page, ...]:
    """What must still be answered before the registration can be sent."""
    return tuple(page for page in listed if page.is_missing)


def adult_on(birth_on: date, least_age: int) -> date:
    """The birthday from which somebody has `least_age`; who was born on 29 February has it on 1 March."""
    year = birth_on.year + least_age
    try:
        return birth_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _has_skills(spec: RosterSpec, profile: str) -> bool:
    return any(profile in skill.profiles for skill in spec.skills)


def _state(kind: PageKind, is_answered: bool) -> PageState:
    if is_answered:
        return PageState.DONE
    return PageState.OPTIONAL if kind in _OPTIONAL else PageState.TO_DO

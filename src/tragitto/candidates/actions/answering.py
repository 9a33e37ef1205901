"""How the answers of each page of registering become rows; part of `beginning.save_page`."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions import describing
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.registering import Draft
from tragitto.candidates.rules import naming
from tragitto.candidates.rules.pages import adult_on
from tragitto.candidates.vocabulary import PageKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding

type Values = Mapping[str, object]
type Writer = Callable[[Draft, str, Values, Actor, datetime], None]

#: What hangs on a registration that may still be thrown away, in the order in which it can go.
ROWS = (
    "documents",
    "skills",
    "diplomas",
    "languages",
    "experiences",
    "profiles",
    "name_variants",
    "files",
    "consents",
    "notices",
)
#: What a keeper compares with a document.
_CONFIRMED = frozenset({PageKind.BIRTH, PageKind.LATIN_NAMES, PageKind.ARABIC_NAMES})
_NAMES = ("surnames", "given_names", "arabic_surnames", "arabic_given_names")


def refuse_confirmed(candidate: Candidate, kind: PageKind) -> None:
    """Raise `Blocked` for a page about who somebody is, once a keeper has compared it with a document."""
    if kind in _CONFIRMED and candidate.identity.confirmed_at:
        text = _("We have checked this with your document. If it has changed, add your new document first.")
        raise Blocked(Finding("identity_confirmed", text))


def _identity(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    identity = draft.candidate.identity
    for name, value in values.items():
        setattr(identity, name, value)
    identity.name_keys = naming.keys_of(*(getattr(identity, name) for name in _NAMES))
    identity.save(update_fields=[*values, "name_keys"])


def _birth(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    _identity(draft, key, values, actor, at)
    birth_on = values["birth_on"]
    assert isinstance(birth_on, date)
    draft.candidate.adult_on = adult_on(birth_on, draft.spec.least_age)
    draft.candidate.save(update_fields=["adult_on"])


def _language(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    draft.candidate.language = str(values["language"])
    draft.candidate.save(update_fields=["language"])


def _profiles(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    wanted = _several(values, "profiles")
    describing.offer_profiles(candidate=draft.candidate, profiles=wanted, actor=actor, at=at)


def _trade(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    years, words = values["years"], str(values["words"])
    assert isinstance(years, int)
    describing.tell_trade(
        candidate=draft.candidate, profile=key, years=years, words=words, actor=actor, at=at
    )


def _skills(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    chosen = _several(values, "skills")
    describing.say_skills(candidate=draft.candidate, profile=key, skills=chosen, actor=actor, at=at)


def _mastery(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    said = {skill: str(word) for skill, word in values.items()}
    describing.rate_skills(candidate=draft.candidate, mastery=said, actor=actor, at=at)


def _wishes(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    describing.prefer(candidate=draft.candidate, wishes=values, actor=actor, at=at)


def _about(draft: Draft, key: str, values: Values, actor: Actor, at: datetime) -> None:
    describing.tell_about(candidate=draft.candidate, about=str(values["about"]), actor=actor, at=at)


def _several(values: Values, place: str) -> list[str]:
    given = values[place]
    assert isinstance(given, list)
    return given


#: Pages about who somebody is: `beginning` writes down that they were saved, `describing` does for others.
WRITTEN_HERE: Mapping[PageKind, Writer] = {
    PageKind.LANGUAGE: _language,
    PageKind.BIRTH: _birth,
    PageKind.LATIN_NAMES: _identity,
    PageKind.ARABIC_NAMES: _identity,
    PageKind.STANDING: _identity,
    PageKind.CONTACTS: _identity,
    PageKind.HOME: _identity,
}
WRITERS: Mapping[PageKind, Writer] = {
    **WRITTEN_HERE,
    PageKind.PROFILES: _profiles,
    PageKind.TRADE: _trade,
    PageKind.SKILLS: _skills,
    PageKind.MASTERY: _mastery,
    PageKind.AVAILABLE: _wishes,
    PageKind.REGIONS: _wishes,
    PageKind.SHIFTS: _wishes,
    PageKind.HOUSING: _wishes,
    PageKind.ABOUT: _about,
}

"""Fills in a registration page by page, as the person would, for the stories of it."""

from datetime import date, datetime
from typing import Any

from tests.accounts.signing_in import make_person
from tests.candidates.making import NOON, make_passport
from tragitto.candidates.actions import beginning
from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import PageKind
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of

BORN = date(1998, 3, 14)
#: One right answer for every page that must be answered, but the notices and the document.
ANSWERS: dict[PageKind, dict[str, Any]] = {
    PageKind.LATIN_NAMES: {"surnames": "El Idrissi", "given_names": "Amina"},
    PageKind.STANDING: {"standing": "national", "nationality": ""},
    PageKind.CONTACTS: {"phone": "06 12 34 56 78", "email": ""},
    PageKind.HOME: {"town": "Fès", "country": "MAR"},
}


def account(name: str = "Amina", phone: str | None = None) -> Actor:
    """Somebody who has signed in at the portal, for nobody."""
    user = make_person(name)
    if phone:
        user.phone = phone
        user.save(update_fields=["phone"])
    return Actor(user.code, door="portal")


def begun(scheme: Scheme, actor: Actor, at: datetime = NOON) -> Candidate:
    """A registration that the actor has just begun."""
    return beginning.begin(scheme=scheme, language="fr", birth_on=BORN, actor=actor, at=at)


def saved(candidate: Candidate, kind: PageKind, actor: Actor, key: str = "", **answers: Any) -> Candidate:
    """The registration after a page of it was saved, as the page that was just opened."""
    revision = Candidate.objects.get(pk=candidate.pk).revision
    return beginning.save_page(
        candidate=candidate, page=(kind, key), answers=answers, revision=revision, actor=actor, at=NOON
    )


def filled(scheme: Scheme, actor: Actor) -> Candidate:
    """A registration in which nothing is lacking."""
    candidate = begun(scheme, actor)
    for kind, answers in ANSWERS.items():
        saved(candidate, kind, actor, **answers)
    first = scheme.profiles.order_by("position").values_list("code", flat=True)[0]
    saved(candidate, PageKind.PROFILES, actor, profiles=[first])
    see_notices(candidate, actor)
    make_passport(Candidate.objects.select_related("identity").get(pk=candidate.pk))
    return candidate


def see_notices(candidate: Candidate, actor: Actor) -> None:
    """Read the notice of every controller."""
    for notice in roster_of(candidate.scheme).notices_on(NOON.date()):
        beginning.see_notice(
            candidate=candidate, controller=notice.controller, language="fr", actor=actor, at=NOON
        )

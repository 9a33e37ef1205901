"""Makes a round of selection: a desk, firms with positions, people on the roster, and who acts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.test import Client

from tests.accounts.signing_in import grant_long_ago, make_organisation, make_person
from tests.candidates.making import AMINA, NOON, SENT_AT, STRANGER, make_candidate
from tests.employers.making import company
from tests.web.office.world import enter
from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.candidates.models import Candidate, CandidateSkill, Consent, LanguageLevel
from tragitto.candidates.vocabulary import CefrLevel, Mastery, Proof
from tragitto.cases.actions import open_case
from tragitto.employers.models import Employer, Expression, Position, Representation
from tragitto.employers.vocabulary import Capacity, Confirmed, Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.schemes.models import Call, Duty, Scheme
from tragitto.schemes.queries import selection_of
from tragitto.schemes.vocabulary import DutyKind
from tragitto.selection.models import Round, RoundPost

__all__ = ["AMINA", "NOON", "STRANGER"]

BODY = "training-body"
#: The desk: two officers and a reviewer of the training body; an officer of the coordinator; who watches.
TINA = Actor("U-TINA", BODY, frozenset({"officer"}), "office")
UGO = Actor("U-UGO", BODY, frozenset({"officer"}), "office")
RITA = Actor("U-RITA", BODY, frozenset({"reviewer"}), "office")
IRIS = Actor("U-IRIS", "iom-italy", frozenset({"officer"}), "office")
WATCHER = Actor("U-WALTER", "unioncamere-lombardia", frozenset({"officer"}), "office")
#: An officer of an organisation without a duty, and those who act for the first firm and for the second.
OUTSIDER = Actor("U-OTTO", "another-office", frozenset({"officer"}), "office")
BRUNO = Actor("U-BRUNO", door="portal")
BIANCA = Actor("U-BIANCA", door="portal")
HOUSE = Actor.system("test")
_DUTIES = (DutyKind.PROPOSES_CANDIDATES, DutyKind.ORGANISES_MEETINGS)
_numbers = count(1000)


@dataclass(frozen=True)
class Made:
    """A round with all that stands around it; `firms[j]` offers `posts[j]`."""

    round: Round
    posts: list[RoundPost]
    firms: list[Employer]
    candidates: list[Candidate]
    call: Call

    @property
    def scheme(self) -> Scheme:
        return self.round.scheme

    @property
    def amina(self) -> Candidate:
        """The first on the roster; her account is that of AMINA."""
        return self.candidates[0]


def make_desk(scheme: Scheme) -> None:
    """The training body proposes candidates and organises the meetings; no source names it."""
    body = make_organisation(BODY, OrganisationKind.TRAINER)
    for duty in _DUTIES:
        Duty.objects.get_or_create(scheme=scheme, region=None, duty=duty, organisation=body)


def make_round(
    posts: int = 3, candidates: int = 9, *, seats: int = 1, is_published: bool = True, at: datetime = NOON
) -> Made:
    """A round of the call of the office that `WATCHER` is of: every candidate suits every post.

    Needs the fixture `published`. Each post is of a firm of its own; Bruno acts for the first, Bianca for the
    second. Candidate k of `candidates` has more points the lower k is, and came earlier.
    """
    call = Call.objects.select_related("scheme", "region", "publisher").get(
        publisher__code=WATCHER.organisation
    )
    scheme = call.scheme
    make_desk(scheme)
    found = Round.objects.create(
        code=new_code("RD"),
        scheme=scheme,
        number=scheme.rounds.count() + 1,
        rules=selection_of(scheme),
        seed="5eed" * 16,
        drafted_at=at - timedelta(days=2),
        drafted_by=TINA.code,
        published_at=at - timedelta(days=1) if is_published else None,
        published_by=UGO.code if is_published else "",
    )
    opened = [make_position(call, seats=seats, at=at) for _number in range(posts)]
    firms = [each.expression.employer for each in opened]
    for actor, firm in zip((BRUNO, BIANCA), firms, strict=False):
        act_for(actor.code, firm, at=at)
    people = [make_person_on_roster(scheme, number, candidates) for number in range(candidates)]
    return Made(found, [make_post(found, each, at=at) for each in opened], firms, people, call)


def make_position(call: Call, *, seats: int | None = 1, at: datetime = NOON, **changes: Any) -> Position:
    """An open position of a new firm that was admitted under `call`, for the first profile of the scheme."""
    number = next(_numbers)
    firm = Employer.objects.create(
        code=new_code("B"), codice_fiscale=company(number), name=f"Firm {number} srl", known_since=at
    )
    expression = Expression.objects.create(
        code=new_code("E"),
        call=call,
        employer=firm,
        case=open_case(call=call, filed_at=at, actor=HOUSE, at=at),
    )
    facts: dict[str, Any] = {
        "profile": call.scheme.profiles.order_by("position").first(),
        "number": 1,
        "seats": seats,
        "opened_at": at - timedelta(days=3) + timedelta(minutes=number),
    }
    return Position.objects.create(code=new_code("J"), expression=expression, **facts | changes)


def make_post(round: Round, position: Position, *, at: datetime = NOON, **changes: Any) -> RoundPost:
    """The position in the round, stated by Tina: Italian A2, day work."""
    facts: dict[str, Any] = {
        "seats": position.seats or 1,
        "least_levels": {"it": "A2"},
        "shifts": ["day"],
        "stated_by": TINA.code,
        "stated_at": at - timedelta(days=1),
    }
    return RoundPost.objects.create(code=new_code("P"), round=round, position=position, **facts | changes)


def make_person_on_roster(scheme: Scheme, number: int = 0, of: int = 1, **changes: Any) -> Candidate:
    """A person on the roster who consents to be shown: Italian B1, welding, free, every region, day work.

    Number 0 is Amina, with her account; of `of` people the lower number has more years and came earlier.
    """
    facts: dict[str, Any] = {
        "account": AMINA.code if number == 0 and not _has_amina(scheme) else f"U-CAND{next(_numbers)}",
        "given_names": "AMINA" if number == 0 else f"PERSON {number}",
        "seniority_at": SENT_AT + timedelta(minutes=number),
        "available_from": date(2026, 12, 1),
        "regions": [each.code for each in scheme.regions.order_by("pk")],
        "shifts": ["day", "two_shifts"],
        "language": "ar",
    }
    person = make_candidate(scheme, **facts | changes)
    person.profiles.update(years=min(60, 3 + of - number))
    LanguageLevel.objects.create(candidate=person, tongue="it", level=CefrLevel.B1, proof=Proof.SAID)
    CandidateSkill.objects.create(candidate=person, skill="weld-111", mastery=Mastery.ALONE, proof=Proof.SAID)
    consent(person)
    return person


def _has_amina(scheme: Scheme) -> bool:
    return Candidate.objects.filter(scheme=scheme, account=AMINA.code).exists()


def consent(person: Candidate) -> Consent:
    """The person lets firms see the profile without the name."""
    return Consent.objects.create(
        candidate=person, code="show-anonymous-profile", roster_version=1, language="fr", given_at=NOON
    )


def act_for(account: str, firm: Employer, *, at: datetime = NOON) -> Representation:
    """The person of this account acts for the firm in everything, confirmed."""
    return Representation.objects.create(
        code=new_code("R"),
        employer=firm,
        account=account,
        capacity=Capacity.LEGAL_REPRESENTATIVE,
        powers=sorted(str(power) for power in Power),
        starts_on=at.date() - timedelta(days=400),
        declared_at=at,
        confirmed=Confirmed.IDENTITY,
        confirmed_by=account,
        confirmed_at=at,
    )


def signed_in(actor: Actor) -> Client:
    """A browser in which the person behind `actor` is signed in, with a second factor, reading English."""
    user = User.objects.filter(code=actor.code).first()
    if user is None:
        user = make_person(actor.code.removeprefix("U-").capitalize())
        User.objects.filter(pk=user.pk).update(code=actor.code)
        user.refresh_from_db()
        if actor.organisation:
            grant_long_ago(user, actor.roles, make_organisation(actor.organisation))
    return enter(Client(), user)

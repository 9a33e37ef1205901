"""Makes the roster of the shipped scheme, the people around it and persons on it, for the stories of it."""

from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from tragitto.accounts.models import Organisation
from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    Identity,
    IdentityDocument,
    Registration,
    StatusChange,
)
from tragitto.candidates.rules.naming import keys_of
from tragitto.candidates.vocabulary import ReadBy, Standing
from tragitto.kernel.actors import Actor
from tragitto.schemes.actions.rosters import load_roster
from tragitto.schemes.models import Profile, Region, Scheme
from tragitto.schemes.pack import Pack, read_pack
from tragitto.schemes.vocabulary import IdentityKind, RosterDutyKind, RosterStatus

SHIPPED = Path(__file__).parents[2] / "src" / "tragitto_packs" / "schemes"
#: The moment at which these stories happen, and those at which a person of theirs registered and came on it.
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
BEGAN_AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
SENT_AT = datetime(2026, 9, 1, 9, 30, tzinfo=UTC)
CHECKED_AT = datetime(2026, 9, 3, 14, 0, tzinfo=UTC)

#: Organisations by what they do with the roster; the last one does nothing with it.
KEEPER_ORGANISATION = "iom-italy"
REGISTRAR_ORGANISATION = "anapec"
OTHER_ORGANISATION = "another-partner"

#: The cast: officer and reviewer of a keeper, partner who registers people, two people on the roster.
CARLA = Actor("U-CARLA", KEEPER_ORGANISATION, frozenset({"officer"}), "office")
DARIO = Actor("U-DARIO", KEEPER_ORGANISATION, frozenset({"reviewer"}), "office")
ELIF = Actor("U-ELIF", REGISTRAR_ORGANISATION, frozenset({"partner"}), "portal")
OTHER_PARTNER = Actor("U-OTHER", OTHER_ORGANISATION, frozenset({"partner"}), "portal")
AMINA = Actor("U-AMINA", door="portal")
BRUNO = Actor("U-BRUNO", door="portal")
STRANGER = Actor.stranger()
KEEPER, REGISTRAR = CARLA, ELIF

_numbers = count(1)


@cache
def _pack() -> Pack:
    (folder,) = [path for path in SHIPPED.iterdir() if path.is_dir()]
    return read_pack(folder)


def make_scheme() -> Scheme:
    """The shipped scheme with its regions, profiles and roster; a second time the same one."""
    pack = _pack()
    if known := Scheme.objects.filter(code=pack.scheme.code, rosters__isnull=False).first():
        return known
    spec = pack.scheme
    scheme, _new = Scheme.objects.get_or_create(
        code=spec.code,
        defaults={
            "title": spec.title,
            "summary": spec.summary,
            "places": spec.places,
            "pack_hash": pack.digest,
            "content_hash": pack.digest,
            "loaded_at": BEGAN_AT,
        },
    )
    for region in spec.regions:
        facts = msgspec.to_builtins(region)
        Region.objects.get_or_create(scheme=scheme, code=facts.pop("code"), defaults=facts)
    for position, profile in enumerate(spec.profiles, start=1):
        facts = {**msgspec.to_builtins(profile), "position": position}
        Profile.objects.get_or_create(scheme=scheme, code=facts.pop("code"), defaults=facts)
    _organisations(pack)
    assert pack.roster is not None
    load_roster(spec=pack.roster, scheme=scheme, actor=Actor.system("cli"), at=BEGAN_AT)
    assert {KEEPER_ORGANISATION, REGISTRAR_ORGANISATION} <= set(
        scheme.roster_duties.values_list("organisation__code", flat=True)
    )
    return scheme


def _organisations(pack: Pack) -> None:
    for each in pack.scheme.organisations:
        Organisation.objects.get_or_create(code=each.code, defaults={"name": each.name, "kind": each.kind})
    Organisation.objects.get_or_create(
        code=OTHER_ORGANISATION, defaults={"name": "Another partner", "kind": "partner"}
    )


def registrar() -> Organisation:
    """The organisation that registers people."""
    return Organisation.objects.get(roster_duties__duty=RosterDutyKind.REGISTERS)


_CANDIDATE = {field.name for field in Candidate._meta.fields}
_IDENTITY = {field.name for field in Identity._meta.fields} - {"id", "candidate", "name_keys"}


def make_candidate(scheme: Scheme, **changes: Any) -> Candidate:
    """A person on the roster: ACTIVE, of age, with names in both scripts, phone, profile and passport.

    `changes` are fields of the registration or of the identity, and beside them `profiles` (codes, in the
    order of the wish), `registered_by` (the code of an organisation) and `passport` (fields of it, or None
    for nobody's). Nobody has signed in for the person unless `account` says who.
    """
    number = next(_numbers)
    profiles = changes.pop("profiles", None)
    registered_by, passport = changes.pop("registered_by", ""), changes.pop("passport", {})
    status = changes.get("status", RosterStatus.ACTIVE)
    is_sent = status != RosterStatus.REGISTERING
    named = {key: changes.pop(key) for key in list(changes) if key in _IDENTITY}
    assert changes.keys() <= _CANDIDATE, changes.keys() - _CANDIDATE
    birth = named.get("birth_on", date(1998, 3, 14))
    facts: dict[str, Any] = {
        "code": f"C-T{number:06d}",
        "language": "fr",
        "status": status,
        "status_at": CHECKED_AT if is_sent else BEGAN_AT,
        "reason": "identity-checked" if is_sent else "",
        "seniority_at": SENT_AT if is_sent else None,
        "started_at": BEGAN_AT,
        "sent_on": SENT_AT.date() if is_sent else None,
        "adult_on": birth and birth.replace(year=birth.year + 18),
    }
    candidate = Candidate.objects.create(scheme=scheme, **facts | changes)
    _identity(candidate, number, birth, named)
    if is_sent:
        _history(candidate)
    if passport is not None:
        make_passport(candidate, **passport)
    wanted = profiles if profiles is not None else [scheme.profiles.order_by("position").first().code]  # type: ignore[union-attr]
    for position, code in enumerate(wanted, start=1):
        profile = scheme.profiles.get(code=code)
        CandidateProfile.objects.create(candidate=candidate, profile=profile, position=position, years=3)
    if registered_by:
        Registration.objects.create(
            candidate=candidate,
            organisation=Organisation.objects.get(code=registered_by),
            reference=f"R-{number}",
            registered_at=BEGAN_AT,
            registered_by=ELIF.code,
        )
    return Candidate.objects.select_related("scheme", "identity").get(pk=candidate.pk)


def _identity(candidate: Candidate, number: int, birth: date | None, named: dict[str, Any]) -> None:
    facts: dict[str, Any] = {
        "surnames": "EL IDRISSI",
        "given_names": "AMINA",
        "arabic_surnames": "الإدريسي",
        "arabic_given_names": "أمينة",
        "birth_place": "FES",
        "nationality": "MAR",
        "standing": Standing.NATIONAL,
        "phone": f"+2126{number:08d}",
        "town": "Fès",
        **named,
        "birth_on": birth,
    }
    names = (facts[key] for key in ("surnames", "given_names", "arabic_surnames", "arabic_given_names"))
    Identity.objects.create(candidate=candidate, name_keys=keys_of(*names), **facts)


def _history(candidate: Candidate) -> None:
    sent_at = candidate.seniority_at or SENT_AT
    steps = [
        ("registering", "checking", "registration-sent", sent_at, "U-AMINA"),
        ("checking", candidate.status, candidate.reason, candidate.status_at, CARLA.code),
    ]
    if candidate.status == RosterStatus.CHECKING:
        steps.pop()
    for number, (before, after, reason, moment, who) in enumerate(steps, start=1):
        StatusChange.objects.create(
            candidate=candidate,
            number=number,
            before=before,
            after=after,
            reason=reason,
            roster_version=1,
            seniority_at=sent_at,
            actor=who,
            happened_at=moment,
        )


def make_passport(candidate: Candidate, **changes: Any) -> IdentityDocument:
    """A Moroccan passport that says of the person what their identity says, typed and not yet checked."""
    identity = candidate.identity
    facts: dict[str, Any] = {
        "code": f"ID-T{next(_numbers):06d}",
        "kind": IdentityKind.PASSPORT,
        "number": f"AB{candidate.pk % 10_000_000:07d}",
        "issuing_state": "MAR",
        "nationality": identity.nationality,
        "surnames": identity.surnames,
        "given_names": identity.given_names,
        "birth_on": identity.birth_on,
        "issued_on": date(2024, 5, 2),
        "expires_on": date(2029, 5, 2),
        "read_by": ReadBy.TYPED,
        "added_at": BEGAN_AT,
        "added_by": AMINA.code,
    }
    return IdentityDocument.objects.create(candidate=candidate, **facts | changes)

"""Questions about the roster as published."""

import msgspec
from django.db.models import QuerySet

from tragitto.accounts.models import Organisation
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Roster, RosterDuty, Scheme
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.vocabulary import RosterDutyKind

_read: dict[str, RosterSpec] = {}


def roster_of(scheme: Scheme | int) -> RosterSpec:
    """The newest version of the scheme's roster; raises `NotFound` where it has none. One query."""
    newest = Roster.objects.filter(scheme=scheme).order_by("-version").first()
    if newest is None:
        raise NotFound("roster")
    # A version never changes, so it is read once in the life of a process.
    if newest.content_hash not in _read:
        _read[newest.content_hash] = msgspec.convert(newest.content, RosterSpec)
    return _read[newest.content_hash]


def schemes_with_roster() -> QuerySet[Scheme]:
    """The schemes that keep a roster, by code."""
    return Scheme.objects.filter(rosters__isnull=False).distinct().order_by("code")


def scheme_with_roster(code: str) -> Scheme:
    """The scheme of this code, if it keeps a roster; raises `NotFound`. One query."""
    found = schemes_with_roster().filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def keepers_of(scheme: Scheme) -> QuerySet[Organisation]:
    """The organisations that keep the roster of `scheme`, by name. One query."""
    held = RosterDuty.objects.filter(scheme=scheme, duty=RosterDutyKind.KEEPS)
    return Organisation.objects.filter(roster_duties__in=held).order_by("name")


def roster_schemes(actor: Actor, duty: RosterDutyKind) -> QuerySet[Scheme]:
    """The schemes whose roster the actor's organisation keeps, or on which it registers people."""
    held = RosterDuty.objects.filter(organisation__code=actor.organisation, duty=duty)
    return Scheme.objects.filter(roster_duties__in=held).order_by("code")

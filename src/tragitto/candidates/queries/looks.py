"""Those who looked at somebody's file, in words for the person: the organisation, and what it does here."""

from collections.abc import Iterable
from dataclasses import dataclass

from tragitto.accounts.models import Organisation
from tragitto.schemes.models import RosterDuty, Scheme
from tragitto.schemes.vocabulary import RosterDutyKind


@dataclass(frozen=True)
class Looker:
    """An organisation by name; what it does with the roster, if anything."""

    name: str
    duty: RosterDutyKind | None


def lookers(scheme: Scheme, codes: Iterable[str]) -> dict[str, Looker]:
    """The organisations of these codes; who keeps the roster and registers too, keeps. Two queries."""
    wanted = set(codes)
    duties: dict[str, RosterDutyKind] = {}
    held = RosterDuty.objects.filter(scheme=scheme, organisation__code__in=wanted).order_by("-duty")
    for code, duty in held.values_list("organisation__code", "duty"):
        duties[code] = RosterDutyKind(duty)
    names = Organisation.objects.filter(code__in=wanted).order_by("code").values_list("code", "name")
    return {code: Looker(name, duties.get(code)) for code, name in names}

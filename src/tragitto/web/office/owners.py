"""Whose filings a call's are: what this office may count, and for which other office one could act to see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tragitto.accounts.models import Organisation
from tragitto.accounts.queries import Standing
from tragitto.cases.models import SEES_ALL
from tragitto.schemes import queries
from tragitto.schemes.models import Call, Duty


@dataclass(frozen=True)
class Sight:
    """Whether the actor's office sees the filings of a call, and which own offices do where it does not."""

    is_own: bool
    others: tuple[Organisation, ...] = ()


def sights(calls: Sequence[Call], standing: Standing) -> dict[int, Sight]:
    """What the person sees of each call, by its key. One query for each scheme."""
    schemes = {call.scheme_id: call.scheme for call in calls}
    duties = {pk: list(queries.duties(scheme)) for pk, scheme in schemes.items()}
    return {call.pk: _sight(_seeing(call, duties[call.scheme_id]), standing) for call in calls}


def _seeing(call: Call, duties: Iterable[Duty]) -> set[str]:
    here = [duty for duty in duties if duty.region_id in (None, call.region_id)]
    return {duty.organisation.code for duty in here if duty.organisation and duty.duty in SEES_ALL}


def _sight(seeing: set[str], standing: Standing) -> Sight:
    if standing.actor.organisation in seeing:
        return Sight(is_own=True)
    return Sight(is_own=False, others=tuple(one for one in standing.organisations if one.code in seeing))

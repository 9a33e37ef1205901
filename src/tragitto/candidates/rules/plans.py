"""What a row about somebody who is known would change, and what stays because somebody else said it. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

#: Units of which a row says all there are: one it named before and names no longer is taken away.
LISTS = ("profile", "skill", "tongue")


@dataclass(frozen=True)
class Difference:
    """A unit that the row says otherwise than it stands; taken, unless somebody else said what stands."""

    unit: str
    ours: Any
    theirs: Any
    is_taken: bool


@dataclass(frozen=True)
class Plan:
    """The differences of a row, in the order of its units."""

    differences: tuple[Difference, ...]

    @property
    def taken(self) -> dict[str, Any]:
        """The units to write, with their values; None for one that goes."""
        return {each.unit: each.theirs for each in self.differences if each.is_taken}


def plan(
    new: Mapping[str, Any],
    *,
    last: Mapping[str, Any],
    ours: Mapping[str, Any],
    locked: Collection[str] = (),
) -> Plan:
    """What `new` changes of `ours`, when `last` is what the same organisation said before.

    A unit is written over only while it stands as the organisation left it: what the person, a keeper or
    another organisation changed, added or took away stays, and so does what is `locked`. An empty unit and
    one that is missing are the same.
    """
    wanted = {**new, **dict.fromkeys(_left_out(new, last))}
    found = []
    for unit, theirs in wanted.items():
        stands, before = bare(ours.get(unit)), bare(last.get(unit))
        if bare(theirs) == stands:
            continue
        found.append(Difference(unit, stands, bare(theirs), unit not in locked and stands == before))
    return Plan(tuple(found))


def bare(value: Any) -> Any:
    """A value for comparing: nothing for what is empty, and without the code of the row that it became."""
    if isinstance(value, Mapping):
        return {key: item for key, item in value.items() if key != "code"}
    return None if value in ("", []) else value


def code_in(said: Any) -> str:
    """The code of the row that a unit became, as it is kept with the registration; "" for none."""
    return str(said.get("code", "")) if isinstance(said, Mapping) else ""


def _left_out(new: Mapping[str, Any], last: Mapping[str, Any]) -> list[str]:
    named = {_list_of(unit) for unit in new} - {""}
    return [unit for unit in last if _list_of(unit) in named and unit not in new]


def _list_of(unit: str) -> str:
    group = unit.partition(":")[0]
    return group if group in LISTS else ""

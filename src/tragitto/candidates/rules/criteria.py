"""What people are searched by on the roster: typed, closed, and without a word for who somebody is born as.

There is no criterion for sex, age, religion, origin, status of residence or family, so none can be asked,
saved or shared (d.lgs. 215/2003 and 216/2003, art. 3; d.lgs. 198/2006).
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from tragitto.candidates.vocabulary import CefrLevel, Mastery
from tragitto.schemes.vocabulary import RosterStatus

#: Stands for people whom nobody else registered, where a registrar's code stands for its people.
BY_THEMSELVES = "-"
#: The name of the language criterion begins so; the language follows.
LANGUAGE = "language_"


class Order(StrEnum):
    """In which order people are shown."""

    SENIORITY = "seniority"
    FIT = "fit"


class Identified(StrEnum):
    """Whether a keeper has compared the names with a document."""

    CONFIRMED = "confirmed"
    OPEN = "open"


class Criteria(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One search. Within a criterion any of its values will do, except skills, which all must be there.

    `name` = names in any spelling or script, or a code, a number, an address; `words` = words of a trade.
    `languages` = the least level by language; `skills` at least with `mastery`; `without` = lists on which
    people must not stand; `fit` is an order for words only, without them it is that of seniority.
    """

    name: str = ""
    words: str = ""
    status: tuple[RosterStatus, ...] = ()
    profile: tuple[str, ...] = ()
    skill: tuple[str, ...] = ()
    mastery: Mastery | None = None
    languages: dict[str, CefrLevel] = {}
    eqf: int = 0
    region: tuple[str, ...] = ()
    available_by: date | None = None
    registrar: tuple[str, ...] = ()
    identity: Identified | None = None
    expiring_by: date | None = None
    on_list: str = ""
    without: tuple[str, ...] = ()
    order: Order = Order.SENIORITY

    @property
    def by_fit(self) -> bool:
        """Whether people come in the order in which they fit the words."""
        return self.order == Order.FIT and bool(self.words)

    @property
    def is_empty(self) -> bool:
        """Whether everybody is meant."""
        return msgspec.structs.replace(self, order=Order.SENIORITY) == Criteria()


#: What may stand in an address beside the languages; everything else is refused.
NAMES = frozenset(Criteria.__struct_fields__) - {"languages"}


def pairs(criteria: Criteria) -> list[tuple[str, str]]:
    """`criteria` as the names and values of an address, in one order; what asks for nothing is left out."""
    return list(_pairs(criteria))


def _pairs(criteria: Criteria) -> Iterator[tuple[str, str]]:
    told: dict[str, object] = msgspec.to_builtins(criteria)
    for name, value in told.items():
        if isinstance(value, dict):
            yield from ((f"{LANGUAGE}{tongue}", level) for tongue, level in sorted(value.items()))
        elif isinstance(value, list | tuple):
            yield from ((name, str(each)) for each in value)
        elif value:
            yield name, str(value)


def as_data(criteria: Criteria) -> dict[str, object]:
    """`criteria` as JSON keeps them."""
    told: dict[str, object] = msgspec.to_builtins(criteria)
    return told


def of_data(data: object) -> Criteria:
    """The criteria kept as JSON; raises `ValueError` for what this version does not know."""
    return msgspec.convert(data, Criteria)

"""The fair clock: from the history of a registration, how long somebody waited, until when it lasts, and
since when their place counts. Pure; nothing else decides who loses a place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tragitto.schemes.vocabulary import RosterStatus as Status

#: Before these a registration begins, or begins anew: what was waited earlier does not count against it.
OUTSIDE = frozenset({"", Status.REGISTERING, Status.LAPSED, Status.WITHDRAWN, Status.NOT_ADMITTED})
#: Where waiting can be the person's own: they could be chosen, or chose not to be for a while. While an
#: office checks, and while a firm has them, they wait for others.
RUNNING = frozenset({Status.ACTIVE, Status.PAUSED})
#: Where a reason may take the place away: the person said no, or the house did.
PLACE_ENDS = frozenset({Status.WITHDRAWN, Status.NOT_ADMITTED})


@dataclass(frozen=True)
class Change:
    """One line of a history. `joined` = the place that another registration of the same person brings along,
    in the line of a merge; such a line leaves the status as it is.
    """

    before: str
    after: str
    clock_stops: bool
    keeps_place: bool
    happened_at: datetime
    joined: datetime | None = None


def runs(change: Change) -> bool:
    """Whether the clock runs after this change."""
    return change.after in RUNNING and not change.clock_stops


def place_after(held: datetime | None, change: Change) -> datetime | None:
    """The instant from which the place counts after `change`, if it counted from `held` before.

    It is lost by a reason that says so, to a status that ends the registration; and whoever comes back from
    a lapse for a reason that does not keep it takes a new one. Nothing else moves it to later.
    """
    if change.before == change.after:
        return earliest(held, change.joined)
    if change.after in PLACE_ENDS:
        return held if change.keeps_place else None
    if change.after == Status.MERGED:
        return held
    is_new = held is None or (change.before == Status.LAPSED and not change.keeps_place)
    return change.happened_at if is_new else held


def place(changes: Iterable[Change]) -> datetime | None:
    """The instant from which the place counts at the end of a whole history."""
    held = None
    for change in changes:
        held = place_after(held, change)
    return held


def waited(changes: Sequence[Change], at: datetime) -> timedelta:
    """How long somebody has waited on the roster until `at` since they last came in, every stop left out."""
    total, since = timedelta(0), None
    for change in changes:
        if since is not None:
            total += change.happened_at - since
        if change.before in OUTSIDE and change.before != change.after:
            total = timedelta(0)
        since = change.happened_at if runs(change) else None
    return total + (max(at - since, timedelta(0)) if since is not None else timedelta(0))


def ends_at(changes: Sequence[Change], waiting_days: int, at: datetime) -> datetime | None:
    """When a registration comes to its end if nothing changes after `at`; None while its clock stands."""
    if not changes or not runs(changes[-1]):
        return None
    return at + timedelta(days=waiting_days) - waited(changes, at)


def earliest(*instants: datetime | None) -> datetime | None:
    """The first of those that are known."""
    return min((each for each in instants if each is not None), default=None)

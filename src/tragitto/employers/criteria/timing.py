"""The judge of the deadline."""

from typing import Any
from zoneinfo import ZoneInfo

from tragitto.employers.rules import Evidence, FilingFacts, Frame, Judged
from tragitto.employers.vocabulary import State
from tragitto.kernel.registries import NoParameters
from tragitto.schemes.registries import CRITERIA
from tragitto.schemes.rules import window_at

#: The judge that says whether a version counts for place and review.
TIMELINESS = "in_time"


@CRITERIA.register(TIMELINESS)
def in_time(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """The instant the call counts lies in a window, to the second (Cons. Stato VI, 8546/2024)."""
    if facts.instant is None:
        return Judged(State.UNKNOWN, "no_instant")
    local = facts.instant.astimezone(ZoneInfo(frame.zone))
    looked = (Evidence(value=local.isoformat()),)
    if not facts.is_addressed:
        return Judged(State.UNKNOWN, "addressed_elsewhere", {"instant": local.isoformat()}, looked)
    values: dict[str, Any] = {"instant": local.isoformat(), "kind": str(facts.instant_kind)}
    if window := window_at(frame.openings, facts.instant):
        return Judged(State.MET, "filed_in_time", {**values, "window": window.number}, looked)
    over = [opening for opening in frame.openings if opening.closes_at <= facts.instant]
    if not over:
        return Judged(State.UNMET, "filed_too_early", values, looked)
    closed = max(opening.closes_at for opening in over).astimezone(ZoneInfo(frame.zone))
    if len(over) < len(frame.openings):
        return Judged(State.UNMET, "filed_between_windows", {**values, "closed": closed.isoformat()}, looked)
    return Judged(State.UNMET, "filed_too_late", {**values, "closed": closed.isoformat()}, looked)

"""The judge of the deadline."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tragitto.employers.rules import Evidence, FilingFacts, Frame, Judged
from tragitto.employers.vocabulary import State
from tragitto.kernel.registries import NoParameters
from tragitto.schemes.registries import CRITERIA
from tragitto.schemes.rules import window_at

#: The judge that says whether a version counts for place and review.
TIMELINESS = "in_time"
#: What an answer to the office is, by what holds of the filing that it completes.
_ASKED_FOR = {State.MET: "asked_for_in_time", State.UNKNOWN: "asked_for_of_unknown_time"}


@CRITERIA.register(TIMELINESS)
def in_time(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """The instant the call counts lies in a window, to the second (Cons. Stato VI, 8546/2024).

    What the office asked for (art. 6(1)(b) L. 241/1990) is in time until the last second of that term, where
    it completes something filed in time. What two people admitted as an exception is in time by their act.
    """
    if facts.instant is None:
        return Judged(State.UNKNOWN, "no_instant")
    at, zone = facts.instant, ZoneInfo(frame.zone)
    looked = (Evidence(value=_local(at, zone)),)
    values: dict[str, Any] = {"instant": _local(at, zone), "kind": str(facts.instant_kind)}
    if not facts.is_addressed:
        return Judged(State.UNKNOWN, "addressed_elsewhere", {"instant": values["instant"]}, looked)
    if window := window_at(frame.openings, at):
        return Judged(State.MET, "filed_in_time", {**values, "window": window.number}, looked)
    if facts.asked_until and facts.answers_in_time and frame.begun in _ASKED_FOR:
        until = {"until": _local(facts.asked_until, zone)}
        return Judged(frame.begun, _ASKED_FOR[frame.begun], {**values, **until}, looked)
    late = _out_of_time(at, frame, values, looked)
    if frame.admitted_for:
        parameters = {**late.parameters, "ground": frame.admitted_for}
        return Judged(State.MET, "admitted_late", parameters, looked)
    return late


def _out_of_time(at: datetime, frame: Frame, values: dict[str, Any], looked: tuple[Evidence, ...]) -> Judged:
    over = [opening.closes_at for opening in frame.openings if opening.closes_at <= at]
    if not over:
        return Judged(State.UNMET, "filed_too_early", values, looked)
    why = "filed_between_windows" if len(over) < len(frame.openings) else "filed_too_late"
    closed = _local(max(over), ZoneInfo(frame.zone))
    return Judged(State.UNMET, why, {**values, "closed": closed}, looked)


def _local(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()

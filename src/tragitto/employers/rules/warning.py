"""When the holder of an unsent draft is to be told that it is no filing, and that time runs out or has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tragitto.employers.vocabulary import WarningKind
from tragitto.schemes.rules import Opening


@dataclass(frozen=True, order=True)
class Warned:
    """One occasion to warn: before a closing by so many hours, or after it."""

    window: int
    kind: WarningKind
    hours: int
    closes_at: datetime


def due_warning(
    openings: Iterable[Opening], *, started_at: datetime, at: datetime, hours: Iterable[int]
) -> Warned | None:
    """The occasion that `at` falls under for a draft begun at `started_at`, or None.

    Before a closing it is the nearest of the call's `hours`: who begins late is not told twice. After the
    last closing that a draft was begun before, that it was not sent. A draft begun after every closing was
    never in time, and is told nothing.
    """
    ordered = sorted(openings, key=lambda window: window.closes_at)
    running = next((window for window in ordered if at < window.closes_at), None)
    if running and (running.opens_at is None or running.opens_at <= at):
        near = [each for each in hours if running.closes_at - timedelta(hours=each) <= at]
        if not near:
            return None
        return Warned(running.number, WarningKind.BEFORE_CLOSING, min(near), running.closes_at)
    missed = [window for window in ordered if started_at < window.closes_at <= at]
    if not missed:
        return None
    return Warned(missed[-1].number, WarningKind.AFTER_CLOSING, 0, missed[-1].closes_at)

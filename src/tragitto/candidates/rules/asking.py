"""When a person is asked whether they are still interested, and what follows when they do not answer. Pure.

Nobody lapses for silence who was not asked, whose message did not leave, or who had fewer days to answer than
the roster grants.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tragitto.schemes.pack import ValiditySpec
from tragitto.schemes.vocabulary import RosterStatus


class Act(StrEnum):
    """What the morning does about a registration."""

    ASK = "ask"
    LAPSE = "lapse"
    END = "end"


@dataclass(frozen=True)
class Asked:
    """The open question: since which day it counts as asked, how many messages were written for it, and
    whether the newest of them has not left.
    """

    due_on: date
    asked_on: date
    told: int = 0
    has_failed: bool = False


def points(validity: ValiditySpec) -> tuple[int, ...]:
    """Days before the term at which a message leaves, the earliest first; after it they are negative.

    Beside those of the roster: on the day itself, and when half the days of grace are over.
    """
    return tuple(sorted({*validity.remind_before, 0, -(validity.grace_days // 2)}, reverse=True))


def passed(due_on: date, validity: ValiditySpec, on: date) -> int:
    """How many messages should have left by this day."""
    return sum(due_on - timedelta(days=point) <= on for point in points(validity))


def last_day(asked: Asked, validity: ValiditySpec) -> date:
    """The last day on which an answer is in time; never sooner than the days of grace after the question."""
    return max(asked.due_on, asked.asked_on) + timedelta(days=validity.grace_days)


def act(
    status: str,
    *,
    valid_until: date | None,
    confirm_by: date | None,
    asked: Asked | None,
    validity: ValiditySpec,
    on: date,
) -> Act | None:
    """What is to be done on this day about somebody who stands there; None for nothing."""
    if valid_until is not None and valid_until < on:
        return Act.END
    if status != RosterStatus.ACTIVE or confirm_by is None:
        return None
    wanted = passed(confirm_by, validity, on)
    if asked is None or asked.told == 0:
        return Act.ASK if wanted else None
    if on > last_day(asked, validity):
        return Act.ASK if asked.has_failed else Act.LAPSE
    return Act.ASK if wanted > asked.told else None

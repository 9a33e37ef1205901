"""The terms of an offer as a firm states them, and what is wrong with them. Pure."""

from dataclasses import dataclass
from datetime import date

#: Terms that every offer states in words.
_WORDS = ("contract", "agreement", "level", "place")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is offered: pay gross a year in euro cents, hours a week in tenths; `agreement` = the national
    collective agreement that applies, `level` = the level in it.
    """

    contract: str
    agreement: str
    level: str
    pay_cents: int
    hours_tenths: int
    trial_days: int = 0
    place: str
    starts_on: date | None = None
    housing: str = ""
    words: str = ""


def wrong(terms: Terms, *, on: date) -> list[str]:
    """The names of the terms that cannot be: empty, no money, no hours, a beginning that is past."""
    found = [name for name in _WORDS if not getattr(terms, name).strip()]
    found += [name for name in ("pay_cents", "hours_tenths") if getattr(terms, name) < 1]
    if terms.hours_tenths > _WEEK:
        found.append("hours_tenths")
    if terms.trial_days < 0:
        found.append("trial_days")
    if terms.starts_on is not None and terms.starts_on <= on:
        found.append("starts_on")
    return found


#: The hours that a week has, in tenths: more is a slip of the pen.
_WEEK = 7 * 24 * 10

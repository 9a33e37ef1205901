"""The selection's part of the story as typed data: who runs a round, and what comes of it."""

from datetime import date, datetime
from functools import cache
from importlib.resources import files

import msgspec


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody who signs in at `address` says yes or no to a firm (by codice fiscale)."""

    address: str
    language: str
    employer: str
    answer: str
    at: datetime


class SelectionStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A round: begun by one, published by another, its shortlists proposed, taken up and shown,
    and both sides asked when they can meet."""

    desk: str
    clerk: str
    publisher: str
    drafted_at: datetime
    stated_at: datetime
    published_at: datetime
    proposed_at: datetime
    shown_at: datetime
    day: date
    link: str
    opened_at: datetime
    answers: tuple[Answered, ...] = ()


@cache
def told() -> SelectionStory:
    """The story of `selection.toml`."""
    read = files("tragitto.demo").joinpath("selection.toml").read_bytes()
    return msgspec.toml.decode(read, type=SelectionStory)

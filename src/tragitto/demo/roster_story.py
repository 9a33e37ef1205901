"""The roster's part of the story as typed data: who registers, who checks, what comes of it."""

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from tragitto.candidates.rules.criteria import Criteria
from tragitto.candidates.vocabulary import CefrLevel, PageKind
from tragitto.kernel.declarations import Basis
from tragitto.schemes.vocabulary import IdentityKind


class _Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the story; an unknown word in it is a mistake."""


class Names(_Told, frozen=True):
    """Of which names and towns people are made up: Latin letters, then Arabic."""

    families: tuple[tuple[str, str], ...]
    first: tuple[tuple[str, str], ...]
    towns: tuple[str, ...]


class Trade(_Told, frozen=True):
    """What somebody of a profile has learned, and does; `diploma` = its title and its level."""

    profile: str
    role: str
    skills: tuple[str, ...]
    diploma: tuple[str, str]


class SentList(_Told, frozen=True):
    """A list of the registrar that was entered; `changes` by reference, of columns."""

    name: str
    at: datetime
    people: int
    changes: dict[str, dict[str, str]] = {}


class TriedRow(_Told, frozen=True):
    """A row about the made-up person of this number, and what it says otherwise."""

    person: int
    says: dict[str, str] = {}


class TriedList(_Told, frozen=True):
    """A list that was tried and not entered."""

    name: str
    at: datetime
    rows: tuple[TriedRow, ...]


class Check(_Told, frozen=True):
    """A morning on which papers were compared and people admitted."""

    at: datetime
    people: tuple[str, ...]


class TakenOver(_Told, frozen=True):
    """People whom others registered sign in with a code, and give consents."""

    at: datetime
    people: tuple[str, ...]
    language: str
    consents: tuple[str, ...]


class Turn(_Told, frozen=True):
    """People moved for a typed reason; by themselves where nobody else is named."""

    people: tuple[str, ...]
    reason: str
    at: datetime
    by: str = ""
    note: str = ""


class Confirmed(_Told, frozen=True):
    """People who told somebody of the office that they are still interested."""

    people: tuple[str, ...]
    by: str
    at: datetime


class Paper(_Told, frozen=True):
    """An identity document."""

    kind: IdentityKind
    number: str
    issued_on: date
    expires_on: date
    personal_number: str = ""
    has_photo: bool = False


class Answers(_Told, frozen=True):
    """The answers of one page of registering."""

    kind: PageKind
    says: dict[str, Any]
    key: str = ""


class Job(_Told, frozen=True, rename={"begins_on": "from", "ends_on": "to"}):
    """Work done somewhere."""

    role: str
    employer: str
    profile: str
    begins_on: date
    ends_on: date | None = None


class Diploma(_Told, frozen=True):
    """A diploma and its level on the roster."""

    title: str
    level: str
    institution: str
    year: int


class Tongue(_Told, frozen=True):
    """A language, and the certificate where there is one."""

    tongue: str
    level: CefrLevel
    certificate: str = ""


class Tidied(_Told, frozen=True):
    """The office's text beside what the person wrote about a profile."""

    profile: str
    text: str


class Own(_Told, frozen=True):
    """Somebody who registers on their own telephone, having signed in with a code sent to `address`.

    `said` = as whom the demonstration offers them for signing in. `printed` = what their document says
    otherwise than they typed. One that is not sent stays with them.
    """

    key: str
    address: str
    language: str
    begun_at: datetime
    birth_on: date
    pages: tuple[Answers, ...]
    said: str = ""
    sent_at: datetime | None = None
    paper: Paper | None = None
    printed: dict[str, str] = {}
    consents: tuple[str, ...] = ()
    work: tuple[Job, ...] = ()
    studies: tuple[Diploma, ...] = ()
    tongues: tuple[Tongue, ...] = ()
    tidied: Tidied | None = None

    @property
    def identity(self) -> dict[str, str]:
        """Surnames and given names as the person typed them."""
        (names,) = (page.says for page in self.pages if page.kind is PageKind.LATIN_NAMES)
        return names

    @property
    def name(self) -> str:
        """What somebody is called, as others would write it."""
        return f"{self.identity['given_names']} {self.identity['surnames']}".title()


class Invited(_Told, frozen=True):
    """An invitation to meet an employer (by codice fiscale), what the employer looked at, and the answer."""

    person: str
    call: str
    employer: str
    by: str
    at: datetime
    due_on: date
    seen_by: str
    seen_at: datetime
    accepted_at: datetime | None = None


class WorkingList(_Told, frozen=True):
    """A list of the desk, and who stands on it."""

    name: str
    at: datetime
    people: tuple[str, ...]
    note: str


class Search(_Told, frozen=True):
    """A search that the desk has saved."""

    name: str
    at: datetime
    criteria: Criteria


class NamesFor(_Told, frozen=True):
    """A list of names drawn up for an employer, which nobody has released yet."""

    call: str
    employer: str
    by: str
    at: datetime
    people: tuple[str, ...]
    columns: tuple[str, ...]
    basis: Basis
    citation: str


class RosterStory(_Told, frozen=True):
    """The whole of it."""

    registrar: str
    clerk: str
    checker: str
    mornings: tuple[datetime, ...]
    regions: tuple[str, ...]
    names: Names
    trades: tuple[Trade, ...]
    lists: tuple[SentList, ...]
    tried: TriedList
    checks: tuple[Check, ...]
    taken_over: tuple[TakenOver, ...]
    turns: tuple[Turn, ...]
    confirmed: tuple[Confirmed, ...]
    own: tuple[Own, ...]
    invitations: tuple[Invited, ...]
    working_list: WorkingList
    search: Search
    names_for: NamesFor


@cache
def told() -> RosterStory:
    """The story of `roster.toml`."""
    return msgspec.toml.decode(files("tragitto.demo").joinpath("roster.toml").read_bytes(), type=RosterStory)

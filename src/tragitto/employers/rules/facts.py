"""A filing as frozen facts, the call as the frame it is judged in, and the answer of a judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tragitto.employers.rules.signing import Signatures
from tragitto.employers.vocabulary import InstantKind, State
from tragitto.schemes.rules import Opening

#: The last second of a term is in time, the whole of it.
LAST_SECOND = timedelta(seconds=1)
#: Words of the reader for pages of which nobody knows what they show (`tragitto_pec.forms`).
UNSEEN = frozenset({"unseen", "xfa"})


class ReadForm(msgspec.Struct, frozen=True):
    """A form of the call that came with the message, as its fields were read.

    `facts` is nested by the words of the call; `fields` says which field of the form holds which fact;
    `missing`, `unreadable` and `appearance` name fields: those of the last show something else than they
    hold. `signatures` is None in facts frozen before signatures were read. `is_transcribed`: a person
    confirmed what stands on a printed page; whether there is ink where one signs is `is_signed_by_hand`.
    """

    code: str
    role: str
    attachment: str
    facts: dict[str, Any]
    fields: dict[str, str] = {}
    missing: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    signatures: Signatures | None = None
    appearance: dict[str, str] = {}
    flags: tuple[str, ...] = ()
    is_transcribed: bool = False
    is_signed_by_hand: bool | None = None
    has_other_pages: bool = False

    @property
    def is_unseen(self) -> bool:
        """Whether nobody knows what its pages show: neither a person nor the reader has looked."""
        return not self.is_transcribed and not UNSEEN.isdisjoint(self.flags)

    def seen_otherwise(self, field: str = "") -> tuple[str, ...]:
        """The places that show something else than they hold; with `field`, those of its rows alone."""
        names = () if self.is_transcribed else self.appearance
        return tuple(name for name in names if not field or name == field or _is_row(name, field))

    def not_read(self, field: str) -> tuple[str, ...]:
        """The places of this field, its rows included, where something stands that could not be read."""
        return tuple(name for name in self.unreadable if name == field or _is_row(name, field))

    def value(self, fact: str) -> Any:
        """What the form says of `fact` ("signatory.role"); None when it says nothing."""
        here: Any = self.facts
        for word in fact.split("."):
            if not isinstance(here, Mapping):
                return None
            here = here.get(word)
        return here

    def rows(self, group: str) -> list[dict[str, Any]]:
        """The rows of a repeated group ("units"), in their order."""
        rows = self.facts.get(group)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


class Paper(msgspec.Struct, frozen=True):
    """A file that came with the message; `form` is the code of the call's form it was read as, if any.

    `format` is what its first bytes say (`tragitto_pec.formats`); `is_accounted_for`: what
    lay in it are papers too, or it is but the signature of another one. `kind` is what the sender says it
    is, asked on line alone.
    """

    attachment: str
    sha256: str
    media_type: str = ""
    form: str = ""
    format: str = ""
    signatures: Signatures | None = None
    is_accounted_for: bool = False
    kind: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether it bears any electronic signature."""
        return self.signatures is not None and self.signatures.is_signed


class Identified(msgspec.Struct, frozen=True):
    """A person who sent a filing on line, or signed it with who did, known by digital identity.

    `means` is what they signed in with, `account` with which account; `at` when they sent or signed
    (CAD, art. 65(1)(b)).
    """

    codice_fiscale: str
    means: str
    account: str = ""
    at: datetime | None = None


class FilingFacts(msgspec.Struct, frozen=True):
    """One message as a filing: what it proves, what was read, what could not be read.

    `is_addressed` says whether the call's mailbox is among the addressees the message proves, or it was sent
    on line, under the call itself: then `identified` names those known by digital identity.
    `asked_until`: the office had asked for it, and its term ends with that second.
    """

    instant: datetime | None = None
    instant_kind: InstantKind = InstantKind.NONE
    identifier: str = ""
    forms: tuple[ReadForm, ...] = ()
    papers: tuple[Paper, ...] = ()
    is_addressed: bool = True
    asked_until: datetime | None = None
    is_online: bool = False
    identified: tuple[Identified, ...] = ()

    @property
    def is_answer(self) -> bool:
        """Whether the office had asked for it before it was sent, and no window was open."""
        return self.asked_until is not None

    @property
    def answers_in_time(self) -> bool:
        """Whether it is the answer to a request of the office, within its term."""
        if self.asked_until is None or self.instant is None:
            return False
        return self.instant < self.asked_until + LAST_SECOND

    @property
    def main(self) -> ReadForm | None:
        """The main form, when it could be read."""
        return next((form for form in self.forms if form.role == "main"), None)

    @property
    def delegation(self) -> ReadForm | None:
        """The form of the delegation, when it could be read."""
        return next((form for form in self.forms if form.role == "delegation"), None)

    def form(self, code: str) -> ReadForm | None:
        """The form of this code, when it came and could be read."""
        return next((form for form in self.forms if form.code == code), None)

    @property
    def unread(self) -> tuple[Paper, ...]:
        """The files of which nothing could be read as a form of the call."""
        return tuple(paper for paper in self.papers if not paper.form and not paper.is_accounted_for)

    @property
    def may_hold_copy(self) -> bool:
        """Whether something came that could be the copy of an identity document."""
        return bool(self.unread) or any(form.has_other_pages for form in self.forms)


@dataclass(frozen=True)
class Frame:
    """What of a call the judges look at: windows as they now hold, region, profiles, main form.

    Of the expression: `begun` is what holds of the time of the filing that an answer completes;
    `admitted_for` is why two people have admitted this message though it is late.
    """

    zone: str
    openings: tuple[Opening, ...] = ()
    region: str = ""
    provinces: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    main_form: str = ""
    begun: State = State.UNMET
    admitted_for: str = ""


@dataclass(frozen=True)
class Evidence:
    """Where a judge looked: a field of a form in a file, or an instant."""

    form: str = ""
    field: str = ""
    attachment: str = ""
    value: str = ""

    def as_json(self) -> dict[str, str]:
        """The evidence as plain values, without what is empty."""
        pairs = {name: getattr(self, name) for name in ("form", "field", "attachment", "value")}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True)
class Judged:
    """The answer of a judge: a state, a sentence by its code with what fills it, and where it looked."""

    state: State
    explanation: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


def _is_row(name: str, field: str) -> bool:
    stem, _, row = name.rpartition("_")
    return stem == field and row.isdigit()

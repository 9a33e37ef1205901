"""A filing as frozen facts, the call as the frame it is judged in, and the answer of a judge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from tragitto.employers.vocabulary import InstantKind, State
from tragitto.schemes.rules import Opening


class ReadForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form of the call that came with the message, as its fields were read.

    `facts` is nested by the words of the call; `fields` says which field of the form holds which fact;
    `missing` and `unreadable` name fields.
    """

    code: str
    role: str
    attachment: str
    facts: dict[str, Any]
    fields: dict[str, str] = {}
    missing: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()

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


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that came with the message; `form` is the code of the call's form it was read as, if any."""

    attachment: str
    sha256: str
    media_type: str = ""
    form: str = ""


class FilingFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message as a filing: what it proves, what was read, what could not be read.

    `is_addressed` says whether the call's mailbox is among the addressees the message proves.
    """

    instant: datetime | None = None
    instant_kind: InstantKind = InstantKind.NONE
    identifier: str = ""
    forms: tuple[ReadForm, ...] = ()
    papers: tuple[Paper, ...] = ()
    is_addressed: bool = True

    @property
    def main(self) -> ReadForm | None:
        """The main form, when it could be read."""
        return next((form for form in self.forms if form.role == "main"), None)

    def form(self, code: str) -> ReadForm | None:
        """The form of this code, when it came and could be read."""
        return next((form for form in self.forms if form.code == code), None)

    @property
    def unread(self) -> tuple[Paper, ...]:
        """The files of which nothing could be read as a form of the call."""
        return tuple(paper for paper in self.papers if not paper.form)


@dataclass(frozen=True)
class Frame:
    """What of a call the judges look at: windows as they now hold, region, profiles, main form."""

    zone: str
    openings: tuple[Opening, ...] = ()
    region: str = ""
    provinces: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    main_form: str = ""


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

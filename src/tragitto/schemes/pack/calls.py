"""The shapes of a call: windows, criteria, purposes, privacy notice, gaps, choices."""

from datetime import date, time
from typing import Any

from tragitto.schemes.pack.arrangements import EnquirySpec, FilingSpec, HandOverSpec, ReviewSpec
from tragitto.schemes.pack.base import Spec, Texts
from tragitto.schemes.vocabulary import (
    CheckKind,
    CountedInstant,
    Disclosure,
    Failing,
    PlaceRule,
    Relation,
    Section,
    Topic,
)


class WindowSpec(Spec, frozen=True, kw_only=True):
    """When filings are taken: the last second of the last day is still in."""

    number: int
    last_day: date
    last_time: time = time(23, 59, 59)
    opens_on: date | None = None


class CriterionSpec(Spec, frozen=True, kw_only=True):
    """A judge by its registered name, and what failing it means in this call."""

    code: str
    judge: str
    failing: Failing
    title: Texts
    citation: str
    parameters: dict[str, Any] = {}


class PurposeSpec(Spec, frozen=True, kw_only=True):
    """What the call is for, in one line, and which topics that covers."""

    code: str
    text: str
    topics: tuple[Topic, ...]


class DateSpec(Spec, frozen=True, kw_only=True):
    """A period the call announces: meetings, training, arrival."""

    topic: Topic
    starts_on: date
    source: str
    ends_on: date | None = None


class PrivacyPurposeSpec(Spec, frozen=True, kw_only=True):
    """A purpose of the privacy notice as written; ``serves`` = the declared purpose it belongs to."""

    as_written: str
    title: Texts
    basis: str
    serves: str = ""


class PrivacySpec(Spec, frozen=True, kw_only=True):
    """The notice of art. 13 GDPR as data."""

    controller: str
    dpo: str = ""
    purposes: tuple[PrivacyPurposeSpec, ...] = ()
    processors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    retention: str = ""
    transfers: str = ""


class GapSpec(Spec, frozen=True, kw_only=True):
    """Something the sources do not say, where they were searched, and what a rehearsal puts there."""

    path: str
    what: Texts
    source: str
    stand_in: Any = None


class ChoiceSpec(Spec, frozen=True, kw_only=True):
    """A decision about a warning or a contradiction."""

    about: str
    text: str
    reason: str
    made_by: str
    made_on: date


class RelatedSpec(Spec, frozen=True, kw_only=True):
    """Another call of ours (`call`, its code) or something elsewhere (`address`) that belongs to this one."""

    relation: Relation
    title: Texts
    call: str = ""
    address: str = ""


class CallSpec(Spec, frozen=True, kw_only=True):
    """A call of the scheme; what is unknown is left out and named in ``gaps``."""

    code: str
    region: str
    publisher: str
    journey: str
    title: Texts
    summary: Texts
    zone: str
    counted_instant: CountedInstant
    place_rule: PlaceRule
    disclosure: Disclosure
    review_term: str
    four_eyes: bool
    act: str = ""
    act_on: date | None = None
    proposer: str = ""
    checks: tuple[CheckKind, ...] = ()
    filing: FilingSpec = FilingSpec()
    review: ReviewSpec = ReviewSpec()
    hand_over: tuple[HandOverSpec, ...] = ()
    enquiries: EnquirySpec | None = None
    related: tuple[RelatedSpec, ...] = ()
    mailbox: str = ""
    help_address: str = ""
    notice: str = ""
    windows: tuple[WindowSpec, ...] = ()
    forms: tuple[str, ...] = ()
    criteria: tuple[CriterionSpec, ...] = ()
    purposes: tuple[PurposeSpec, ...] = ()
    calendar: tuple[DateSpec, ...] = ()
    privacy: PrivacySpec | None = None
    texts: dict[Section, Texts] = {}
    gaps: tuple[GapSpec, ...] = ()
    choices: tuple[ChoiceSpec, ...] = ()

    def leaves_open(self, name: str) -> bool:
        """Whether a gap says that something of `name` is unknown."""
        return any(gap.path.split(".")[0] == name for gap in self.gaps)


class Paragraph(Spec, frozen=True, kw_only=True):
    """A numbered paragraph of a notice, in the language of the act."""

    number: str
    title: str
    text: str

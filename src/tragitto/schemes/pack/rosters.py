"""The shapes of a roster: who keeps it, what it promises and asks, how long it lasts, what people can do."""

from datetime import date

from tragitto.schemes.pack.base import Spec, Texts
from tragitto.schemes.pack.schemes import OrganisationSpec
from tragitto.schemes.vocabulary import (
    Confidence,
    ConsentEffect,
    IdentityKind,
    ReasonGiver,
    ReasonUse,
    RosterDutyKind,
    RosterStatus,
    SkillGroup,
    SkillScale,
)


class RosterDutySpec(Spec, frozen=True, kw_only=True):
    """What an organisation does with the roster: keeps it, or registers people of its own on it."""

    duty: RosterDutyKind
    organisation: str
    source: str


class NoticeSpec(Spec, frozen=True, kw_only=True):
    """The privacy notice of one controller, in force from a day until its next version; in paragraphs."""

    controller: str
    version: int
    valid_from: date
    title: Texts
    text: Texts
    contact: str
    source: str


class ConsentSpec(Spec, frozen=True, kw_only=True):
    """One consent asked apart from everything else; without it all but its `effect` goes on."""

    code: str
    title: Texts
    text: Texts
    effect: ConsentEffect
    controller: str


class IdentityRuleSpec(Spec, frozen=True, kw_only=True):
    """A kind of identity document that is taken, and how it looks.

    `sides` = how many photos; `states` = the codes of the issuing states (ISO 3166-1 alpha-3 or the codes of
    ICAO Doc 9303 part 3, section 5), empty for any; `warn_days` = days before it expires at which is warned.
    """

    kind: IdentityKind
    title: Texts
    sides: int = 1
    states: tuple[str, ...] = ()
    has_mrz: bool = True
    warn_days: tuple[int, ...] = ()


class ValiditySpec(Spec, frozen=True, kw_only=True):
    """The clock of a registration, in days.

    `waiting_days`: days of waiting, pauses left out, after which it ends; `confirm_days`: between two
    confirmations of interest; `remind_before`: days before the confirmation is due; `grace_days`: after it,
    until the registration lapses; `return_days`: after lapsing, within which the person comes back to their
    place. `source` says where the figures come from.
    """

    waiting_days: int
    confirm_days: int
    remind_before: tuple[int, ...]
    grace_days: int
    return_days: int
    source: str


class KeepingSpec(Spec, frozen=True, kw_only=True):
    """How many days what is only passing is kept.

    `draft_days`: a registration that was never sent, after it was begun. `batch_days`: the rows of a
    batch, after it came in or was applied. `export_days`: the file of an export. `telling_days`: for how long
    it is tried to tell people that others registered them (art. 14(3)(a) GDPR: one month).
    """

    draft_days: int
    batch_days: int
    export_days: int
    telling_days: int
    source: str


class ReasonSpec(Spec, frozen=True, kw_only=True):
    """A typed reason for a status: who may give it, to what it leads, what it does to the clock.

    `stops_clock`: the wait is not the person's fault (or choice) and does not count; `keeps_place`: the
    seniority held before comes back with the return to the roster. `use`: for which turn the house itself
    takes it; one reason for each, and none for those that the desk picks.
    """

    code: str
    leads_to: RosterStatus
    title: Texts
    givers: tuple[ReasonGiver, ...]
    stops_clock: bool = False
    keeps_place: bool = True
    needs_note: bool = False
    use: ReasonUse | None = None


class DiplomaLevelSpec(Spec, frozen=True, kw_only=True):
    """A level of a country's own framework of qualifications, with an indicative level of the EQF."""

    country: str
    code: str
    level: int
    eqf: int
    title: Texts


class SkillSpec(Spec, frozen=True, kw_only=True):
    """Something that a person can do at work, in the words of the trade, down to the process.

    `profiles` for which it counts; `standard` = the standard of its certificate, if there is one, which is
    then valid for `valid_months`; `esco_uri` = the nearest skill of ESCO, empty where there is none.
    """

    code: str
    group: SkillGroup
    title: Texts
    profiles: tuple[str, ...]
    scale: SkillScale = SkillScale.LEVEL
    standard: str = ""
    valid_months: int = 0
    esco_uri: str = ""
    confidence: Confidence = Confidence.PROPOSAL


class RosterSpec(Spec, frozen=True, kw_only=True):
    """A roster whole: one file of the pack. A new `version` is written for every change.

    `origin` = the country that people come from (ISO 3166-1 alpha-3): who says to be its national need not
    name it again.
    """

    version: int
    title: Texts
    promises: tuple[Texts, ...]
    origin: str = "MAR"
    least_age: int
    least_age_source: str
    organisations: tuple[OrganisationSpec, ...] = ()
    duties: tuple[RosterDutySpec, ...] = ()
    notices: tuple[NoticeSpec, ...] = ()
    consents: tuple[ConsentSpec, ...] = ()
    identities: tuple[IdentityRuleSpec, ...] = ()
    validity: ValiditySpec
    keeping: KeepingSpec
    reasons: tuple[ReasonSpec, ...] = ()
    diplomas: tuple[DiplomaLevelSpec, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[SkillSpec, ...] = ()

    def reason(self, code: str) -> ReasonSpec | None:
        """The typed reason of this code."""
        return next((each for each in self.reasons if each.code == code), None)

    def reason_for(self, use: ReasonUse) -> ReasonSpec | None:
        """The typed reason that the house itself takes for this turn."""
        return next((each for each in self.reasons if each.use == use), None)

    def skill(self, code: str) -> SkillSpec | None:
        """The skill of this code."""
        return next((each for each in self.skills if each.code == code), None)

    def identity(self, kind: IdentityKind | str) -> IdentityRuleSpec | None:
        """What is asked of an identity document of this kind."""
        return next((each for each in self.identities if each.kind == kind), None)

    def notices_on(self, day: date) -> tuple[NoticeSpec, ...]:
        """The notice of each controller in force on `day`, in the order of the file."""
        newest: dict[str, NoticeSpec] = {}
        for each in sorted(self.notices, key=lambda notice: notice.valid_from):
            if each.valid_from <= day:
                newest[each.controller] = each
        return tuple(each for each in self.notices if newest.get(each.controller) is each)

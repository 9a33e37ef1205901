"""The judges of who files: an enterprise, old enough, with a unit in the region, for these profiles."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tragitto.employers.criteria import looking
from tragitto.employers.rules import FilingFacts, Frame, Judged, identity
from tragitto.employers.vocabulary import State
from tragitto.kernel.registries import NoParameters
from tragitto.law.rules import add_months, provinces
from tragitto.schemes.registries import CRITERIA


class At(StrEnum):
    """The moment at which a condition must hold."""

    FILING = "filing"
    CLOSING = "closing"


class ActiveFor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many months the enterprise must have existed, and at which moment."""

    months: int
    at: At = At.FILING


class Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The divisions of ATECO that belong to the sector."""

    ateco_divisions: tuple[str, ...]


@CRITERIA.register("enterprise_not_private_person")
def enterprise_not_private_person(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """The employer is an enterprise: a company's codice fiscale, or a person's with a partita IVA."""
    form = facts.main
    if form is None:
        return looking.no_form(facts, frame.main_form)
    number = identity.tidied(form.value("enterprise.codice_fiscale"))
    vat = identity.tidied(form.value("enterprise.partita_iva"))
    looked = looking.at(form, "enterprise.codice_fiscale", "enterprise.partita_iva")
    if not number:
        return looking.missing(form, "enterprise.codice_fiscale")
    if not (identity.is_company_number(number) or identity.is_personal_number(number)):
        return Judged(State.UNKNOWN, "codice_fiscale_wrong", {}, looked)
    if vat:
        said = "is_sole_trader" if identity.is_personal_number(number) else "is_company"
        is_right = identity.is_partita_iva(vat)
        return Judged(*((State.MET, said) if is_right else (State.UNKNOWN, "partita_iva_wrong")), {}, looked)
    if identity.is_personal_number(number):
        return Judged(State.UNMET, "is_private_person", {}, looked)
    return looking.missing(form, "enterprise.partita_iva")


@CRITERIA.register("constituted_and_active", needs=ActiveFor)
def constituted_and_active(facts: FilingFacts, frame: Frame, wanted: ActiveFor) -> Judged:
    """The enterprise was constituted and active for so many months, by the calendar, at that moment."""
    form = facts.main
    if form is None:
        return looking.no_form(facts, frame.main_form)
    moment = _moment(facts, frame, wanted.at)
    if moment is None:
        return Judged(State.UNKNOWN, "no_instant")
    since = {fact: _day(form.value(fact)) for fact in ("constituted_on", "active_since")}
    if absent := [fact for fact, day in since.items() if day is None]:
        return looking.missing(form, absent[0])
    last = max(day for day in since.values() if day)
    on = moment.astimezone(ZoneInfo(frame.zone)).date()
    state = State.MET if add_months(last, wanted.months) <= on else State.UNMET
    said = "active_long_enough" if state is State.MET else "active_too_short"
    values = {"since": last.isoformat(), "months": wanted.months, "on": on.isoformat()}
    return Judged(state, said, values, looking.at(form, *since))


@CRITERIA.register("unit_in_region")
def unit_in_region(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """At least one production unit lies in a province of the call's region."""
    form = facts.main
    if form is None:
        return looking.no_form(facts, frame.main_form)
    written = [str(row.get("province") or "").strip().upper() for row in form.rows("units")]
    looked, values = looking.at(form, "units[].province"), {"provinces": ", ".join(filter(None, written))}
    if inside := [province for province in written if province in frame.provinces]:
        return Judged(State.MET, "unit_in_the_region", {"provinces": ", ".join(inside)}, looked)
    if not any(written):
        return looking.missing(form, "units[].province")
    if all(province in provinces() for province in written):
        return Judged(State.UNMET, "no_unit_in_the_region", values, looked)
    return Judged(State.UNKNOWN, "province_not_understood", values, looked)


@CRITERIA.register("profiles_within")
def profiles_within(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """Every profile asked for is one of the call's."""
    form = facts.main
    if form is None:
        return looking.no_form(facts, frame.main_form)
    asked = [str(row.get("code") or "").strip() for row in form.rows("profiles")]
    looked = looking.at(form, "profiles[].code")
    if not any(asked):
        return Judged(State.UNMET, "no_profile_asked", {}, looked)
    if others := sorted({code for code in asked if code and code not in frame.profiles}):
        return Judged(State.UNMET, "profiles_outside", {"profiles": ", ".join(others)}, looked)
    if unread := form.not_read(form.fields.get("profiles[].code", "")):
        return looking.not_understood(form, unread)
    return Judged(State.MET, "profiles_inside", {"profiles": ", ".join(filter(None, asked))}, looked)


@CRITERIA.register("sector_hint", needs=Sector)
def sector_hint(facts: FilingFacts, frame: Frame, wanted: Sector) -> Judged:
    """The ATECO code lies in the sector the call addresses: a hint for the reviewer."""
    form = facts.main
    if form is None:
        return looking.no_form(facts, frame.main_form)
    ateco = str(form.value("enterprise.ateco") or "").strip()
    if not ateco:
        return looking.missing(form, "enterprise.ateco")
    inside = ateco.replace(".", "")[:2] in wanted.ateco_divisions
    said = "in_the_sector" if inside else "outside_the_sector"
    looked = looking.at(form, "enterprise.ateco")
    return Judged(State.MET if inside else State.UNMET, said, {"ateco": ateco}, looked)


def _moment(facts: FilingFacts, frame: Frame, at: At) -> datetime | None:
    if at is At.FILING:
        return facts.instant
    ends = [opening.closes_at for opening in frame.openings]
    # `closes_at` is the first instant that is too late: the last one in time lies on the day named.
    return max(ends) - timedelta(seconds=1) if ends else None


def _day(written: Any) -> date | None:
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        return None

"""The judges a call may name: pure functions over the frozen facts of a filing.

What cannot be read is unknown and says what was missing; it is never held against the employer.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tragitto.employers.rules import Evidence, FilingFacts, Frame, Judged, ReadForm, identity
from tragitto.employers.vocabulary import Signing, State
from tragitto.kernel.registries import NoParameters
from tragitto.law.rules import add_months, provinces
from tragitto.schemes.registries import CRITERIA
from tragitto.schemes.rules import window_at

#: The judges whose answers make a version complete.
COMPLETENESS = frozenset({"forms_complete", "delegation_complete"})
#: The judge that says whether a version counts for place and review.
TIMELINESS = "in_time"


class At(StrEnum):
    """The moment at which a condition must hold."""

    FILING = "filing"
    CLOSING = "closing"


class MissingCopy(StrEnum):
    """What a missing identity copy means: it cannot be cured, it can be asked for, it is not asked."""

    REFUSE = "refuse"
    COMPLETE = "complete"
    NOT_ASKED = "not_asked"


class ActiveFor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For how many months the enterprise must have existed, and at which moment."""

    months: int
    at: At = At.FILING


class Delegation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form of the delegation, and what a missing copy of the identity document means."""

    form: str
    identity_copy: MissingCopy = MissingCopy.COMPLETE


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The forms everybody must fill in."""

    forms: tuple[str, ...]


class Sector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The divisions of ATECO that belong to the sector."""

    ateco_divisions: tuple[str, ...]


@CRITERIA.register("enterprise_not_private_person")
def enterprise_not_private_person(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """The employer is an enterprise: a company's codice fiscale, or a person's with a partita IVA."""
    form = facts.main
    if form is None:
        return _no_form(facts, frame.main_form)
    number = identity.tidied(form.value("enterprise.codice_fiscale"))
    vat = identity.tidied(form.value("enterprise.partita_iva"))
    looked = _at(form, "enterprise.codice_fiscale", "enterprise.partita_iva")
    if not number:
        return _missing(form, "enterprise.codice_fiscale")
    if not (identity.is_company_number(number) or identity.is_personal_number(number)):
        return Judged(State.UNKNOWN, "codice_fiscale_wrong", {}, looked)
    if vat:
        said = "is_sole_trader" if identity.is_personal_number(number) else "is_company"
        is_right = identity.is_partita_iva(vat)
        return Judged(*((State.MET, said) if is_right else (State.UNKNOWN, "partita_iva_wrong")), {}, looked)
    if identity.is_personal_number(number):
        return Judged(State.UNMET, "is_private_person", {}, looked)
    return _missing(form, "enterprise.partita_iva")


@CRITERIA.register("constituted_and_active", needs=ActiveFor)
def constituted_and_active(facts: FilingFacts, frame: Frame, wanted: ActiveFor) -> Judged:
    """The enterprise was constituted and active for so many months, by the calendar, at that moment."""
    form = facts.main
    if form is None:
        return _no_form(facts, frame.main_form)
    moment = _moment(facts, frame, wanted.at)
    if moment is None:
        return Judged(State.UNKNOWN, "no_instant")
    since = {fact: _day(form.value(fact)) for fact in ("constituted_on", "active_since")}
    if absent := [fact for fact, day in since.items() if day is None]:
        return _missing(form, absent[0])
    last = max(day for day in since.values() if day)
    on = moment.astimezone(ZoneInfo(frame.zone)).date()
    state = State.MET if add_months(last, wanted.months) <= on else State.UNMET
    said = "active_long_enough" if state is State.MET else "active_too_short"
    values = {"since": last.isoformat(), "months": wanted.months, "on": on.isoformat()}
    return Judged(state, said, values, _at(form, *since))


@CRITERIA.register("unit_in_region")
def unit_in_region(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """At least one production unit lies in a province of the call's region."""
    form = facts.main
    if form is None:
        return _no_form(facts, frame.main_form)
    written = [str(row.get("province") or "").strip().upper() for row in form.rows("units")]
    looked, values = _at(form, "units[].province"), {"provinces": ", ".join(filter(None, written))}
    if inside := [province for province in written if province in frame.provinces]:
        return Judged(State.MET, "unit_in_the_region", {"provinces": ", ".join(inside)}, looked)
    if not any(written):
        return _missing(form, "units[].province")
    if all(province in provinces() for province in written):
        return Judged(State.UNMET, "no_unit_in_the_region", values, looked)
    return Judged(State.UNKNOWN, "province_not_understood", values, looked)


@CRITERIA.register("profiles_within")
def profiles_within(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """Every profile asked for is one of the call's."""
    form = facts.main
    if form is None:
        return _no_form(facts, frame.main_form)
    asked = [str(row.get("code") or "").strip() for row in form.rows("profiles")]
    looked = _at(form, "profiles[].code")
    if not any(asked):
        return Judged(State.UNMET, "no_profile_asked", {}, looked)
    if others := sorted({code for code in asked if code and code not in frame.profiles}):
        return Judged(State.UNMET, "profiles_outside", {"profiles": ", ".join(others)}, looked)
    return Judged(State.MET, "profiles_inside", {"profiles": ", ".join(filter(None, asked))}, looked)


@CRITERIA.register("signed_by_the_right_person")
def signed_by_the_right_person(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """The form is signed by the legal representative or the delegate; signatures are not read yet."""
    form = facts.main
    if form is None:
        return _no_form(facts, frame.main_form)
    looked = (*_at(form, "signatory.role"), Evidence(form=form.code, attachment=form.attachment))
    return Judged(State.UNKNOWN, "signature_not_read", {"role": form.value("signatory.role") or ""}, looked)


@CRITERIA.register("delegation_complete", needs=Delegation)
def delegation_complete(facts: FilingFacts, frame: Frame, wanted: Delegation) -> Judged:
    """Who signs as a delegate brings the delegation and a copy of the principal's identity document."""
    form = facts.main
    if form is None:
        return _no_form(facts, frame.main_form)
    role, looked = form.value("signatory.role"), _at(form, "signatory.role")
    if role == Signing.LEGAL_REPRESENTATIVE:
        return Judged(State.MET, "no_delegation_needed", {}, looked)
    if role != Signing.DELEGATE:
        return _missing(form, "signatory.role")
    delegation = facts.form(wanted.form)
    if delegation is None:
        return _not_read(facts, wanted.form, looked)
    if delegation.missing:
        return _incomplete(delegation)
    return _delegation_agrees(form, delegation) or _identity_copy(facts, delegation, wanted.identity_copy)


@CRITERIA.register("forms_complete", needs=Forms)
def forms_complete(facts: FilingFacts, frame: Frame, wanted: Forms) -> Judged:
    """Each of these forms came and has all its compulsory fields filled in."""
    read = {code: facts.form(code) for code in wanted.forms}
    for code, form in read.items():
        if form is None:
            return _not_read(facts, code)
        if form.missing:
            return _incomplete(form)
    for form in read.values():
        if form and form.unreadable:
            values = {"form": form.code, "fields": ", ".join(form.unreadable)}
            looked = tuple(Evidence(form.code, name, form.attachment) for name in form.unreadable)
            return Judged(State.UNKNOWN, "fields_not_understood", values, looked)
    looked = tuple(Evidence(form=form.code, attachment=form.attachment) for form in read.values() if form)
    return Judged(State.MET, "forms_filled_in", {"forms": ", ".join(wanted.forms)}, looked)


@CRITERIA.register(TIMELINESS)
def in_time(facts: FilingFacts, frame: Frame, wanted: NoParameters) -> Judged:
    """The instant the call counts lies in a window, to the second (Cons. Stato VI, 8546/2024)."""
    if facts.instant is None:
        return Judged(State.UNKNOWN, "no_instant")
    local = facts.instant.astimezone(ZoneInfo(frame.zone))
    looked = (Evidence(value=local.isoformat()),)
    if not facts.is_addressed:
        return Judged(State.UNKNOWN, "addressed_elsewhere", {"instant": local.isoformat()}, looked)
    values: dict[str, Any] = {"instant": local.isoformat(), "kind": str(facts.instant_kind)}
    if window := window_at(frame.openings, facts.instant):
        return Judged(State.MET, "filed_in_time", {**values, "window": window.number}, looked)
    over = [opening for opening in frame.openings if opening.closes_at <= facts.instant]
    if not over:
        return Judged(State.UNMET, "filed_too_early", values, looked)
    closed = max(opening.closes_at for opening in over).astimezone(ZoneInfo(frame.zone))
    if len(over) < len(frame.openings):
        return Judged(State.UNMET, "filed_between_windows", {**values, "closed": closed.isoformat()}, looked)
    return Judged(State.UNMET, "filed_too_late", {**values, "closed": closed.isoformat()}, looked)


@CRITERIA.register("sector_hint", needs=Sector)
def sector_hint(facts: FilingFacts, frame: Frame, wanted: Sector) -> Judged:
    """The ATECO code lies in the sector the call addresses: a hint for the reviewer."""
    form = facts.main
    if form is None:
        return _no_form(facts, frame.main_form)
    ateco = str(form.value("enterprise.ateco") or "").strip()
    if not ateco:
        return _missing(form, "enterprise.ateco")
    inside = ateco.replace(".", "")[:2] in wanted.ateco_divisions
    said = "in_the_sector" if inside else "outside_the_sector"
    looked = _at(form, "enterprise.ateco")
    return Judged(State.MET if inside else State.UNMET, said, {"ateco": ateco}, looked)


def _delegation_agrees(form: ReadForm, delegation: ReadForm) -> Judged | None:
    """Says no when the delegation speaks of another enterprise or another delegate than the form."""
    pairs = (
        ("enterprise.codice_fiscale", "delegation.enterprise_codice_fiscale", "delegation_of_another"),
        ("signatory.codice_fiscale", "delegation.delegate.codice_fiscale", "delegation_to_another"),
    )
    for ours, theirs, said in pairs:
        here, there = identity.tidied(form.value(ours)), identity.tidied(delegation.value(theirs))
        if here and there and here != there:
            return Judged(State.UNMET, said, {}, (*_at(form, ours), *_at(delegation, theirs)))
    return None


def _identity_copy(facts: FilingFacts, delegation: ReadForm, missing: MissingCopy) -> Judged:
    """A copy is a picture: that there is a further file can be seen, that it is the copy cannot."""
    looked = (Evidence(form=delegation.code, attachment=delegation.attachment),)
    if missing is MissingCopy.NOT_ASKED:
        return Judged(State.MET, "delegation_there", {}, looked)
    if not facts.unread:
        return Judged(State.UNMET, "identity_copy_missing", {"meaning": str(missing)}, looked)
    files = tuple(Evidence(attachment=paper.attachment) for paper in facts.unread)
    return Judged(State.UNKNOWN, "identity_copy_not_read", {"meaning": str(missing)}, (*looked, *files))


def _no_form(facts: FilingFacts, form: str) -> Judged:
    """Without the main form nothing is known about the employer; what is asked of the form says the rest."""
    files = tuple(Evidence(attachment=paper.attachment) for paper in facts.unread)
    return Judged(State.UNKNOWN, "form_not_read", {"form": form}, files)


def _not_read(facts: FilingFacts, form: str, looked: tuple[Evidence, ...] = ()) -> Judged:
    """A form is not there: unknown while a file is left that could be it, missing otherwise."""
    if facts.unread:
        files = tuple(Evidence(attachment=paper.attachment) for paper in facts.unread)
        return Judged(State.UNKNOWN, "form_not_read", {"form": form}, (*looked, *files))
    return Judged(State.UNMET, "form_missing", {"form": form}, looked)


def _missing(form: ReadForm, fact: str) -> Judged:
    name = form.fields.get(fact, fact)
    return Judged(State.UNKNOWN, "field_not_read", {"form": form.code, "field": name}, _at(form, fact))


def _incomplete(form: ReadForm) -> Judged:
    values = {"form": form.code, "fields": ", ".join(form.missing)}
    looked = tuple(Evidence(form.code, name, form.attachment) for name in form.missing)
    return Judged(State.UNMET, "fields_missing", values, looked)


def _at(form: ReadForm, *facts: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(form.code, form.fields.get(fact, fact), form.attachment) for fact in facts)


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

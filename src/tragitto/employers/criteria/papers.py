"""The judges of the papers: the forms everybody fills in, and what a delegate brings."""

from enum import StrEnum

import msgspec

from tragitto.employers.criteria import looking
from tragitto.employers.rules import FilingFacts, Frame, Judged, ReadForm, identity
from tragitto.employers.vocabulary import Signing, State
from tragitto.schemes.registries import CRITERIA

#: The judges whose answers make a version complete.
COMPLETENESS = frozenset({"forms_complete", "delegation_complete"})


class MissingCopy(StrEnum):
    """What a missing identity copy means: it cannot be cured, it can be asked for, it is not asked."""

    REFUSE = "refuse"
    COMPLETE = "complete"
    NOT_ASKED = "not_asked"


class Delegation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form of the delegation, and what a missing copy of the identity document means."""

    form: str
    identity_copy: MissingCopy = MissingCopy.COMPLETE


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The forms everybody must fill in."""

    forms: tuple[str, ...]


@CRITERIA.register("delegation_complete", needs=Delegation)
def delegation_complete(facts: FilingFacts, frame: Frame, wanted: Delegation) -> Judged:
    """Who signs as a delegate brings the delegation and a copy of the principal's identity document."""
    form = facts.main
    if form is None:
        return looking.no_form(facts, frame.main_form)
    role, looked = form.value("signatory.role"), looking.at(form, "signatory.role")
    if role == Signing.LEGAL_REPRESENTATIVE:
        return Judged(State.MET, "no_delegation_needed", {}, looked)
    if role != Signing.DELEGATE:
        return looking.missing(form, "signatory.role")
    delegation = facts.form(wanted.form)
    if delegation is None:
        return looking.not_read(facts, wanted.form, looked)
    said_no = looking.incomplete(delegation) or _agrees(form, delegation)
    return said_no or _identity_copy(facts, delegation, wanted.identity_copy)


@CRITERIA.register("forms_complete", needs=Forms)
def forms_complete(facts: FilingFacts, frame: Frame, wanted: Forms) -> Judged:
    """Each of these forms came, has all its compulsory fields filled in, and shows what it holds."""
    forms: list[ReadForm] = []
    for code in wanted.forms:
        form = facts.form(code)
        if form is None:
            return looking.not_read(facts, code)
        forms.append(form)
    for ask in (looking.incomplete, looking.unclear):
        for form in forms:
            if answer := ask(form):
                return answer
    looked = tuple(looking.whole(form) for form in forms)
    return Judged(State.MET, "forms_filled_in", {"forms": ", ".join(wanted.forms)}, looked)


def _agrees(form: ReadForm, delegation: ReadForm) -> Judged | None:
    """Says no when the delegation speaks of another enterprise or another delegate than the form."""
    pairs = (
        ("enterprise.codice_fiscale", "delegation.enterprise_codice_fiscale", "delegation_of_another"),
        ("signatory.codice_fiscale", "delegation.delegate.codice_fiscale", "delegation_to_another"),
    )
    for ours, theirs, said in pairs:
        here, there = identity.tidied(form.value(ours)), identity.tidied(delegation.value(theirs))
        if here and there and here != there:
            return Judged(State.UNMET, said, {}, (*looking.at(form, ours), *looking.at(delegation, theirs)))
    return None


def _identity_copy(facts: FilingFacts, delegation: ReadForm, missing: MissingCopy) -> Judged:
    """A copy is a picture: that there is a further file or page can be seen, that it is the copy cannot."""
    looked = (looking.whole(delegation),)
    if missing is MissingCopy.NOT_ASKED:
        return looking.unclear(delegation) or Judged(State.MET, "delegation_there", {}, looked)
    if not facts.may_hold_copy:
        return Judged(State.UNMET, "identity_copy_missing", {"meaning": str(missing)}, looked)
    where = (*looked, *looking.files(facts.unread))
    return Judged(State.UNKNOWN, "identity_copy_not_read", {"meaning": str(missing)}, where)

"""The judge of the signature: who signed the form, what the signature is worth, and by whose leave."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from tragitto.employers.criteria import looking
from tragitto.employers.rules import (
    Evidence,
    FilingFacts,
    Frame,
    Judged,
    ReadForm,
    Signatures,
    SignedBy,
    tidied,
    who_may_sign,
)
from tragitto.employers.vocabulary import Signing, State
from tragitto.schemes.registries import CRITERIA
from tragitto_pec.signatures.vocabulary import Chain, FileVerdict, Integrity, Qualified, Revocation

#: The judge that says whether the right person signed.
SIGNATURE = "signed_by_the_right_person"


class Accepted(StrEnum):
    """What a call may accept of whoever signs (d.lgs. 82/2005, CAD, art. 65(1)): a signature, or to have
    sent the form on line, known by digital identity (letter b).
    """

    QUALIFIED = "qualified"
    ADVANCED = "advanced"
    HANDWRITTEN = "handwritten"
    IDENTIFIED = "identified"


class Unchecked(StrEnum):
    """What it means that nobody could tell whether a certificate had been revoked."""

    SUFFICES = "suffices"
    PERSON = "person"


class RightSignature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which signatures the call accepts; by hand only with a copy of the signer's identity document."""

    accepted: tuple[Accepted, ...] = tuple(Accepted)
    unchecked_revocation: Unchecked = Unchecked.PERSON


@dataclass(frozen=True)
class _Hand:
    """What one form's signatures come to; `person` is who signed, where that is one of those who may."""

    judged: Judged
    person: str = ""


#: What a file whose signatures do not simply fit says of them.
_OF_THE_FILE: Mapping[str, tuple[State, str]] = {
    FileVerdict.ALTERED: (State.UNMET, "altered_after_signing"),
    FileVerdict.REFUSED: (State.UNMET, "signature_deceives"),
    FileVerdict.CHANGED_AFTER: (State.UNKNOWN, "changed_after_signing"),
    FileVerdict.UNVERIFIED: (State.UNKNOWN, "signature_not_verified"),
}
#: What a certificate says that does not lead to the trusted list.
_OF_THE_CHAIN: Mapping[str, tuple[State, str]] = {
    Chain.EXPIRED: (State.UNKNOWN, "certificate_expired"),
    Chain.NOT_YET: (State.UNKNOWN, "certificate_not_yet"),
    Chain.UNTRUSTED: (State.UNKNOWN, "certificate_untrusted"),
}
_CHAIN_NOT_CHECKED = (State.UNKNOWN, "certificate_not_checked")
#: The better answer first.
_ORDER = (State.MET, State.UNKNOWN, State.UNMET)


@CRITERIA.register(SIGNATURE, needs=RightSignature)
def signed_by_the_right_person(facts: FilingFacts, frame: Frame, wanted: RightSignature) -> Judged:
    """The legal representative signed the form, or a delegate with a delegation signed in turn.

    Who may sign is what form and delegation declare (DPR 445/2000); what is proven is that this person did.
    Unmet is only what the files prove: changed after signing, signed by somebody else, certificate revoked.
    """
    form = facts.main
    if form is None:
        return looking.no_form(facts, frame.main_form)
    people = who_may_sign(facts)
    hand = _signed(form, people, facts, wanted)
    if hand.judged.state is not State.MET:
        return hand.judged
    capacity = people[hand.person]
    if capacity == Signing.LEGAL_REPRESENTATIVE:
        return hand.judged
    if capacity != Signing.DELEGATE:
        return looking.missing(form, "signatory.role")
    return _delegated(form, hand, facts, wanted)


def _signed(form: ReadForm, people: Mapping[str, str], facts: FilingFacts, wanted: RightSignature) -> _Hand:
    """Whether one of `people` signed this form, with what the call accepts."""
    if person := _identified(people, facts, wanted):
        return _said(form, State.MET, "identified_as_signatory", person=person)
    signatures = form.signatures
    if signatures is None:
        return _said(form, State.UNKNOWN, "signature_not_read")
    if not signatures.is_signed:
        return _on_line(form, facts) if facts.is_online else _by_hand(form, facts, wanted)
    return _electronically(form, people, facts, signatures, wanted)


def _electronically(
    form: ReadForm,
    people: Mapping[str, str],
    facts: FilingFacts,
    signatures: Signatures,
    wanted: RightSignature,
) -> _Hand:
    """What the electronic signatures of a form are worth, the best of those who may sign it."""
    if signatures.verdict != FileVerdict.INTACT or not signatures.signers:
        state, said = _OF_THE_FILE.get(signatures.verdict, (State.UNKNOWN, "signature_unreadable"))
        return _said(form, state, said, signers=signatures.signers)
    if not people:
        return _Hand(looking.missing(form, "signatory.codice_fiscale"))

    worth = {signer: _worth(signer, wanted) for signer in signatures.signers}
    ours = [signer for signer in signatures.signers if signer.number in people]
    if not ours:
        return _by_others(form, facts, worth)
    best = min(ours, key=lambda signer: _ORDER.index(worth[signer][0]))
    return _said(form, *worth[best], signers=(best,), person=best.number)


def _identified(people: Mapping[str, str], facts: FilingFacts, wanted: RightSignature) -> str:
    """Who of `people` sent the filing on line, known by digital identity; "" where nobody or it counts not.

    Who represents the enterprise comes before a delegate, who would need a delegation besides.
    """
    if Accepted.IDENTIFIED not in wanted.accepted:
        return ""
    numbers = [number for each in facts.identified if (number := tidied(each.codice_fiscale)) in people]
    numbers.sort(key=lambda number: people[number] != Signing.LEGAL_REPRESENTATIVE)
    return next(iter(numbers), "")


def _on_line(form: ReadForm, facts: FilingFacts) -> _Hand:
    """Sent on line by somebody not known as the person it names: only a paper beside it could be signed."""
    if papers := tuple(paper for paper in facts.papers if paper.attachment):
        return _said(form, State.UNKNOWN, "not_signed_here", looked=looking.files(papers))
    return _said(form, State.UNMET, "neither_signed_nor_identified")


def _worth(signer: SignedBy, wanted: RightSignature) -> tuple[State, str]:
    """What one signature of a file that fits is worth under this call: the first of these that is so.

    A signature on a revoked certificate counts as none (CAD art. 24(4-bis)).
    """
    is_qualified = signer.qualified == Qualified.QUALIFIED
    is_less = signer.qualified == Qualified.NOT_QUALIFIED
    kind = Accepted.QUALIFIED if is_qualified else Accepted.ADVANCED
    is_unchecked = signer.revocation != Revocation.GOOD
    answers: tuple[tuple[bool, tuple[State, str]], ...] = (
        (signer.integrity != Integrity.INTACT, (State.UNKNOWN, "signature_not_verified")),
        (not signer.covers_content, (State.UNKNOWN, "signature_not_verified")),
        (signer.is_seal, (State.UNKNOWN, "sealed_by_organisation")),
        (signer.chain != Chain.TRUSTED, _OF_THE_CHAIN.get(signer.chain, _CHAIN_NOT_CHECKED)),
        (signer.revocation == Revocation.REVOKED, (State.UNMET, "certificate_revoked")),
        (not is_qualified and not is_less, (State.UNKNOWN, "signature_kind_unknown")),
        (kind not in wanted.accepted, (State.UNMET, "signature_not_accepted")),
        (is_less, (State.UNKNOWN, "signature_not_qualified")),
        (
            is_unchecked and wanted.unchecked_revocation is Unchecked.PERSON,
            (State.UNKNOWN, "revocation_not_checked"),
        ),
        (is_unchecked, (State.MET, "signed_by_representative_unchecked")),
    )
    return next((answer for is_so, answer in answers if is_so), (State.MET, "signed_by_representative"))


def _by_others(form: ReadForm, facts: FilingFacts, worth: Mapping[SignedBy, tuple[State, str]]) -> _Hand:
    """Signed, but by nobody who may: proven only where every certificate names a person beyond doubt."""
    signers = tuple(worth)
    for signer in signers:
        if worth[signer][0] is State.UNKNOWN and worth[signer][1] != "revocation_not_checked":
            return _said(form, *worth[signer], signers=signers)
    if not all(signer.number for signer in signers):
        return _said(form, State.UNKNOWN, "signer_without_number", signers=signers)
    if facts.delegation is None and facts.unread:
        others = looking.files(facts.unread)
        return _said(form, State.UNKNOWN, "signed_by_another_unread", signers=signers, looked=others)
    # Whom the delegation names may not have been read: then the answer is no answer.
    named = looking.at(facts.delegation, "delegation.delegate.codice_fiscale") if facts.delegation else ()
    return _said(form, State.UNMET, "signed_by_another", signers=signers, looked=named)


def _by_hand(form: ReadForm, facts: FilingFacts, wanted: RightSignature) -> _Hand:
    """No electronic signature: one by hand only a person can see, beside the copy of the identity document.

    That copy belongs to such a signature (CAD art. 65(1)(c), DPR 445/2000 art. 38(3)).
    """
    others = looking.files(facts.unread)
    if Accepted.HANDWRITTEN not in wanted.accepted:
        elsewhere = tuple(paper for paper in facts.papers if paper.is_signed and paper.form != form.code)
        if facts.unread or elsewhere:
            return _said(form, State.UNKNOWN, "not_signed_here", looked=others or looking.files(elsewhere))
        return _said(form, State.UNMET, "not_signed")
    if not form.is_transcribed:
        return _said(form, State.UNKNOWN, "no_digital_signature", looked=others)
    if form.is_signed_by_hand is False:
        return _said(form, State.UNKNOWN, "no_ink", looked=others)
    if not facts.may_hold_copy:
        return _said(form, State.UNMET, "by_hand_without_copy")
    return _said(form, State.UNKNOWN, "signed_by_hand", looked=others)


def _delegated(form: ReadForm, hand: _Hand, facts: FilingFacts, wanted: RightSignature) -> Judged:
    """A delegate signed: the delegation must say so, and the legal representative must have signed it."""
    delegation = facts.delegation
    if delegation is None:
        looked = (*hand.judged.evidence, *looking.files(facts.unread))
        state, said = State.UNMET, "delegate_without_delegation"
        if facts.unread:
            state, said = State.UNKNOWN, "delegation_not_read"
        return Judged(state, said, {"form": form.code}, looked)
    if said_no := _of_another(form, hand.person, delegation):
        return said_no
    principal = tidied(delegation.value("delegation.principal.codice_fiscale"))
    if not principal:
        return looking.missing(delegation, "delegation.principal.codice_fiscale")
    leave = _signed(delegation, {principal: Signing.LEGAL_REPRESENTATIVE}, facts, wanted).judged
    if leave.state is not State.MET:
        return leave
    looked = (*hand.judged.evidence, *leave.evidence)
    if "signed_by_representative_unchecked" in (hand.judged.explanation, leave.explanation):
        return Judged(State.MET, "signed_by_delegate_unchecked", {"form": form.code}, looked)
    return Judged(State.MET, "signed_by_delegate", {"form": form.code}, looked)


def _of_another(form: ReadForm, person: str, delegation: ReadForm) -> Judged | None:
    """Says no when the delegation is not this enterprise's to this person; unknown where it leaves that open.

    A delegation that names nobody could be added to any form.
    """
    enterprise, theirs = "enterprise.codice_fiscale", "delegation.enterprise_codice_fiscale"
    here, there = tidied(form.value(enterprise)), tidied(delegation.value(theirs))
    if here and there and here != there:
        looked = (*looking.at(form, enterprise), *looking.at(delegation, theirs))
        return Judged(State.UNMET, "delegation_of_another", {}, looked)
    delegate = "delegation.delegate.codice_fiscale"
    named = tidied(delegation.value(delegate))
    if named not in ("", person):
        return Judged(State.UNMET, "delegation_to_another", {}, looking.at(delegation, delegate))
    if not here:
        return looking.missing(form, enterprise)
    if not (there and named):
        return looking.missing(delegation, delegate if there else theirs)
    return None


def _said(
    form: ReadForm,
    state: State,
    said: str,
    *,
    signers: tuple[SignedBy, ...] = (),
    looked: tuple[Evidence, ...] = (),
    person: str = "",
) -> _Hand:
    """The answer, with who signed by the certificates as evidence; the names stay out of the sentence."""
    names = (" · ".join(filter(None, (signer.name, signer.number))) for signer in signers)
    seen = tuple(Evidence(form=form.code, attachment=form.attachment, value=name) for name in names)
    where = (*looking.at(form, *_NAMED.get(form.role, ())), *(seen or (looking.whole(form),)), *looked)
    return _Hand(Judged(state, said, {"form": form.code}, where), person)


#: The fields that say who signs, by the role of the form.
_NAMED = {
    "main": ("signatory.role", "signatory.codice_fiscale"),
    "delegation": ("delegation.principal.codice_fiscale",),
}

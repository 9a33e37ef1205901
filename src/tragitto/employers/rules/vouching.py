"""Whom the signatures of a filing make known: who signed before, who may sign and did."""

from collections.abc import Iterable
from datetime import datetime

from tragitto.employers.rules.facts import FilingFacts
from tragitto.employers.rules.identity import tidied
from tragitto.employers.rules.signing import SignedBy
from tragitto.employers.vocabulary import Signing


def is_vouched_for(facts: FilingFacts, before: Iterable[FilingFacts]) -> bool:
    """Whether somebody who might sign an earlier filing, and did, might sign this one too, and did so later.

    Who only signed along, as a witness or an adviser, speaks for nobody the next time. A signed file can be
    sent once more by whoever has it, even after its signer said something newer: so the signature must bear
    a later time than each one this person made before, asked to or not.
    """
    earlier = list(before)
    latest = _latest(earlier)
    known = {number for filing in earlier for number in _entitled(filing)} & _entitled(facts)
    return any(signer.number in known and at > latest[signer.number] for signer, at in _dated(facts))


def proves_its_signatory(facts: FilingFacts) -> bool:
    """Whether the main form bears a proven signature of somebody who may sign it."""
    return not who_may_sign(facts).keys().isdisjoint(signer.number for signer in _signers(facts))


def who_may_sign(facts: FilingFacts) -> dict[str, str]:
    """Who may sign the main form by what form and delegation declare: codice fiscale, and as what.

    Nobody without a number. A delegation of somebody else than the legal representative whom the form names
    lets nobody sign.
    """
    form, delegation = facts.main, facts.delegation
    if form is None:
        return {}
    signatory, role = tidied(form.value("signatory.codice_fiscale")), form.value("signatory.role")
    people = {signatory: str(role or "")}
    if delegation:
        principal = tidied(delegation.value("delegation.principal.codice_fiscale"))
        if role != Signing.LEGAL_REPRESENTATIVE or principal == signatory:
            people.setdefault(
                tidied(delegation.value("delegation.delegate.codice_fiscale")), Signing.DELEGATE
            )
            people[principal] = Signing.LEGAL_REPRESENTATIVE
    people.pop("", None)
    return people


def _signers(facts: FilingFacts) -> tuple[SignedBy, ...]:
    signatures = facts.main.signatures if facts.main else None
    return signatures.proven if signatures else ()


def _entitled(facts: FilingFacts) -> set[str]:
    """The numbers of those who may sign this filing and did, at a time they claim."""
    return who_may_sign(facts).keys() & {signer.number for signer, _at in _dated(facts)}


def _dated(facts: FilingFacts) -> list[tuple[SignedBy, datetime]]:
    """The proven signers with the time they claim; one without an offset is no instant."""
    pairs = ((signer, signer.claimed_at) for signer in _signers(facts))
    return [(signer, at) for signer, at in pairs if at is not None and at.tzinfo is not None]


def _latest(before: Iterable[FilingFacts]) -> dict[str, datetime]:
    latest: dict[str, datetime] = {}
    for filing in before:
        for signer, at in _dated(filing):
            latest[signer.number] = max(latest.get(signer.number, at), at)
    return latest

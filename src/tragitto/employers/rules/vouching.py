"""Whom the signatures of a filing make known: who signed before, who may sign and did."""

from collections.abc import Iterable
from datetime import datetime

from tragitto.employers.rules.facts import FilingFacts
from tragitto.employers.rules.identity import tidied
from tragitto.employers.vocabulary import Signing


def is_vouched_for(
    facts: FilingFacts, before: Iterable[FilingFacts], by: Iterable[FilingFacts] | None = None
) -> bool:
    """Whether somebody who might sign an earlier filing, and did, might sign this one too, and did so later.

    Who only signed along, as a witness or an adviser, speaks for nobody the next time. A signed file can be
    sent once more by whoever has it, even after its signer said something newer: so the signature must bear
    a later time than each one this person made before, asked to or not. `by` = those of them whose signers
    count; all of them unless said.
    """
    earlier = list(before)
    latest = _latest(earlier)
    counting = earlier if by is None else by
    known = {number for filing in counting for number in _entitled(filing)} & _entitled(facts)
    return any(number in known and at > latest[number] for number, at in _dated(facts))


def proves_its_signatory(facts: FilingFacts) -> bool:
    """Whether somebody who may sign the main form is proven to have done so, or to have sent it on line."""
    return not who_may_sign(facts).keys().isdisjoint(number for number, _at in _proven(facts))


def heads_who_signed(facts: FilingFacts, account: str = "") -> frozenset[str]:
    """The legal representatives, by what form and delegation declare, proven to have signed one of them.

    To have signed in with `account` is no signature: it says who somebody is, not for whom they act. Whoever
    signed with another account, what that account prepared, has signed.
    """
    forms = [form for form in (facts.main, facts.delegation) if form and form.signatures]
    signers = {signer.number for form in forms if form.signatures for signer in form.signatures.proven}
    others = [one for one in facts.identified if not account or one.account != account]
    signers |= {tidied(one.codice_fiscale) for one in others}
    heads = (number for number, role in who_may_sign(facts).items() if role == Signing.LEGAL_REPRESENTATIVE)
    return frozenset(heads) & signers


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


def _proven(facts: FilingFacts) -> list[tuple[str, datetime | None]]:
    """Who is proven to have signed the main form, or to have sent it on line, with the time they claim."""
    signatures = facts.main.signatures if facts.main else None
    signers = signatures.proven if signatures else ()
    return [
        *((signer.number, signer.claimed_at) for signer in signers),
        *((tidied(person.codice_fiscale), person.at) for person in facts.identified),
    ]


def _entitled(facts: FilingFacts) -> set[str]:
    """The numbers of those who may sign this filing and did, at a time that is known."""
    return who_may_sign(facts).keys() & {number for number, _at in _dated(facts)}


def _dated(facts: FilingFacts) -> list[tuple[str, datetime]]:
    """Who is proven, with when; a time without an offset is no instant."""
    return [(number, at) for number, at in _proven(facts) if at is not None and at.tzinfo is not None]


def _latest(before: Iterable[FilingFacts]) -> dict[str, datetime]:
    latest: dict[str, datetime] = {}
    for filing in before:
        for number, at in _dated(filing):
            latest[number] = max(latest.get(number, at), at)
    return latest

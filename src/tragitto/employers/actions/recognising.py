"""Whom a filing on line makes known: who says to act for the enterprise, and what of it is proven."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from django.db import transaction
from django.db.models import Q

from tragitto.cases.rules import local_day
from tragitto.employers import queries, rules
from tragitto.employers.actions.representing import confirm
from tragitto.employers.criteria.signing import SIGNATURE
from tragitto.employers.models import NAME_LENGTH, Expression, Representation, Version
from tragitto.employers.models.representations import RepresentationQuerySet
from tragitto.employers.rules import FilingFacts, identity
from tragitto.employers.vocabulary import Capacity, Confirmed, Power, Signing, State
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.ledger.actions import record

#: What a delegation to sign and file carries with it: to complete what was filed, and to be written to.
OF_A_DELEGATION = (Power.FILE, Power.SUPPLEMENT, Power.RECEIVE)


@transaction.atomic
def recognise(
    *, version: Version, account: str, identified: str = "", actor: Actor, at: datetime
) -> Representation | None:
    """Write down in what capacity `account` filed `version`, under its call, confirmed where that is proven.

    `identified` is the codice fiscale that the person signed in with. It proves who they are and not for whom
    they act, since the form that says so is theirs: it confirms a sole trader alone, whose enterprise bears
    the same number. Otherwise the legal representative must have signed, as the judge of the call finds it,
    and be the one of those who spoke for the enterprise before, if anybody did; such a confirmation reaches
    what the account sent and no further (`in_force`). All else the office confirms, and who was ended.
    Called by the house when it has taken a filing in; once more it changes nothing. None where the form says
    nothing of who signs.
    """
    expression = version.expression
    facts = msgspec.convert(version.facts, FilingFacts)
    number = identity.tidied(identified)
    capacity = _capacity(facts, number, account)
    if capacity is None:
        return None
    is_trader = capacity == Capacity.LEGAL_REPRESENTATIVE and number == expression.employer.codice_fiscale
    mine, on = _mine(expression, account), local_day(at, expression.call.zone)
    known = _known(mine, capacity, on)
    if known and known.confirmed:
        return known
    representation = known or _declared(version, facts, capacity, account, actor=actor, at=at)
    how = Confirmed.IDENTITY if is_trader else _proof(version, facts, account)
    if representation and how and not mine.over(on).exists():
        return confirm(representation, how, by=actor, at=at)
    return representation


def _capacity(facts: FilingFacts, identified: str, account: str) -> Capacity | None:
    """As what the account acted: as the form says of the person identified, else as its signatory.

    Who prepared what the legal representative signed with another account is a delegate, whatever the form.
    """
    role = rules.who_may_sign(facts).get(identified)
    if role is None and _head(facts, account):
        return Capacity.DELEGATE
    role = role or str(facts.main.value("signatory.role") if facts.main else "")
    return Capacity(role) if role in set(Capacity) else None


def _head(facts: FilingFacts, account: str) -> str:
    """The codice fiscale of the legal representative who signed on line with another account, or ""."""
    who = rules.who_may_sign(facts)
    numbers = (identity.tidied(one.codice_fiscale) for one in facts.identified if one.account != account)
    return next((number for number in numbers if who.get(number) == Signing.LEGAL_REPRESENTATIVE), "")


def _proof(version: Version, facts: FilingFacts, account: str) -> Confirmed | None:
    """A signature of the legal representative, who is no other than for those who spoke before."""
    states = {found.state for found in queries.judgeable(version) if found.judge == SIGNATURE}
    heads = rules.heads_who_signed(facts, account)
    if not heads or states != {State.MET}:
        return None
    spoken, known = _spoken_before(version, account)
    return Confirmed.SIGNATURE if not spoken or heads & known else None


def _spoken_before(version: Version, account: str) -> tuple[bool, frozenset[str]]:
    """Whether others spoke for the enterprise under any call, and the legal representatives these prove."""
    employer = version.expression.employer
    filed = Version.objects.filter(expression__employer=employer).exclude(pk=version.pk)
    theirs = list(filed.exclude(message__submission__account=account).values_list("facts", flat=True))
    acting = Representation.objects.filter(employer=employer, revoked_at__isnull=True)
    others = list(acting.exclude(account=account).exclude(confirmed=""))
    known: Iterable[frozenset[str]] = (
        frozenset(each.principal_codice_fiscale for each in others if each.reaches_all) - {""},
        *(rules.heads_who_signed(msgspec.convert(each, FilingFacts)) for each in theirs),
    )
    return bool(theirs or others), frozenset().union(*known)


def _mine(expression: Expression, account: str) -> RepresentationQuerySet:
    """What stands of this account for this enterprise: under the call, under all, and what was ended."""
    under = Q(call__isnull=True) | Q(call=expression.call) | Q(revoked_at__isnull=False)
    return Representation.objects.filter(under, account=account, employer=expression.employer)


def _known(mine: RepresentationQuerySet, capacity: Capacity, on: date) -> Representation | None:
    standing = mine.select_for_update(of=("self",)).filter(capacity=capacity, revoked_at__isnull=True)
    under = list(standing.exclude(pk__in=mine.over(on).values("pk")).order_by("pk"))
    return next((each for each in under if each.confirmed), under[0] if under else None)


def _declared(
    version: Version,
    facts: FilingFacts,
    capacity: Capacity,
    account: str,
    *,
    actor: Actor,
    at: datetime,
) -> Representation | None:
    expression, is_delegate = version.expression, capacity == Capacity.DELEGATE
    principal = ""
    if is_delegate and facts.delegation:
        principal = identity.tidied(facts.delegation.value("delegation.principal.codice_fiscale"))
    principal = principal or (_head(facts, account) if is_delegate else "")
    if is_delegate and not identity.is_personal_number(principal):
        return None
    name = facts.delegation.value("delegation.principal.name") if facts.delegation else ""
    enterprise = facts.main.value("enterprise.name") if facts.main else ""
    representation = Representation.objects.create(
        code=new_code("R"),
        employer=expression.employer,
        enterprise_name=str(enterprise or "")[:NAME_LENGTH],
        account=account,
        capacity=capacity,
        call=expression.call,
        powers=sorted(str(power) for power in (OF_A_DELEGATION if is_delegate else Power)),
        principal_name=str(name or "")[:200] if is_delegate else "",
        principal_codice_fiscale=principal,
        starts_on=local_day(at, expression.call.zone),
        declared_at=at,
    )
    told = {"employer": expression.employer.code, "capacity": str(capacity), "powers": representation.powers}
    record("representation.declared", subject=representation.code, actor=actor, at=at, facts=told)
    return representation

"""Who acts for which enterprise, and what a person sees at the portal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from tragitto.employers.models import (
    Employer,
    Expression,
    ExpressionQuerySet,
    Representation,
    Submission,
    Version,
)
from tragitto.employers.rules import FilingFacts
from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Call


@dataclass(frozen=True)
class Standing:
    """How a person stands to an expression: confirmed for the enterprise, or merely who sent something."""

    is_confirmed: bool
    powers: frozenset[str]

    def may(self, power: Power) -> bool:
        """Whether the person may do this for the enterprise."""
        return power in self.powers


@dataclass(frozen=True)
class Signed:
    """Something sent for an enterprise: by which account, if on line, and who is proven to have signed."""

    version: Version
    account: str
    signers: tuple[str, ...]


def acts_for(account: str, employer: Employer, call: Call | None, power: str, on: date) -> bool:
    """Whether the person of this account may do `power` for `employer` under `call` on that day. One query.

    Only what is confirmed counts, for its time, until it is revoked.
    """
    mine = Representation.objects.in_force(on).filter(
        account=account, employer=employer, powers__contains=[str(power)]
    )
    return mine.filter(Q(call__isnull=True) | Q(call=call)).exists()


def employers_of(*, actor: Actor, on: date) -> QuerySet[Employer]:
    """The enterprises for which `actor` acts on that day, confirmed, by name. One query."""
    mine = Representation.objects.in_force(on).filter(account=actor.code, employer=OuterRef("pk"))
    return Employer.objects.filter(Exists(mine)).order_by("name", "code")


def representations(*, actor: Actor) -> QuerySet[Representation]:
    """Who acts for whom, as far as `actor` may see, the newest first. One query."""
    seen = Representation.objects.visible_to(actor).select_related(
        "employer", "call", "paper", "identity_copy"
    )
    return seen.order_by("-declared_at", "-pk")


def listed(*, actor: Actor, show: str) -> QuerySet[Representation]:
    """The list of the office: all, or those not confirmed, confirmed or ended ("open" …). One query."""
    rows = representations(actor=actor)
    if show == "ended":
        return rows.filter(revoked_at__isnull=False)
    if show == "confirmed":
        return rows.exclude(confirmed="").filter(revoked_at__isnull=True)
    return rows.filter(confirmed="", revoked_at__isnull=True) if show == "open" else rows


def representation_for(*, actor: Actor, code: str) -> Representation:
    """The representation of this code. Raises `NotFound` when there is none `actor` may see. One query."""
    found = representations(actor=actor).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def of_own_employers(*, actor: Actor, on: date) -> QuerySet[Representation]:
    """Who else acts for the enterprises that `actor` represents as their legal representative. One query."""
    heads = Representation.objects.heads(on).filter(
        Q(call__isnull=True) | Q(call=OuterRef("call")), account=actor.code, employer=OuterRef("employer")
    )
    others = Representation.objects.filter(Exists(heads), revoked_at__isnull=True).exclude(account=actor.code)
    return others.select_related("employer", "call", "paper", "identity_copy").order_by("-declared_at", "-pk")


def own_representation(*, actor: Actor, code: str, on: date) -> Representation:
    """The representation of this code at the portal: one's own, or a delegate's of one's own enterprise.

    Raises `NotFound`. Two queries.
    """
    own = representations(actor=actor).filter(code=code).first()
    found = own or of_own_employers(actor=actor, on=on).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def expressions_of(*, actor: Actor, on: date) -> ExpressionQuerySet:
    """The expressions a person sees at the portal: of enterprises acted for, and those sent by oneself.

    Whose representation of the enterprise was ended or has run out sees no more than what they sent. One
    query.
    """
    mine = Representation.objects.filter(account=actor.code, employer=OuterRef("employer"))
    under = Q(call__isnull=True) | Q(call=OuterRef("call"))
    ended = mine.over(on).filter(under)
    sent = Version.objects.filter(expression=OuterRef("pk"), message__submission__account=actor.code)
    return Expression.objects.filter(
        Exists(mine.in_force(on).filter(under)) | (Exists(sent) & ~Exists(ended))
    ).order_by("-case__filed_at", "-pk")


def expression_for(*, actor: Actor, code: str, on: date) -> Expression:
    """The expression of this code at the portal. Raises `NotFound` when it is not the actor's. One query."""
    seen = expressions_of(actor=actor, on=on).select_related(
        "employer", "call__region", "call__publisher", "case__stage", "case__call", "current", "placed"
    )
    found = seen.filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def standing(*, actor: Actor, expression: Expression, on: date) -> Standing:
    """What `actor` may do for the enterprise of an expression seen at the portal. Two queries at most.

    Who sent a filing may complete it, unless they acted for the enterprise once and no longer do; everything
    else hangs on a confirmed representation.
    """
    mine = Representation.objects.filter(
        Q(call__isnull=True) | Q(call=expression.call_id), account=actor.code, employer=expression.employer_id
    )
    if found := list(mine.in_force(on).values_list("powers", flat=True)):
        return Standing(True, frozenset(power for row in found for power in row))
    return Standing(False, frozenset() if mine.over(on).exists() else frozenset({Power.SUPPLEMENT}))


def signed_by(*, employer: Employer) -> list[Signed]:
    """Who sent and signed what for an enterprise, the newest first. One query."""
    versions = Version.objects.filter(expression__employer=employer).select_related(
        "expression__call", "message__submission"
    )
    return [
        Signed(version, _account(version), tuple(_signers(version)))
        for version in versions.order_by("-received_at", "-pk")
    ]


def _account(version: Version) -> str:
    submission: Submission | None = getattr(version.message, "submission", None)
    return submission.account if submission else ""


def _signers(version: Version) -> Iterable[str]:
    """Names and numbers of the proven signatures on the forms, and of those known by digital identity."""
    facts = msgspec.convert(version.facts, FilingFacts)
    for form in facts.forms:
        for signer in form.signatures.proven if form.signatures else ():
            yield f"{form.code}: {signer.name} · {signer.number}"
    for identified in facts.identified:
        yield f"{identified.means}: {identified.codice_fiscale}"

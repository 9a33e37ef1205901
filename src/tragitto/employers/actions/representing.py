"""Acting for an enterprise: a person says so, the house or the office confirms it, and it can be ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.cases.rules import local_day
from tragitto.employers import permissions
from tragitto.employers.actions.enquiring_terms import ZONE
from tragitto.employers.actions.keeping import Upload, kept
from tragitto.employers.models import NAME_LENGTH, Employer, Representation
from tragitto.employers.rules import identity
from tragitto.employers.vocabulary import Capacity, Confirmed, Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.records.models import Document
from tragitto.schemes.models import Call


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What a person says of acting for an enterprise; `call` None = under every call."""

    codice_fiscale: str
    enterprise_name: str
    capacity: Capacity
    starts_on: date
    ends_on: date | None = None
    call: Call | None = None
    powers: Collection[Power] = tuple(Power)
    principal_name: str = ""
    principal_codice_fiscale: str = ""
    paper: Upload | None = None
    identity_copy: Upload | None = None


@transaction.atomic
def declare_representation(
    *, declaration: Declaration, identified: str = "", actor: Actor, at: datetime
) -> Representation:
    """Write down that `actor` acts for an enterprise; it opens nothing until it is confirmed.

    The same person declaring the same once more is given what stands, with the papers that came now. A legal
    representative holds every power. `identified` is the codice fiscale that the person signed in with: it
    confirms a sole trader, whose enterprise bears the same number. Raises `NotAllowed` to a stranger;
    `Blocked` for numbers that do not pass their own check, without a name, powers or principal, and for
    papers that cannot be kept.
    """
    if actor.is_system or not actor.code or actor == Actor.stranger(actor.door):
        raise NotAllowed(_why("sign_in_first", _("Sign in first.")))
    number = identity.tidied(declaration.codice_fiscale)
    principal = identity.tidied(declaration.principal_codice_fiscale)
    if wrong := _unfit(declaration, number, principal):
        raise Blocked(wrong)

    employer = _employer(number, declaration.enterprise_name, at)
    paper = _document(declaration.paper, actor, at)
    copy = _document(declaration.identity_copy, actor, at)
    if standing := _standing(declaration, employer, principal, actor):
        standing.paper, standing.identity_copy = paper or standing.paper, copy or standing.identity_copy
        standing.save(update_fields=["paper", "identity_copy"])
        return standing
    representation = Representation.objects.create(
        code=new_code("R"),
        employer=employer,
        enterprise_name=declaration.enterprise_name.strip()[:NAME_LENGTH],
        account=actor.code,
        capacity=declaration.capacity,
        call=declaration.call,
        powers=_powers(declaration),
        principal_name=declaration.principal_name.strip(),
        principal_codice_fiscale=principal if declaration.capacity == Capacity.DELEGATE else "",
        starts_on=declaration.starts_on,
        ends_on=declaration.ends_on,
        paper=paper,
        identity_copy=copy,
        declared_at=at,
    )
    facts = {
        "employer": employer.code,
        "capacity": str(declaration.capacity),
        "powers": representation.powers,
        "call": declaration.call.code if declaration.call else "",
    }
    record("representation.declared", subject=representation.code, actor=actor, at=at, facts=facts)
    if identified and identified == number and declaration.capacity == Capacity.LEGAL_REPRESENTATIVE:
        confirm(representation, Confirmed.IDENTITY, by=actor, at=at)
    return representation


@transaction.atomic
def confirm_representation(*, representation: Representation, actor: Actor, at: datetime) -> Representation:
    """Confirm, having seen the papers, that somebody acts for an enterprise; again changes nothing.

    What a signature had confirmed, for what the person sent, counts for all from then on. Raises
    `NotAllowed`, also about oneself; `Stale` when it was ended; `Blocked` for a delegate without the signed
    delegation.
    """
    representation = _held(representation)
    if not permissions.may_confirm(actor, representation):
        raise NotAllowed(_not_allowed())
    if representation.revoked_at:
        raise Stale(_why("revoked", _("This was ended: it must be declared anew.")))
    if representation.reaches_all:
        return representation
    if representation.capacity == Capacity.DELEGATE and representation.paper_id is None:
        text = _("There is no signed delegation to look at: ask the delegate to add it.")
        raise Blocked(_why("no_delegation", text))

    return confirm(representation, Confirmed.OFFICE, by=actor, at=at)


@transaction.atomic
def revoke_representation(
    *, representation: Representation, reason: str, actor: Actor, at: datetime
) -> Representation:
    """End from now on that somebody acts for an enterprise; what was filed stays filed.

    The person gives it back, the enterprise's legal representative takes it back, or the office does. Raises
    `NotAllowed`; `Blocked` without a reason; ending what was ended changes nothing.
    """
    representation = _held(representation)
    if not _may_revoke(actor, representation, at):
        raise NotAllowed(_not_allowed())
    if representation.revoked_at:
        return representation
    if not reason.strip():
        raise Blocked(_why("reason_needed", _("Please give the reason: it becomes part of the file.")))

    representation.revoked_by, representation.revoked_at = actor.code, at
    representation.revocation_reason = reason.strip()
    representation.save(update_fields=["revoked_by", "revoked_at", "revocation_reason"])
    record("representation.revoked", subject=representation.code, actor=actor, at=at)
    return representation


@transaction.atomic
def add_papers(
    *,
    representation: Representation,
    paper: Upload | None = None,
    identity_copy: Upload | None = None,
    actor: Actor,
    at: datetime,
) -> Representation:
    """Add the signed delegation, or the copy of the principal's identity document, before it is confirmed.

    Raises `NotAllowed` to anybody but the person; `Stale` once it counts for all or was ended; `Blocked` for
    papers that cannot be kept.
    """
    representation = _held(representation)
    if representation.account != actor.code:
        raise NotAllowed(_not_allowed())
    if representation.reaches_all or representation.revoked_at:
        raise Stale(_why("settled", _("This has been confirmed or ended: nothing can be added any more.")))

    representation.paper = _document(paper, actor, at) or representation.paper
    representation.identity_copy = _document(identity_copy, actor, at) or representation.identity_copy
    representation.save(update_fields=["paper", "identity_copy"])
    facts = {"paper": paper is not None, "identity_copy": identity_copy is not None}
    record("representation.papers_added", subject=representation.code, actor=actor, at=at, facts=facts)
    return representation


def confirm(representation: Representation, how: Confirmed, *, by: Actor, at: datetime) -> Representation:
    """Write that a representation counts from now on; part of the caller's transaction."""
    representation.confirmed, representation.confirmed_by = how, by.code
    representation.confirmed_at = at
    representation.save(update_fields=["confirmed", "confirmed_by", "confirmed_at"])
    facts = {"how": str(how)}
    record("representation.confirmed", subject=representation.code, actor=by, at=at, facts=facts)
    return representation


def _unfit(declaration: Declaration, number: str, principal: str) -> list[Finding]:
    found = []
    if not (identity.is_company_number(number) or identity.is_personal_number(number)):
        text = _("This codice fiscale does not pass its own check: compare it with the company register.")
        found.append(_why("codice_fiscale_wrong", text))
    if not declaration.enterprise_name.strip():
        found.append(_why("name_needed", _("Give the name of the enterprise.")))
    if not declaration.powers:
        found.append(_why("powers_needed", _("Say what the delegation covers.")))
    if declaration.ends_on and declaration.ends_on <= declaration.starts_on:
        found.append(_why("ends_before_it_starts", _("The last day must come after the first.")))
    if declaration.capacity == Capacity.DELEGATE and not identity.is_personal_number(principal):
        text = _("Give the codice fiscale of the legal representative: 16 letters and digits.")
        found.append(_why("principal_needed", text))
    return found


def _powers(declaration: Declaration) -> list[str]:
    chosen = Power if declaration.capacity == Capacity.LEGAL_REPRESENTATIVE else declaration.powers
    return sorted(str(power) for power in chosen)


def _employer(number: str, name: str, at: datetime) -> Employer:
    known = Employer.objects.filter(codice_fiscale=number).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return Employer.objects.create(
                code=new_code("B"), codice_fiscale=number, name=name.strip()[:NAME_LENGTH], known_since=at
            )
    except IntegrityError:
        return Employer.objects.get(codice_fiscale=number)


def _standing(
    declaration: Declaration, employer: Employer, principal: str, actor: Actor
) -> Representation | None:
    """What says the same and waits still; held."""
    same = Representation.objects.select_for_update(of=("self",)).filter(
        employer=employer,
        account=actor.code,
        capacity=declaration.capacity,
        call=declaration.call,
        powers=_powers(declaration),
        starts_on=declaration.starts_on,
        ends_on=declaration.ends_on,
        confirmed="",
        revoked_at__isnull=True,
    )
    if declaration.capacity == Capacity.DELEGATE:
        same = same.filter(principal_codice_fiscale=principal)
    return same.order_by("pk").first()


def _document(upload: Upload | None, actor: Actor, at: datetime) -> Document | None:
    return kept(upload, actor=actor, at=at) if upload else None


def _held(representation: Representation) -> Representation:
    held = Representation.objects.select_for_update(of=("self",)).select_related("employer", "call")
    return held.get(pk=representation.pk)


def _may_revoke(actor: Actor, representation: Representation, at: datetime) -> bool:
    if actor.code == representation.account or permissions.may_confirm(actor, representation):
        return True
    zone = representation.call.zone if representation.call else ZONE
    heads = Representation.objects.heads(local_day(at, zone)).filter(
        Q(call__isnull=True) | Q(call=representation.call_id),
        account=actor.code,
        employer=representation.employer_id,
    )
    return heads.exists()


def _not_allowed() -> Finding:
    return _why("not_allowed", _("Your role here does not allow this."))


def _why(code: str, text: "str | Promise") -> Finding:
    return Finding(code, text)

"""What is done with people, organisations and who acts for whom."""

from collections.abc import Collection
from datetime import date, datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.accounts import permissions, queries, rules
from tragitto.accounts.models import Membership, Organisation, User
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record


def _demand(allowed: bool, verb: str) -> None:
    if not allowed:
        raise NotAllowed(Finding(verb, _("You may not do this.")))


@transaction.atomic
def found_organisation(*, code: str, name: str, kind: str, actor: Actor, at: datetime) -> Organisation:
    """Enter an organisation under a public code that others may refer to.

    Raises `NotAllowed`, and `Blocked` when the code is taken or malformed, or the name is missing.
    """
    _demand(permissions.may_found_organisation(actor, kind), "organisation.founded")
    if not rules.is_code(code):
        said = _("A code is letters, digits, dots and hyphens without spaces, such as office-1.")
        raise Blocked(Finding("code-wrong", said))
    if not name.strip():
        raise Blocked(Finding("name-missing", _("The organisation needs a name.")))
    if Organisation.objects.filter(code=code).exists():
        raise Blocked(Finding("code-taken", _("An organisation with this code exists.")))

    organisation = Organisation.objects.create(code=code, name=name.strip(), kind=kind)
    record("organisation.founded", subject=code, actor=actor, at=at, facts={"kind": kind})
    return organisation


@transaction.atomic
def add_person(
    *,
    email: str,
    full_name: str,
    language: str = "it",
    fiscal_number: str = "",
    actor: Actor,
    at: datetime,
) -> User:
    """Open an account without password and without rights; `invite` and `grant` come next.

    The office vouches for the address, so it counts as verified. Raises `NotAllowed`, and `Blocked` when
    the address or the codice fiscale is taken or wrong, or the name is missing.
    """
    _demand(permissions.may_add_person(actor), "person.added")
    address, number = _address(email), _number(fiscal_number)
    if not full_name.strip():
        raise Blocked(Finding("name-missing", _("A new account needs the person's name.")))
    if User.objects.filter(email=address).exists():
        raise Blocked(Finding("email-taken", _("Somebody has an account with this address.")))
    if number and User.objects.filter(fiscal_number=number).exists():
        raise Blocked(Finding("fiscal-number-taken", _("Somebody has an account with this codice fiscale.")))

    user = User(
        code=new_code("U"),
        email=address,
        full_name=full_name.strip(),
        language=language,
        fiscal_number=number,
        joined_at=at,
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    record("person.added", subject=user.code, actor=actor, at=at, facts={"language": language})
    return user


@transaction.atomic
def person_with_account(
    *,
    email: str,
    full_name: str = "",
    language: str = "it",
    fiscal_number: str = "",
    actor: Actor,
    at: datetime,
) -> User:
    """The person who has an account with this address; it is opened, as `add_person` does, if nobody has.

    Raises `NotAllowed`, and `Blocked` also when the account has another name or codice fiscale than given:
    it is not changed by the way.
    """
    _demand(permissions.may_add_person(actor), "person.added")
    user = User.objects.filter(email=_address(email)).first()
    if user is None:
        return add_person(
            email=email,
            full_name=full_name,
            language=language,
            fiscal_number=fiscal_number,
            actor=actor,
            at=at,
        )
    if full_name.strip() not in ("", user.full_name):
        said = _("The account with this address has another name: leave the name out, or check the address.")
        raise Blocked(Finding("name-differs", said))
    if _number(fiscal_number) not in (None, user.fiscal_number):
        said = _("The account with this address has another codice fiscale, or none: leave it out.")
        raise Blocked(Finding("fiscal-number-differs", said))
    return user


def _address(written: str) -> str:
    address = rules.email_address(written)
    try:
        validate_email(address)
    except ValidationError as error:
        said = _("This is not an e-mail address: write it like name@example.org.")
        raise Blocked(Finding("email-wrong", said)) from error
    return address


def _number(written: str) -> str | None:
    if not written:
        return None
    try:
        return rules.fiscal_number(written)
    except ValueError as error:
        raise Blocked(Finding("fiscal-number-wrong", _("This is not a codice fiscale."))) from error


@transaction.atomic
def invite(*, user: User, actor: Actor, at: datetime) -> str:
    """The key of a link by which `user` sets a password: the door makes the link and hands it over.

    It works once, for the days of PASSWORD_RESET_TIMEOUT counted by the real clock, as the page that reads
    it counts them. Raises `NotAllowed`.
    """
    organisations = queries.unfinished_organisations(user, _day(at))
    _demand(permissions.may_renew_keys(actor, user, organisations), "person.invited")

    record("person.invited", subject=user.code, actor=actor, at=at)
    return f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"


@transaction.atomic
def grant(
    *,
    user: User,
    organisation: Organisation,
    roles: Collection[str],
    starts_on: date | None = None,
    ends_on: date | None = None,
    actor: Actor,
    at: datetime,
) -> Membership:
    """Let `user` act for `organisation` in `roles` from a day (today) on, perhaps until a day (excluded).

    Replaces what the pair had before; the ledger keeps it. An invitation not yet used is void: give a new
    one with `invite`. Raises `NotAllowed`, and `Blocked` when a role
    does not suit the organisation or the end does not follow the start.
    """
    _demand(permissions.may_grant(actor, user, organisation), "membership.granted")
    begin = starts_on or _day(at)
    if unsuited := sorted(set(roles) - rules.roles_open_to(organisation.kind)):
        raise Blocked(
            Finding("role-unsuited", _("This organisation does not have this role."), {"roles": unsuited})
        )
    if not roles:
        raise Blocked(Finding("no-role", _("Name at least one role.")))
    if ends_on and ends_on <= begin:
        raise Blocked(Finding("ends-before-start", _("The end must come after the start.")))

    wanted = {"roles": sorted(roles), "starts_on": begin, "ends_on": ends_on}
    if not user.has_usable_password():
        # A key handed out before must not open what the account may do from now on.
        user.set_unusable_password()
        user.save(update_fields=["password"])
    membership, _created = Membership.objects.update_or_create(
        user=user, organisation=organisation, defaults=wanted
    )
    facts = {"organisation": organisation.code, **wanted}
    record("membership.granted", subject=user.code, actor=actor, at=at, facts=facts)
    return membership


@transaction.atomic
def revoke(
    *, user: User, organisation: Organisation, ends_on: date | None = None, actor: Actor, at: datetime
) -> None:
    """End the membership from a day (today) on; one that had not begun is taken away.

    Works at the next click: rights are read anew at every request. Raises `NotAllowed`, and `Blocked` when
    there is no such membership.
    """
    _demand(permissions.may_grant(actor, user, organisation), "membership.revoked")
    end = ends_on or _day(at)
    membership = Membership.objects.select_for_update().filter(user=user, organisation=organisation).first()
    if membership is None:
        raise Blocked(Finding("no-membership", _("This person does not act for this organisation.")))

    if end <= membership.starts_on:
        membership.delete()
    else:
        membership.ends_on = end
        membership.save(update_fields=["ends_on"])
    facts = {"organisation": organisation.code, "ends_on": end}
    record("membership.revoked", subject=user.code, actor=actor, at=at, facts=facts)


@transaction.atomic
def switch_organisation(*, user: User, organisation: Organisation, actor: Actor, at: datetime) -> None:
    """Act for another of the own organisations from now on.

    Raises `NotAllowed` for somebody else's choice, `Blocked` without a membership in force there.
    """
    _demand(permissions.may_switch(actor, user), "person.switched")
    if not queries.memberships_on(user, _day(at)).filter(organisation=organisation).exists():
        raise Blocked(Finding("no-membership", _("You do not act for this organisation.")))

    user.acts_for = organisation
    user.save(update_fields=["acts_for"])
    facts = {"organisation": organisation.code}
    record("person.switched", subject=user.code, actor=actor, at=at, facts=facts)


@transaction.atomic
def reset_second_factor(*, user: User, actor: Actor, at: datetime) -> None:
    """Remove every second factor of `user` with the recovery codes, end the sessions, and the password.

    The password goes too, for with it alone somebody could enrol a factor of their own: a new `invite` must
    follow. Raises `NotAllowed`, also to the person.
    """
    organisations = queries.unfinished_organisations(user, _day(at))
    _demand(permissions.may_renew_keys(actor, user, organisations), "person.factor_reset")

    removed, _models = Authenticator.objects.filter(user=user).delete()
    # Sessions carry a digest of the password's hash: a new hash, even an unusable one, ends them all.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    record("person.factor_reset", subject=user.code, actor=actor, at=at, facts={"removed": removed})


@transaction.atomic
def enrol_totp(*, user: User, secret: str, actor: Actor, at: datetime) -> None:
    """Give `user` the second factor of a known `secret` (base32): for the demonstration and for tests.

    Replaces one set up before. Raises `NotAllowed` to everybody but the house itself.
    """
    _demand(permissions.may_enrol_for_another(actor), "person.factor_enrolled")

    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    record("person.factor_enrolled", subject=user.code, actor=actor, at=at, facts={"type": "totp"})


@transaction.atomic
def set_password(*, user: User, password: str, actor: Actor, at: datetime) -> None:
    """Set the password of `user`, which ends all other sessions. Raises `NotAllowed`.

    Only the person, who has proved it to the door, or the house for the demonstration.
    """
    _demand(actor.is_system or actor.code == user.code, "person.password_set")

    user.set_password(password)
    user.save(update_fields=["password"])
    record("person.password_set", subject=user.code, actor=actor, at=at)


@transaction.atomic
def note_sign_in(*, user: User, methods: Collection[str], actor: Actor, at: datetime) -> None:
    """Write down that `user` signed in and by which `methods` (password, mfa, socialaccount …)."""
    record("person.signed_in", subject=user.code, actor=actor, at=at, facts={"methods": list(methods)})


def _day(at: datetime) -> date:
    # The office's day, not Greenwich's: a right that begins on the 1st begins at midnight in Rome.
    return timezone.localtime(at).date()

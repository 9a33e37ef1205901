"""Organisations and people: entered by the office, which vouches for them."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts import permissions, rules
from tragitto.accounts.actions.asking import address_of, demand, number_of
from tragitto.accounts.models import Organisation, User
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record


@transaction.atomic
def found_organisation(*, code: str, name: str, kind: str, actor: Actor, at: datetime) -> Organisation:
    """Enter an organisation under a public code that others may refer to.

    Raises `NotAllowed`, and `Blocked` when the code is taken or malformed, or the name is missing.
    """
    demand(permissions.may_found_organisation(actor, kind), "organisation.founded")
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
    demand(permissions.may_add_person(actor), "person.added")
    address, number = address_of(email), number_of(fiscal_number)
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
    demand(permissions.may_add_person(actor), "person.added")
    user = User.objects.filter(email=address_of(email)).first()
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
    if number_of(fiscal_number) not in (None, user.fiscal_number):
        said = _("The account with this address has another codice fiscale, or none: leave it out.")
        raise Blocked(Finding("fiscal-number-differs", said))
    return user

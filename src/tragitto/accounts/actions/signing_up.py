"""Accounts that people open for themselves: by an address they have proved, or by digital identity.

Such an account opens nothing by itself: what its holder may do follows from what they file and for whom.
"""

import json
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from tragitto.accounts.actions.asking import address_of, number_of
from tragitto.accounts.models import User
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.kernel.sealing import Unreadable, sealed, unsealed
from tragitto.ledger.actions import record

_PURPOSE = "tragitto.sign-up"
#: For how long a letter to an address can be answered, by the real clock: a day.
ANSWERED_WITHIN = 24 * 60 * 60
#: The job that writes; its key says to whom, and this house alone reads that.
WRITING, QUEUE = "accounts.write_to_address", "post"


@transaction.atomic
def write_to_address(
    *,
    email: str,
    page: str,
    onward: str = "",
    language: str,
    user: User | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Have an address written to, so that whoever reads there can go on: open an account, or add it.

    A job writes: nobody waits for the mail server, or learns by waiting who has an account. `page` is the
    address of the page that the key is put behind, `onward` where to go from there. Nothing is stored but
    that it was asked, and nobody reads the address in the key; whoever has an account already is told so in
    the letter, never on the page: who has one stays unknown. Raises `Blocked` for what is no address, and
    where no mail is sent.
    """
    address = address_of(email)
    if not settings.CAN_SEND_MAIL:
        said = gettext_lazy("This service sends no mail: ask the office for an invitation.")
        raise Blocked(Finding("no-mail", said))

    record("address.asked_for", subject=user.code if user else "", actor=actor, at=at)
    letter = {"key": _key_for(address, user), "page": page, "onward": onward, "language": language}
    app.configure_task(WRITING, queue=QUEUE).defer(**letter)


def send_address_letter(
    *, key: str, page: str, onward: str, language: str, actor: Actor, at: datetime
) -> None:
    """Send the letter with this key; one that nobody could answer any more is not sent.

    Raises what the mail server answers, so that the job is tried again.
    """
    try:
        content = _content(key)
    except Blocked:
        return
    address, is_new = content["email"], not content["user"]
    with translation.override(language):
        link = f"{page}{key}/" + (f"?{urlencode({'next': onward})}" if onward else "")
        subject, body = _taken() if _is_taken(address) else _letter(link, is_new=is_new)
        EmailMessage(subject=f"[Tragitto] {subject}", body=body, to=[address]).send()
    record("address.written_to", subject=content["user"], actor=actor, at=at)


@transaction.atomic
def open_account(
    *, key: str, full_name: str, password: str, language: str, actor: Actor, at: datetime
) -> User:
    """Open an account for whoever has read the letter with this key; it acts for nobody.

    Raises `Blocked` when the key is too old or none of ours, the name is missing, or the address has an
    account by now.
    """
    address = address_in(key)
    if not full_name.strip():
        said = gettext_lazy("Please give your name: it stands in what you file.")
        raise Blocked(Finding("name-missing", said))

    user = User(
        code=new_code("U"),
        email=address,
        full_name=full_name.strip(),
        language=language,
        joined_at=at,
        is_self_opened=True,
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    except IntegrityError as taken:
        raise Blocked(_email_taken()) from taken
    record("person.signed_up", subject=user.code, actor=actor, at=at, facts={"by": "address"})
    return user


@transaction.atomic
def open_identified_account(
    *, fiscal_number: str, full_name: str, language: str, actor: Actor, at: datetime
) -> User:
    """The account of somebody whom an identity provider has identified for the first time; acts for nobody.

    It has no address and no password until its holder adds one. Raises `Blocked` for what is no codice
    fiscale, and when somebody has an account with it, closed ones included.
    """
    number = number_of(fiscal_number)
    if number is None or User.objects.filter(fiscal_number=number).exists():
        said = gettext_lazy("Somebody has an account with this codice fiscale.")
        raise Blocked(Finding("fiscal-number-taken", said))

    user = User(
        code=new_code("U"),
        email=None,
        full_name=full_name.strip()[:200],
        language=language,
        fiscal_number=number,
        joined_at=at,
        is_self_opened=True,
    )
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as taken:
        said = gettext_lazy("Somebody has an account with this codice fiscale.")
        raise Blocked(Finding("fiscal-number-taken", said)) from taken
    record("person.signed_up", subject=user.code, actor=actor, at=at, facts={"by": "identity"})
    return user


@transaction.atomic
def confirm_address(*, key: str, user: User, actor: Actor, at: datetime) -> User:
    """Add the address of the letter with this key to an account that has none.

    Raises `NotAllowed` for a key made for another account; `Blocked` for one too old or none of ours, when
    the account has an address, which the office alone changes, or the address belongs to somebody.
    """
    content = _content(key)
    user = User.objects.select_for_update().get(pk=user.pk)
    if content["user"] != user.code or actor.code != user.code:
        said = gettext_lazy("This letter was written for another account: sign in with that one.")
        raise NotAllowed(Finding("another-account", said))
    if user.email == content["email"]:
        return user
    if user.email:
        said = gettext_lazy("Your account has an address: the office changes it for you.")
        raise Blocked(Finding("has-address", said))

    user.email = content["email"]
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    except IntegrityError as taken:
        raise Blocked(_email_taken()) from taken
    record("person.address_added", subject=user.code, actor=actor, at=at)
    return user


def address_in(key: str) -> str:
    """The address that a key for a new account was written to; raises `Blocked` for any other key."""
    content = _content(key)
    if content["user"]:
        raise Blocked(_no_key())
    return content["email"]


def _is_taken(address: str) -> bool:
    return User.objects.filter(email=address).exists()


def _key_for(address: str, user: User | None) -> str:
    return sealed(json.dumps({"email": address, "user": user.code if user else ""}), purpose=_PURPOSE)


def _content(key: str) -> dict[str, str]:
    try:
        content: dict[str, str] = json.loads(unsealed(key, purpose=_PURPOSE, max_age=ANSWERED_WITHIN))
    except Unreadable as wrong:
        raise Blocked(_no_key()) from wrong
    return content


def _no_key() -> Finding:
    said = gettext_lazy("This link is older than a day, or not whole: ask for another letter.")
    return Finding("key-wrong", said)


def _email_taken() -> Finding:
    return Finding("email-taken", gettext_lazy("Somebody has an account with this address."))


def _letter(link: str, *, is_new: bool) -> tuple[str, str]:
    lead = (
        _("Somebody, probably you, wants to open an account with this address. To go on, open this page:")
        if is_new
        else _("Somebody, probably you, wants to be written to at this address. To confirm, open this page:")
    )
    after = _("The link holds for one day. If it was not you, do nothing: nothing happens.")
    return _("Confirm your address"), "\n\n".join([lead, link, after])


def _taken() -> tuple[str, str]:
    said = _(
        "Somebody, probably you, asked for an account with this address. You have one already: sign in, or"
        " ask for a new password on the sign-in page. If it was not you, do nothing."
    )
    return _("You have an account already"), f"{said}\n\n{settings.ADDRESS}/account/login/"

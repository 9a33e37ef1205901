"""One-time codes: people without a password prove that they read at an address or a mobile number."""

import json
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from tragitto.accounts import queries
from tragitto.accounts.actions.asking import day_of
from tragitto.accounts.actions.opening import account_for
from tragitto.accounts.actions.reaching import Reach, demand_way, reach_of
from tragitto.accounts.actions.texting import QUEUE, text
from tragitto.accounts.models import OneTimeCode, User
from tragitto.accounts.models.codes import LIVE
from tragitto.accounts.rules import CODE_DIGITS, CODE_MINUTES, MOST_TRIES, in_ascii
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.kernel.sealing import Unreadable, sealed, unsealed
from tragitto.ledger.actions import record

_PURPOSE = "tragitto.one-time-code"
#: The job that writes; its key says to whom and what, and this house alone reads that.
WRITING_CODE = "accounts.write_code"


def send_code(*, address: str, language: str, actor: Actor, at: datetime) -> str:
    """Send a code to an e-mail address or a mobile number, whether or not somebody has an account there.

    A code sent before is void. Whoever signs in for an office gets a message that says so instead, and
    nobody learns it on the page. Returns the code where it is a demonstration, from which no message leaves,
    else "". Raises `Blocked` for what is neither address nor number, and where nothing can be sent that way.
    """
    reach = reach_of(address)
    demand_way(reach)
    return _sent(reach, language, actor=actor, at=at)


def redeem_code(*, address: str, code: str, actor: Actor, at: datetime) -> User:
    """The person who reads at this address and gives the code sent there; a first time opens the account.

    Such an account has no password and acts for nobody. Not for use inside a transaction: a wrong try is
    kept though it is refused. Raises `Blocked` for a wrong code, one too old, used or void, for a closed
    account, and for one that signs in for an office.
    """
    outcome = _redeemed(reach_of(address), in_ascii(code), actor=actor, at=at)
    if isinstance(outcome, Finding):
        raise Blocked(outcome)
    return outcome


def send_code_letter(*, key: str, language: str, actor: Actor, at: datetime) -> None:
    """Send the letter with this code; one that nobody could use any more is not sent.

    Raises what the mail server answers, so that the job is tried again.
    """
    try:
        content: dict[str, str] = json.loads(unsealed(key, purpose=_PURPOSE))
    except Unreadable:
        return
    if not OneTimeCode.objects.filter(LIVE, code=content["code"], ends_at__gt=at).exists():
        return
    with translation.override(language):
        subject, body = _letter(content["digits"])
        EmailMessage(subject=f"[Tragitto] {subject}", body=body, to=[content["email"]]).send()
    record("code.written", subject=content["code"], actor=actor, at=at)


@transaction.atomic
def _sent(reach: Reach, language: str, *, actor: Actor, at: datetime) -> str:
    where = _keyed(reach.address)
    with connection.cursor() as cursor:  # one code for an address at a time: each must see the one before
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [where])
    OneTimeCode.objects.filter(LIVE, address_digest=where).update(voided_at=at)
    digits = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    code = new_code("K")
    row = OneTimeCode.objects.create(
        code=code,
        address_digest=where,
        digest=_keyed(f"{code} {digits}"),
        language=language,
        asked_at=at,
        ends_at=at + timedelta(minutes=CODE_MINUTES),
    )
    record("code.asked_for", subject=row.code, actor=actor, at=at, facts={"way": reach.way})
    if settings.IS_DEMONSTRATION:
        return digits

    user = queries.reached_at(email=reach.email, phone=reach.phone)
    is_enough = user is None or not queries.needs_more_than_a_code(user, day_of(at))
    if reach.phone:
        with translation.override(language):
            words = _text(digits) if is_enough else _not_by_code()
        text(number=reach.phone, text=words, key=f"code {code}", until=row.ends_at, actor=actor, at=at)
    else:
        letter = {"email": reach.email, "code": code, "digits": digits if is_enough else ""}
        key = sealed(json.dumps(letter), purpose=_PURPOSE)
        app.configure_task(WRITING_CODE, queue=QUEUE).defer(key=key, language=language)
    return ""


@transaction.atomic
def _redeemed(reach: Reach, digits: str, *, actor: Actor, at: datetime) -> User | Finding:
    live = OneTimeCode.objects.select_for_update().filter(LIVE, address_digest=_keyed(reach.address))
    row = live.filter(ends_at__gt=at).first()
    if row is None:
        said = gettext_lazy("This code does not hold any more: ask for another.")
        return Finding("code-void", said)
    if not constant_time_compare(row.digest, _keyed(f"{row.code} {digits}")):
        return _tried(row, actor=actor, at=at)
    user = account_for(reach, language=row.language, actor=actor, at=at)
    if refused := _refusal(user, at):
        row.voided_at = at
        row.save(update_fields=["voided_at"])
        return refused

    row.used_at = at
    row.save(update_fields=["used_at"])
    record("code.used", subject=row.code, actor=actor, at=at, facts={"person": user.code})
    return user


def _tried(row: OneTimeCode, *, actor: Actor, at: datetime) -> Finding:
    row.tries += 1
    if row.tries < MOST_TRIES:
        row.save(update_fields=["tries"])
        said = gettext_lazy("This is not the code we sent: look at the message again.")
        return Finding("code-wrong", said, {"tries_left": MOST_TRIES - row.tries})
    row.voided_at = at
    row.save(update_fields=["tries", "voided_at"])
    record("code.voided", subject=row.code, actor=actor, at=at, facts={"tries": row.tries})
    said = gettext_lazy("The code was wrong too many times and does not hold any more: ask for another.")
    return Finding("code-void", said)


def _refusal(user: User, at: datetime) -> Finding | None:
    if not user.is_active:
        said = gettext_lazy("This account is closed: ask the office.")
        return Finding("account-closed", said)
    if queries.needs_more_than_a_code(user, day_of(at)):
        said = gettext_lazy("This account signs in with its second factor: a code alone is not enough.")
        return Finding("code-not-enough", said)
    return None


def _keyed(text: str) -> str:
    return salted_hmac(_PURPOSE, text, algorithm="sha256").hexdigest()


def _text(digits: str) -> str:
    said = _("%(digits)s is your code for Tragitto. It holds for ten minutes. Give it to nobody.")
    # The last line lets telephones fill the code in, on this site alone (Web OTP, "origin-bound codes").
    return f"{said % {'digits': digits}}\n@{urlsplit(settings.ADDRESS).hostname} #{digits}"


def _letter(digits: str) -> tuple[str, str]:
    if not digits:
        return _("Sign in with your second factor"), _not_by_code()
    said = _("%(digits)s is your code for Tragitto. It holds for ten minutes. Give it to nobody.")
    after = _("If it was not you who asked for it, do nothing: nothing happens.")
    return _("Your code"), f"{said % {'digits': digits}}\n\n{after}"


def _not_by_code() -> str:
    said = _(
        "Somebody, probably you, asked for a code. Your account signs in with its password and its second"
        " factor instead."
    )
    return f"{said} {settings.ADDRESS}/account/login/"

"""Telling firms and interpreters something, by e-mail and in Italian; for a firm all who receive for it.

A letter that has legal effect is not sent this way: it goes by certified mail, from the office's letters.
"""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from tragitto.accounts.actions.reaching import can_mail
from tragitto.accounts.queries import contacts_of
from tragitto.employers.models import Employer, Representation
from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.sealing import Unreadable, sealed, unsealed
from tragitto.ledger.actions import record
from tragitto.schemes.models import Call
from tragitto.selection.models import Interpreter

if TYPE_CHECKING:
    from django.utils.functional import Promise

_PURPOSE = "tragitto.selection-letter"
#: The job that writes by e-mail; what it writes, and to whom, this house alone reads.
WRITING, QUEUE = "selection.write_to_firm", "post"


def tell_firm(
    *,
    employer: Employer,
    call: Call,
    subject: "str | Promise",
    text: "str | Promise",
    key: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Tell a firm `text` for the occasion `key`; to how many people it goes.

    Part of the caller's transaction: a job sends once it has committed. Writes in the ledger that the firm
    was told; nothing where nobody is confirmed to receive for it, so that the caller can say so.
    """
    people = _receivers(employer, call, timezone.localdate(at)) if can_mail() else []
    if not people:
        return 0
    _write(people, employer.code, subject, text, key)
    record("employer.told", subject=employer.code, actor=actor, at=at, facts={"way": "email", "key": key})
    return len(people)


def tell_interpreter(
    *,
    interpreter: Interpreter,
    subject: "str | Promise",
    text: "str | Promise",
    key: str,
    actor: Actor,
    at: datetime,
) -> bool:
    """Tell an interpreter `text` for the occasion `key`; whether it goes out. Otherwise as `tell_firm`."""
    if not can_mail():
        return False
    _write([interpreter.email], interpreter.code, subject, text, key)
    facts = {"way": "email", "key": key}
    record("interpreter.told", subject=interpreter.code, actor=actor, at=at, facts=facts)
    return True


def _write(people: list[str], code: str, subject: "str | Promise", text: "str | Promise", key: str) -> None:
    if not settings.CAN_SEND_MAIL:
        return
    with translation.override("it"):
        said, about = str(text), str(subject)
    for email in people:
        letter = {"email": email, "subject": about, "body": said, "key": key}
        content = sealed(json.dumps(letter), purpose=_PURPOSE)
        app.configure_task(WRITING, queue=QUEUE).defer(code=code, content=content)


def send_letter(*, code: str, content: str, actor: Actor, at: datetime) -> None:
    """Send the e-mail that was written down, and write in the ledger that it left.

    Raises what the mail server answers, so that the job is tried again.
    """
    try:
        letter: dict[str, str] = json.loads(unsealed(content, purpose=_PURPOSE))
    except Unreadable:
        return  # sealed with a key that this house no longer has: nobody can read it
    EmailMessage(subject=f"[Tragitto] {letter['subject']}", body=letter["body"], to=[letter["email"]]).send()
    record("employer.written_to", subject=code, actor=actor, at=at, facts={"key": letter["key"]})


def _receivers(employer: Employer, call: Call, on: date) -> list[str]:
    confirmed = Representation.objects.in_force(on).filter(
        Q(call=None) | Q(call=call), employer=employer, powers__contains=[str(Power.RECEIVE)]
    )
    accounts = sorted(set(confirmed.values_list("account", flat=True)))
    known = contacts_of(accounts)
    return [known[each].email for each in accounts if each in known and known[each].email]

"""Telling a person something: by text message where they allow it, else by e-mail, in their language."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from procrastinate.contrib.django import app

from tragitto.accounts.actions import text as send_by_text
from tragitto.accounts.actions.reaching import can_mail, can_text, mobile_of
from tragitto.accounts.queries import contacts_of
from tragitto.candidates.models import Candidate
from tragitto.candidates.queries import consents
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked
from tragitto.kernel.sealing import Unreadable, sealed, unsealed
from tragitto.ledger.actions import record
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ConsentEffect

if TYPE_CHECKING:
    from django.utils.functional import Promise

_PURPOSE = "tragitto.roster-letter"
#: The job that writes by e-mail; what it writes, and to whom, this house alone reads.
WRITING, QUEUE = "candidates.write_to_person", "post"


def tell(
    *,
    candidate: Candidate,
    subject: "str | Promise",
    text: "str | Promise",
    key: str,
    until: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> str:
    """Tell a person `text` once for the occasion `key`; the way it goes: "text", "email", or "" for none.

    Where they signed in comes before where others say they read. Text messages need their consent; `subject`
    is of the e-mail alone. Part of the caller's transaction: a job sends once it has committed. Writes in the
    ledger that they were told, and by which way.
    """
    phone, email = _reached(candidate)
    with translation.override(candidate.language):
        said, about = str(text), str(subject)
    way = ""
    if phone and can_text() and _may_text(candidate):
        send_by_text(number=phone, text=said, key=key, until=until, actor=actor, at=at)
        way = "text"
    elif email and can_mail():
        way = "email"
        if settings.CAN_SEND_MAIL:
            letter = {"email": email, "subject": about, "body": said, "key": key}
            content = sealed(json.dumps(letter), purpose=_PURPOSE)
            app.configure_task(WRITING, queue=QUEUE).defer(code=candidate.code, content=content)
    if way:
        record("candidate.told", subject=candidate.code, actor=actor, at=at, facts={"way": way, "key": key})
    return way


def send_letter(*, code: str, content: str, actor: Actor, at: datetime) -> None:
    """Send the e-mail that `tell` wrote down, and write in the ledger that it left.

    Raises what the mail server answers, so that the job is tried again.
    """
    try:
        letter: dict[str, str] = json.loads(unsealed(content, purpose=_PURPOSE))
    except Unreadable:
        return  # sealed with a key that this house no longer has: nobody can read it
    EmailMessage(subject=f"[Tragitto] {letter['subject']}", body=letter["body"], to=[letter["email"]]).send()
    record("candidate.written_to", subject=code, actor=actor, at=at, facts={"key": letter["key"]})


def _reached(candidate: Candidate) -> tuple[str, str]:
    """The mobile number and the address at which the person reads, empty where none is known."""
    signed_in = contacts_of([candidate.account]).get(candidate.account)
    identity = getattr(candidate, "identity", None)
    phone = (signed_in.phone if signed_in else "") or (identity.phone if identity else "")
    email = (signed_in.email if signed_in else "") or (identity.email if identity else "")
    try:
        return (mobile_of(phone) if phone else ""), email
    except Blocked:
        return "", email  # a number that takes no text messages


def _may_text(candidate: Candidate) -> bool:
    return consents.allows(candidate, roster_of(candidate.scheme_id), ConsentEffect.TEXT_MESSAGES)

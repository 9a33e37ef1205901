"""What is written by ordinary mail about requests: to the enterprise, its account manager, those above."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tragitto.accounts import queries as accounts
from tragitto.accounts.models import User
from tragitto.employers.actions.enquiring_terms import local_day_of
from tragitto.employers.models import Enquiry
from tragitto.employers.queries import enquiries as queries
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.texts import in_language
from tragitto.ledger.actions import record
from tragitto.ledger.models import Entry
from tragitto.records.queries import digest_readers

#: The job that writes, and what it may write about.
WRITING, QUEUE = "employers.write_about_enquiry", "post"
#: The verb by which the ledger knows each letter that left.
WRITTEN = "enquiry.written_about"
RECEIVED, GIVEN, ANSWERED, OVERDUE = "received", "given", "answered", "overdue"


def tell(code: str, about: str, number: int = 0) -> None:
    """Have somebody written to about a request once this transaction has committed, where mail leaves.

    `number` = of which of several it is told: which contact, which assignment, which moment.
    """
    if getattr(settings, "CAN_SEND_MAIL", False):
        app.configure_task(WRITING, queue=QUEUE, lock=code).defer(code=code, about=about, number=number)


def write_about_enquiry(*, code: str, about: str, number: int = 0, actor: Actor, at: datetime) -> int:
    """Write about a request to those whom it concerns, each in their language; return how many letters left.

    Letters to the office hold codes alone; those to the enterprise what it told us itself. Raises what the
    mail server answers, so that the job is tried again: what has left by then is written down and does not
    leave again, and should the house die in between, the second bears the same Message-ID as the first.
    """
    enquiry = queries.get_for(Actor.system("task"), code)
    left = 0
    for letter in _WRITERS[about](enquiry, at, number):
        # The ledger keeps no address.
        to = sha256_hex(letter.to[0].encode())[:16]
        key = f"{about}-{number}-{to}"
        if Entry.objects.filter(subject=code, verb=WRITTEN, facts__key=key).exists():
            continue
        letter.extra_headers["Message-ID"] = f"<{code}.{key}@{urlsplit(settings.ADDRESS).hostname}>"
        letter.send()
        facts = {"about": about, "key": key}
        record(WRITTEN, subject=code, actor=actor, at=at, facts=facts)
        left += 1
    return left


def _received(enquiry: Enquiry, at: datetime, number: int = 0) -> list[EmailMessage]:
    if not enquiry.contact_email:
        return []
    task = queries.task_of(enquiry)
    with translation.override(enquiry.language):
        lines = [
            _("Thank you for your request. Its code is {code}.").format(code=enquiry.code),
            _who_calls(enquiry),
            _("We call you back by {day}.").format(day=date_format(task.due_at, "j F Y")) if task else "",
            _("See at any time where it stands: {address}").format(address=_own_address(enquiry)),
        ]
        return [_to_enterprise(enquiry, _("We have received your request"), lines)]


def _given(enquiry: Enquiry, at: datetime, number: int = 0) -> list[EmailMessage]:
    manager = User.objects.filter(code=enquiry.manager, is_active=True).first()
    if manager is None or not manager.email:
        return []
    with translation.override(manager.language):
        subject = _("[Tragitto] A request for information was given to you: {code}")
        return [_to_office(enquiry, subject, manager)]


def _answered(enquiry: Enquiry, at: datetime, number: int = 0) -> list[EmailMessage]:
    said = enquiry.contacts.filter(number=number).first()
    if said is None or not enquiry.contact_email:
        return []
    with translation.override(enquiry.language):
        lines = [said.note, "", _("Your request: {address}").format(address=_own_address(enquiry))]
        return [_to_enterprise(enquiry, _("Our answer to your request"), lines)]


def _overdue(enquiry: Enquiry, at: datetime, number: int = 0) -> list[EmailMessage]:
    letters = []
    for reader in digest_readers(enquiry.organisation.code, on=local_day_of(enquiry, at)):
        with translation.override(reader.language):
            subject = _("[Tragitto] Nobody has answered this request in time: {code}")
            letters.append(_to_office(enquiry, subject, reader))
    return letters


_WRITERS: dict[str, Callable[[Enquiry, datetime, int], list[EmailMessage]]] = {
    RECEIVED: _received,
    GIVEN: _given,
    ANSWERED: _answered,
    OVERDUE: _overdue,
}


def _who_calls(enquiry: Enquiry) -> str:
    name = accounts.names_of([enquiry.manager]).get(enquiry.manager, "")
    office = enquiry.organisation.name
    if not name:
        return _("Your request is with {office}.").format(office=office)
    return _("Your account manager is {name}, {office}.").format(name=name, office=office)


def _own_address(enquiry: Enquiry) -> str:
    secret = queries.secret_of(enquiry.code)
    if queries.hash_of(secret) != enquiry.token_hash:  # the house's key was changed since
        return settings.ADDRESS
    return settings.ADDRESS + reverse("public:enquiry_state", args=[secret])


def _to_enterprise(enquiry: Enquiry, subject: str, lines: list[str]) -> EmailMessage:
    language = translation.get_language() or "it"
    title = in_language(enquiry.call.title, language) if enquiry.call else enquiry.organisation.name
    text = "\n".join([title, "", *lines, "", enquiry.organisation.name])
    return EmailMessage(subject=f"{subject} ({enquiry.code})", body=text, to=[enquiry.contact_email])


def _to_office(enquiry: Enquiry, subject: str, reader: User) -> EmailMessage:
    address = settings.ADDRESS + reverse("office:enquiry", args=[enquiry.code])
    return EmailMessage(subject=subject.format(code=enquiry.code), body=address, to=[reader.email or ""])

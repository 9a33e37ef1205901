"""The protocol registers: an entry in one operation, its office number, the daily file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Finding, NotAllowed
from tragitto.ledger import actions as ledger
from tragitto.records import permissions, queries, words
from tragitto.records.actions.moving import move
from tragitto.records.models import Message, OfficeNumber, RegisterCounter, RegisterEntry
from tragitto.records.rules import exports
from tragitto.records.rules.register import ROME, Registration, moment_of_registration, register_of
from tragitto.records.vocabulary import MessageState, Step


@transaction.atomic
def register_message(*, code: str, actor: Actor, at: datetime, by_job: bool = False) -> Message:
    """Enter a read message into its office's protocol register under the next number of the year.

    Everything received is registered, receipts and unreadable messages included: our choice, on the safe
    side of DPR 445/2000, art. 53. One operation: number, date, parties, subject, hash of the raw
    message; nothing of it can be changed afterwards. Does nothing to a message registered already; one
    that is read again keeps the entry it has.
    """
    message = queries.locked(code)
    if message.due is not Step.REGISTER:
        return message

    if kept := RegisterEntry.objects.select_related("message").filter(message=message).first():
        return _moved(message, queries.registration(kept), actor=actor, at=at, by_job=by_job)
    counter = _locked_counter(register_of(message.office), at)
    moment = moment_of_registration(at, counter.last_at)
    registration = _registration(message, counter, moment)
    _enter(message, registration)
    counter.last, counter.last_at = registration.number, moment
    counter.save(update_fields=["last", "last_at"])
    return _moved(message, registration, actor=actor, at=at, by_job=by_job)


def _moved(
    message: Message, registration: Registration, *, actor: Actor, at: datetime, by_job: bool
) -> Message:
    facts = {
        "register": registration.register,
        "year": registration.year,
        "number": registration.number,
        "digest": registration.digest,
    }
    return move(message, MessageState.REGISTERED, actor=actor, at=at, facts=facts, by_job=by_job)


def _locked_counter(register: str, at: datetime) -> RegisterCounter:
    """The register's counter of the year, held until this transaction ends: the next one waits for it."""
    year = at.astimezone(ROME).year
    RegisterCounter.objects.get_or_create(register=register, year=year)
    return RegisterCounter.objects.select_for_update(no_key=True).get(register=register, year=year)


def _registration(message: Message, counter: RegisterCounter, moment: datetime) -> Registration:
    return Registration(
        register=counter.register,
        year=counter.year,
        number=counter.last + 1,
        registered_at=moment,
        direction=message.direction,
        message=message.code,
        sender=message.sender,
        recipients=tuple(message.recipients),
        subject=message.subject,
        document_sha256=message.sha256,
        original_at=message.arrived_at if message.is_online else message.certified_at,
        original_identifier=message.identifier or message.message_id,
    )


def _enter(message: Message, registration: Registration) -> RegisterEntry:
    return RegisterEntry.objects.create(
        code=new_code("R"),
        register=registration.register,
        year=registration.year,
        number=registration.number,
        registered_at=registration.registered_at,
        direction=registration.direction,
        message=message,
        sender=registration.sender,
        recipients=list(registration.recipients),
        subject=registration.subject,
        document_sha256=registration.document_sha256,
        original_at=registration.original_at,
        original_identifier=registration.original_identifier,
        digest=registration.digest,
    )


@transaction.atomic
def add_office_number(
    *, entry: RegisterEntry, number: str, given_on: date, actor: Actor, at: datetime
) -> OfficeNumber:
    """Write down the number that an office's register elsewhere gave the document; the entry stays.

    Raises `NotAllowed`, and `NotFound` for a message that is not for this actor.
    """
    if not permissions.may_sort(actor):
        raise NotAllowed(Finding("records.may_not_sort", words.MAY_NOT_SORT))
    queries.get_for(actor, entry.message.code)

    row = OfficeNumber.objects.create(
        entry=entry, number=number, given_on=given_on, recorded_at=at, by=actor.code
    )
    ledger.record("register.office_number", subject=entry.code, actor=actor, at=at)
    return row


@dataclass(frozen=True)
class DailyRegister:
    """A register of a day as two files of the same entries."""

    register: str
    day: date
    entries: Sequence[Registration]
    csv: bytes
    lines: bytes

    @property
    def name(self) -> str:
        """What its files are called, before the dot."""
        return f"register-{self.register}-{self.day.isoformat()}"


@transaction.atomic
def export_day(*, day: date, actor: Actor, at: datetime, register: str = "") -> DailyRegister:
    """Write out a register of a day, by default the own office's; the ledger keeps the hash of both files.

    Raises `NotAllowed` for another office's register.
    """
    name = register or permissions.own_register(actor)
    if not permissions.may_read_register(actor, name):
        raise NotAllowed(Finding("records.may_not_read", words.MAY_NOT_READ))

    entries = queries.daily_register(day, register=name)
    daily = DailyRegister(name, day, entries, exports.as_csv(entries), exports.as_lines(entries))
    facts = {
        "register": name,
        "entries": len(entries),
        "csv": sha256_hex(daily.csv),
        "jsonl": sha256_hex(daily.lines),
    }
    ledger.record("register.exported", subject=day.isoformat(), actor=actor, at=at, facts=facts)
    return daily

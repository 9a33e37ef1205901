"""The protocol register: an entry in one operation, its office number, the daily file."""

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
from tragitto.records.rules.register import ROME, Registration, moment_of_registration
from tragitto.records.vocabulary import MessageState, Step

#: The one register of the house; a deployment that needs several gives them names.
GENERAL = "general"


@transaction.atomic
def register_message(*, code: str, actor: Actor, at: datetime, by_job: bool = False) -> Message:
    """Enter a read message into the protocol register under the next number of the year.

    Everything received is registered, receipts and unreadable messages included: our choice, on the safe
    side of DPR 445/2000, art. 53. One operation: number, date, parties, subject, hash of the raw
    message; nothing of it can be changed afterwards. Does nothing to a message registered already.
    """
    message = queries.locked(code)
    if message.due is not Step.REGISTER:
        return message

    counter = _locked_counter(at)
    moment = moment_of_registration(at, counter.last_at)
    registration = _registration(message, counter, moment)
    _enter(message, registration)
    counter.last, counter.last_at = registration.number, moment
    counter.save(update_fields=["last", "last_at"])
    facts = {
        "register": registration.register,
        "year": registration.year,
        "number": registration.number,
        "digest": registration.digest,
    }
    return move(message, MessageState.REGISTERED, actor=actor, at=at, facts=facts, by_job=by_job)


def _locked_counter(at: datetime) -> RegisterCounter:
    """The counter of the year, held until this transaction ends: the next one waits for its number."""
    year = at.astimezone(ROME).year
    RegisterCounter.objects.get_or_create(register=GENERAL, year=year)
    return RegisterCounter.objects.select_for_update().get(register=GENERAL, year=year)


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
        original_at=message.certified_at,
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
    """Write down the number that an office's own register gave the document; the entry stays as it is.

    Raises `NotAllowed`.
    """
    if not permissions.may_sort(actor):
        raise NotAllowed(Finding("records.may_not_sort", words.MAY_NOT_SORT))

    row = OfficeNumber.objects.create(
        entry=entry, number=number, given_on=given_on, recorded_at=at, by=actor.code
    )
    ledger.record("register.office_number", subject=entry.code, actor=actor, at=at)
    return row


@dataclass(frozen=True)
class DailyRegister:
    """The register of a day as two files of the same entries."""

    day: date
    entries: Sequence[Registration]
    csv: bytes
    lines: bytes


@transaction.atomic
def export_day(*, day: date, actor: Actor, at: datetime) -> DailyRegister:
    """Write out the register of a day and record the hashes of both files in the ledger.

    Raises `NotAllowed`.
    """
    if not permissions.may_read(actor):
        raise NotAllowed(Finding("records.may_not_read", words.MAY_NOT_READ))

    entries = queries.daily_register(day)
    daily = DailyRegister(day, entries, exports.as_csv(entries), exports.as_lines(entries))
    facts = {"entries": len(entries), "csv": sha256_hex(daily.csv), "jsonl": sha256_hex(daily.lines)}
    ledger.record("register.exported", subject=day.isoformat(), actor=actor, at=at, facts=facts)
    return daily

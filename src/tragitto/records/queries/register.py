"""Questions to the protocol registers, one of each office."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import sha256_hex
from tragitto.ledger.models import Entry
from tragitto.records import permissions
from tragitto.records.models import RegisterCounter, RegisterEntry
from tragitto.records.rules import exports
from tragitto.records.rules.register import ROME, Gap, Registration, gaps


def entries_for(actor: Actor, *, register: str = "") -> QuerySet[RegisterEntry]:
    """All entries of a register, by default the own office's; none of one that is not for this actor."""
    name = register or permissions.own_register(actor)
    entries = RegisterEntry.objects.filter(register=name)
    return entries if permissions.may_read_register(actor, name) else entries.none()


def register(*, actor: Actor, year: int, register: str = "") -> QuerySet[RegisterEntry]:
    """A register's year by number, by default the own office's, with messages and numbers given elsewhere.

    Two queries.
    """
    entries = entries_for(actor, register=register).filter(year=year)
    return entries.select_related("message").prefetch_related("office_numbers").order_by("number")


def registers(*, actor: Actor) -> list[str]:
    """The names of the registers that have begun and that this actor may read, in order. One query."""
    begun = RegisterCounter.objects.order_by("register").values_list("register", flat=True).distinct()
    return [name for name in begun if permissions.may_read_register(actor, name)]


def daily_register(day: date, *, register: str) -> list[Registration]:
    """What a register took in on a day of Rome's calendar, by number. One query."""
    start = datetime.combine(day, time(), ROME)
    end = datetime.combine(day + timedelta(days=1), time(), ROME)
    entries = RegisterEntry.objects.filter(register=register, registered_at__gte=start, registered_at__lt=end)
    ordered = entries.select_related("message").order_by("year", "number")
    return [registration(entry) for entry in ordered]


def registration(entry: RegisterEntry) -> Registration:
    """An entry as the value its digest covers; the message must have been selected with it."""
    return Registration(
        register=entry.register,
        year=entry.year,
        number=entry.number,
        registered_at=entry.registered_at,
        direction=entry.direction,
        message=entry.message.code,
        sender=entry.sender,
        recipients=tuple(entry.recipients),
        subject=entry.subject,
        document_sha256=entry.document_sha256,
        original_at=entry.original_at,
        original_identifier=entry.original_identifier,
    )


def verify_register() -> Iterator[Gap]:
    """Every gap, changed entry, disorder and changed daily export, of all registers."""
    entries = RegisterEntry.objects.select_related("message").order_by("register", "year", "number")
    told = Entry.objects.filter(verb="message.registered").values_list("subject", "facts")
    yield from gaps(
        ((registration(entry), entry.digest) for entry in entries.iterator(chunk_size=2000)),
        last={(c.register, c.year): c.last for c in RegisterCounter.objects.order_by("register", "year")},
        written={subject: str(facts.get("digest", "")) for subject, facts in told.iterator(chunk_size=2000)},
    )
    yield from _changed_exports()


def _changed_exports() -> Iterator[Gap]:
    """A day exported before its end may have grown since: only what was exported is compared."""
    for export in Entry.objects.filter(verb="register.exported").order_by("pk"):
        day, name_of, count = export.subject, export.facts["register"], int(export.facts["entries"])
        entries = daily_register(date.fromisoformat(day), register=name_of)[:count]
        for name, render in (("csv", exports.as_csv), ("jsonl", exports.as_lines)):
            if sha256_hex(render(entries)) != export.facts[name]:
                yield Gap(f"{name_of} daily register of {day}", f"no longer comes out as exported ({name})")

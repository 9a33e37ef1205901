"""How the register counts, what its entries hash to, and where it does not hold."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tragitto.kernel.canonical import canonical_json, sha256_hex

#: The calendar of the register: its days and years are those of Rome.
ROME = ZoneInfo("Europe/Rome")
#: The register of what is nobody's mail; every other register bears the code of its office.
GENERAL = "general"
#: Two workers read their clocks before they queue for a number: so much disorder is their waiting.
WAITING = timedelta(minutes=1)


@dataclass(frozen=True)
class Registration:
    """What art. 53 of DPR 445/2000 asks of an entry; its digest covers all of it."""

    register: str
    year: int
    number: int
    registered_at: datetime
    direction: str
    message: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    document_sha256: str
    original_at: datetime | None
    original_identifier: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the entry in canonical form."""
        return sha256_hex(canonical_json(asdict(self)))

    @property
    def day(self) -> date:
        """The day of the register the entry belongs to."""
        return self.registered_at.astimezone(ROME).date()


@dataclass(frozen=True)
class Gap:
    """A place where the register does not hold."""

    where: str
    problem: str


def register_of(office: str) -> str:
    """The register of an office's mail (DPR 445/2000, art. 50: each area keeps its own)."""
    return office or GENERAL


def moment_of_registration(at: datetime, last_at: datetime | None) -> datetime:
    """`at`, or the moment of the entry before when that is later by no more than waiting for a number."""
    if last_at and timedelta() < last_at - at <= WAITING:
        return last_at
    return at


def gaps(
    entries: Iterable[tuple[Registration, str]],
    *,
    last: Mapping[tuple[str, int], int],
    written: Mapping[str, str],
) -> Iterable[Gap]:
    """Every number missing, every entry changed, every day that runs backwards.

    `entries` come with their stored digest, in the order of their numbers; `last` is the number each
    register and year has counted to; `written` is the digest the ledger recorded for each message.
    """
    at: dict[tuple[str, int], Registration] = {}
    for entry, digest in entries:
        key = (entry.register, entry.year)
        before = at.get(key)
        where = place(*key, entry.number)
        yield from _missing(key, (before.number if before else 0) + 1, entry.number)
        if entry.digest != digest:
            yield Gap(where, "has been changed")
        elif written.get(entry.message) != digest:
            yield Gap(where, "is not what the ledger recorded")
        if before and entry.day < before.day:
            yield Gap(where, "is dated before the entry that precedes it")
        at[key] = entry
    for key, number in last.items():
        yield from _missing(key, (at[key].number if key in at else 0) + 1, number + 1)


def place(register: str, year: int, number: int) -> str:
    """An entry as a person names it."""
    return f"{register} {year}/{number:07d}"


def _missing(key: tuple[str, int], start: int, stop: int) -> Iterable[Gap]:
    for number in range(start, stop):
        yield Gap(place(*key, number), "is missing")

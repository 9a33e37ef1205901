"""Reads the law pack (TOML, one file a subject) into typed rows."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from tragitto.kernel.texts import Text
from tragitto.law.rules.refusals import LawRefusal
from tragitto.law.rules.rows import Row, Value
from tragitto.law.vocabulary import Confidence, Direction, Unit

UNKNOWN = "unknown"


class PackUnreadable(LawRefusal):
    """A file of the pack is not TOML or not of the pack's form; the file and the place are named."""

    def __init__(self, file: str, trouble: object) -> None:
        super().__init__("pack_unreadable", f"{file}: {trouble}", {"file": file})


# What stands in the pack and is not of its form is a slip, never ignored: unknown fields are refused.


class PeriodEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[parameter.period]]`` as written."""

    value: int | float | str
    moment: str = msgspec.field(name="starts", default="")
    start: date | None = msgspec.field(name="from")
    end: date | None = msgspec.field(name="until", default=None)
    covered_from: date | None = None
    covered_until: date | None = None
    act: str
    article: str
    confidence: Confidence
    source: str = ""
    note: str = ""
    choice: bool = False
    reason: str = ""
    not_found: str = ""


class ParameterEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[parameter]]`` as written: what does not change from period to period."""

    code: str
    title: dict[str, str]
    unit: Unit
    moment: str = msgspec.field(name="starts", default="")
    direction: Direction = msgspec.field(name="runs", default=Direction.AFTER)
    period: list[PeriodEntry]


class MomentEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[moment]]``: something that happens and starts a clock."""

    code: str
    title: dict[str, str]


class SourceEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[source]]``: what was read, under the short name the rows use."""

    code: str
    text: str


class SubjectFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of the pack."""

    subject: str
    parameter: list[ParameterEntry] = []
    moment: list[MomentEntry] = []
    source: list[SourceEntry] = []


@dataclass(frozen=True)
class Pack:
    """The law as data: rows, the moments that start clocks, the sources, the subject of each code."""

    rows: tuple[Row, ...]
    moments: Mapping[str, Text]
    sources: Mapping[str, str]
    subjects: Mapping[str, str]

    @property
    def codes(self) -> list[str]:
        """Every parameter code once, in alphabetical order."""
        return sorted({row.code for row in self.rows})


def shipped_pack() -> Traversable:
    """The folder of the law pack that comes with the program."""
    return files("tragitto_packs").joinpath("law")


def read_pack(folder: Traversable | None = None) -> Pack:
    """Read every TOML file of ``folder`` (the shipped pack if none is named) into one ``Pack``.

    Raises ``PackUnreadable`` for a file that does not read; whether what was read makes sense is the
    question of ``check_pack``.
    """
    folder = folder or shipped_pack()
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    if not names:
        raise PackUnreadable(str(folder), "no .toml file here")
    return pack_of({name: read_subject(name, folder.joinpath(name).read_text("utf-8")) for name in names})


def read_subject(name: str, text: str) -> SubjectFile:
    """Read one file of the pack. Raises ``PackUnreadable`` naming the file and the place."""
    try:
        return msgspec.convert(_with_open_starts(tomllib.loads(text)), SubjectFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackUnreadable(name, error) from error


def pack_of(subjects: Mapping[str, SubjectFile]) -> Pack:
    """Join the files of a pack, named by file, into one ``Pack``."""
    rows = tuple(row for subject in subjects.values() for row in _rows(subject.parameter))
    moments = {moment.code: moment.title for subject in subjects.values() for moment in subject.moment}
    sources = {source.code: source.text for subject in subjects.values() for source in subject.source}
    homes = {
        parameter.code: subject.subject for subject in subjects.values() for parameter in subject.parameter
    }
    return Pack(rows=rows, moments=moments, sources=sources, subjects=homes)


def _rows(parameters: Iterable[ParameterEntry]) -> Iterable[Row]:
    for parameter in parameters:
        for period in parameter.period:
            yield Row(
                **msgspec.structs.asdict(period)
                | {
                    "code": parameter.code,
                    "title": parameter.title,
                    "unit": parameter.unit,
                    "moment": period.moment or parameter.moment,
                    "direction": parameter.direction,
                    "value": _value(period.value),
                }
            )


def _value(written: float | str) -> Value | None:
    if written == UNKNOWN:
        return None
    if isinstance(written, float):
        # TOML knows only floats; the shortest text of a float is the number as it was written.
        return Decimal(str(written))
    return written


def _with_open_starts(data: dict[str, Any]) -> dict[str, Any]:
    """Turn the written ``from = "unknown"`` into an open start, so that leaving it out stays an error."""
    for parameter in data.get("parameter", ()):
        for period in parameter.get("period", ()):
            if period.get("from") == UNKNOWN:
                period["from"] = None
    return data

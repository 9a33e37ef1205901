"""Takes a JSON object apart, field by field; what is left over at the end is refused."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

#: Days are counted from here; the day itself stands for "open".
NO_DAY = date(1970, 1, 1)
_MISSING = object()


class Unreadable(ValueError):
    """A file that is no instance; the sentence says where and why."""


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """Whatever cannot be read within is `Unreadable`, in one sentence that begins with the file."""
    try:
        yield
    except FileNotFoundError as wrong:
        raise Unreadable(f"There is no file {wrong.filename or path}: give the path of one.") from wrong
    except OSError as wrong:
        why = wrong.strerror or str(wrong).partition("\n")[0]
        raise Unreadable(f"{wrong.filename or path} cannot be read: {why}.") from wrong
    except MemoryError as wrong:
        raise Unreadable(f"{path} is too large for the memory of this machine: split it.") from wrong
    except ValueError as wrong:
        raise Unreadable(f"{path}: {wrong}") from wrong


def parsed(source: bytes) -> Any:
    """The JSON in these bytes. Raises `Unreadable` for anything that is not JSON, or is so in two ways."""
    try:
        document = json.loads(source, object_pairs_hook=_once, parse_constant=_no_number)
        if b"\\ud" in source.lower():
            json.dumps(document, ensure_ascii=False).encode()
    except UnicodeDecodeError as wrong:
        raise Unreadable(f"This is not text in UTF-8 from byte {wrong.start} on: save it as such.") from wrong
    except UnicodeEncodeError as wrong:
        raise Unreadable("A text has half a character (\\ud800 to \\udfff): write the whole one.") from wrong
    except json.JSONDecodeError as wrong:
        where = f"line {wrong.lineno}, column {wrong.colno}"
        raise Unreadable(f"This is not JSON: {wrong.msg} in {where}; write it anew.") from wrong
    except RecursionError as wrong:
        raise Unreadable("This is nested too deeply: no form has so many brackets in each other.") from wrong
    except ValueError as wrong:
        if isinstance(wrong, Unreadable):
            raise
        raise Unreadable("A number has too many digits: none may be beyond 64 bits.") from wrong
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("A name stands twice in one place: " + ", ".join(name for name, _ in pairs) + ".")
    return found


def _no_number(constant: str) -> NoReturn:
    raise Unreadable(f"{constant} is no number of JSON: write a whole one.")


@dataclass
class Row:
    """One object of the file, and where it stands."""

    where: str
    left: dict[str, Any]

    def take(self, name: str, otherwise: Any = _MISSING) -> Any:
        """The field, which may be left out only where something stands for that."""
        if name not in self.left and otherwise is _MISSING:
            raise Unreadable(f"{self.where} must have {name}.")
        return self.left.pop(name, otherwise)

    def end(self) -> None:
        """Refuse what nobody took."""
        if self.left:
            raise Unreadable(
                f"{self.where} has {', '.join(sorted(self.left))}, which the form does not know."
            )

    def text(self, name: str) -> str:
        """A text."""
        value = self.take(name)
        if not isinstance(value, str):
            raise Unreadable(f"{self.where}.{name} must be a text.")
        return value

    def texts(self, name: str, otherwise: Any = _MISSING) -> list[str]:
        """A list of different texts."""
        value = self.take(name, otherwise)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Unreadable(f"{self.where}.{name} must be a list of texts.")
        if len(set(value)) != len(value):
            raise Unreadable(f"{self.where}.{name} names something twice.")
        return value

    def number(self, name: str, otherwise: int | None, most: int) -> int:
        """A whole number from 0 on; it must be there if `otherwise` is None."""
        value = self.take(name, _MISSING if otherwise is None else otherwise)
        if type(value) is not int or not 0 <= value <= most:
            raise Unreadable(f"{self.where}.{name} must be a whole number between 0 and {most}.")
        return value

    def numbers(self, name: str, names: Sequence[str], most: int) -> list[int]:
        """A whole number for each name; 0 for those left out."""
        inner = row_of(f"{self.where}.{name}", self.take(name, {}))
        found = [inner.number(of, 0, most) for of in names]
        inner.end()
        return found

    def levels(self, name: str, languages: Sequence[str], known: Sequence[str]) -> list[int]:
        """A level for each language; 0 for those left out."""
        inner = row_of(f"{self.where}.{name}", self.take(name, {}))
        found = [inner.index(of, known, 0) for of in languages]
        inner.end()
        return found

    def index(self, name: str, names: Sequence[str], otherwise: int | None) -> int:
        """Where the text stands among the names; `otherwise` where it is left out or null."""
        value = self.take(name, _MISSING if otherwise is None else None)
        if value is None and otherwise is not None:
            return otherwise
        if not isinstance(value, str) or value not in names:
            raise Unreadable(f"{self.where}.{name} must be one of {', '.join(filter(None, names))}.")
        return names.index(value)

    def mask(self, name: str, names: Sequence[str]) -> int:
        """The names listed, as bits."""
        listed = self.texts(name, [])
        if unknown := sorted(set(listed) - set(names)):
            raise Unreadable(
                f"{self.where}.{name} names {', '.join(unknown)}, which is in no list of the file."
            )
        return sum(1 << names.index(item) for item in listed)

    def day(self, name: str) -> int:
        """A day after 1 January 1970, counted from there; 0 where it is left out or null."""
        value = self.take(name, None)
        if value is None:
            return 0
        try:
            days = (date.fromisoformat(value) - NO_DAY).days
        except (TypeError, ValueError):
            days = 0
        if days <= 0:
            raise Unreadable(f"{self.where}.{name} must be a day after 1970-01-01, as 2026-11-30.")
        return days


def row_of(where: str, value: object) -> Row:
    """An object of the file."""
    if not isinstance(value, dict):
        raise Unreadable(f"{where} must be an object.")
    return Row(where, dict(value))


def rows_of(where: str, value: object) -> list[Row]:
    """A list of objects."""
    if not isinstance(value, list):
        raise Unreadable(f"{where} must be a list.")
    return [row_of(f"{where}[{at}]", item) for at, item in enumerate(value)]


def lists_of(taken: list[dict[str, Any]], kind: type) -> dict[str, list[Any]]:
    """The fields of all rows, column by column."""
    return {field.name: [row[field.name] for row in taken] for field in fields(kind)}

"""Reading a TOML table strictly: what is wrong is named with its line and with what to write instead."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

#: A place in the file: the number of the [[table]], the table inside it, the key.
Spot = tuple[int, str, str]

_HEAD = re.compile(r"^\s*\[\[?\s*(\w+)\s*\]")
_INNER = re.compile(r"^\s*\[\s*\w+\s*\.\s*(\w+)\s*\]")
_KEY = re.compile(r"^\s*\"?([\w-]+)\"?\s*(=|\.)")


class WrongFile(ValueError):
    """The file cannot be used: which one, in which line, and how to mend it."""

    def __init__(self, file: Path, line: int, problem: str) -> None:
        super().__init__(f"{file}, line {line}: {problem}." if line else f"{file}: {problem}.")
        self.line = line


class Lines:
    """Where each key of a file stands: the parser of the standard library does not tell."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self._found: dict[Spot, int] = {}
        number, inner = 0, ""
        for line, content in enumerate(text.splitlines(), start=1):
            if head := _HEAD.match(content):
                number, inner = number + 1, ""
                self._found[number, "", ""] = line
                self._found.setdefault((0, "", head[1]), line)
            elif table := _INNER.match(content):
                inner = table[1]
                self._found[number, inner, ""] = line
            elif key := _KEY.match(content):
                self._found.setdefault((number, inner, key[1]), line)

    def of(self, spot: Spot) -> int:
        """The line of a place, or of the nearest thing that stands around it; 0 when nothing does."""
        number, inner, key = spot
        around = (spot, (number, key, ""), (number, inner, ""), (number, "", inner), (number, "", ""))
        return next((self._found[place] for place in around if place in self._found), 0)

    def wrong(self, spot: Spot, problem: str) -> WrongFile:
        """The refusal for what stands at a place."""
        return WrongFile(self.file, self.of(spot), problem)


class Table:
    """One table of the file; each key is asked for once, and what nobody asked for is refused."""

    def __init__(self, values: Any, lines: Lines, number: int, name: str = "") -> None:
        self.lines = lines
        self._number, self._name = number, name
        self._asked: list[str] = []
        if not isinstance(values, dict):
            raise self.wrong(name, "write a table here, with one key in each line")
        self._values = values

    def line(self, key: str) -> int:
        """The line where `key` stands, or the table begins."""
        return self.lines.of((self._number, self._name, key))

    def wrong(self, key: str, problem: str) -> WrongFile:
        """The refusal for a key of this table."""
        return self.lines.wrong((self._number, self._name, key), problem)

    def text(self, key: str, default: str | None = None) -> str:
        """A text on one line; without `default` it must be there and not be empty."""
        value = self._value(key, default)
        if not isinstance(value, str) or not value.isprintable():
            raise self.wrong(key, f'{key} must be a text in quotation marks, such as {key} = "…"')
        if not value and default is None:
            raise self.wrong(key, f"{key} is empty: fill it in")
        return value

    def texts(self, key: str, default: Sequence[str]) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        value = self._value(key, list(default))
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(each, str) and each for each in value)
        ):
            raise self.wrong(key, f'{key} must be a list of texts, such as {key} = ["INBOX"]')
        return tuple(dict.fromkeys(value))

    def one_of(self, key: str, words: Sequence[str], default: str) -> str:
        """One of these words."""
        value = self._value(key, default)
        if value not in words:
            raise self.wrong(key, f"{key} must be one of: {', '.join(words)}")
        return str(value)

    def port(self, key: str, default: int) -> int:
        """The number of a port."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 65536:
            raise self.wrong(key, f"{key} must be a number from 1 to 65535, without quotation marks")
        return value

    def day(self, key: str) -> date | None:
        """A day, or None when nothing is said."""
        value = self._value(key, "")
        if value == "":
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, f"{key} must be a day without quotation marks, such as {key} = 2025-07-01")
        return value

    def inner(self, name: str) -> "Table | None":
        """The table of this name, or None."""
        self._asked.append(name)
        return Table(self._values[name], self.lines, self._number, name) if name in self._values else None

    def finish(self) -> None:
        """Refuse what nobody asked for: it may be a slip of the pen that changes what is meant."""
        for key in self._values:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                remedy = f"did you mean {near[0]}?" if near else f"there are: {', '.join(self._asked)}"
                raise self.wrong(key, f"{key} is not known here: {remedy}")

    def _value(self, key: str, default: Any) -> Any:
        self._asked.append(key)
        value = self._values.get(key, default)
        if value is None:
            raise self.wrong(key, f"{key} is missing: add it")
        return value

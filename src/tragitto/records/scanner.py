"""What this room asks of a virus scanner: what some bytes carry; `gateways` offers one that works."""

from dataclasses import dataclass
from typing import Protocol

from tragitto.records.vocabulary import CheckOutcome


class ScannerSilent(Exception):
    """The scanner could not be asked at all; trying again may help. `detail` names no file."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True)
class Checked:
    """What the scanner said of some bytes; `threat` is named when, and only when, they are infected."""

    outcome: CheckOutcome
    threat: str = ""
    engine: str = ""


class Scanner(Protocol):
    """A virus scanner."""

    def check(self, content: bytes) -> Checked:
        """What `content` carries; `failed` when this content could not be looked at.

        Raises `ScannerSilent` when nothing at all can be looked at for the moment.
        """


_scanner: Scanner | None = None


def use(scanner: Scanner | None) -> None:
    """Let this process check by `scanner`; the wiring of the deployment calls it once. None: no scanner."""
    global _scanner  # noqa: PLW0603  one scanner for the process, told once
    _scanner = scanner


def current() -> Scanner | None:
    """The scanner of this process; None where the deployment has none, and nothing is ever checked."""
    return _scanner

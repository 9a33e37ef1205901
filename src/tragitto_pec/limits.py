"""How much of a message is read before the reader gives up (certified-mail practice, RFC 6109 § 3)."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one message; the defaults admit every message a provider must carry."""

    message_bytes: int = 128 * MIB
    header_bytes: int = 64 * KIB
    header_value: int = 8 * KIB
    parts: int = 1000
    depth: int = 50
    xml_bytes: int = 256 * KIB
    seal_bytes: int = 256 * KIB
    certificates: int = 12
    recipients: int = 1000
    name_characters: int = 120


DEFAULT = Limits()


class BeyondLimitError(Exception):
    """A bound was passed; ``code`` names the reason and ``limit`` the bound."""

    def __init__(self, code: str, limit: int) -> None:
        """Keep the reason's code and the bound that was passed."""
        super().__init__(code)
        self.code = code
        self.limit = limit

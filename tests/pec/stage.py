"""The stage of the stories: an authority, a provider and what Bruno sends to the region."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tragitto_pec import Reading, read
from tragitto_pec.rehearsal import Authority, Enclosure, Letter, Provider

NOON = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)
LATE = datetime(2025, 8, 1, 10, 0, tzinfo=UTC)
OPENING, CLOSING = datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

AUTHORITY = Authority.create(valid_from=OPENING, valid_until=CLOSING, seed="stage")
PROVIDER = Provider.create(AUTHORITY, seed="stage")
ANCHORS = AUTHORITY.anchors()

OTHER_AUTHORITY = Authority.create(valid_from=OPENING, valid_until=CLOSING, seed="another")
IMPOSTOR = Provider.create(OTHER_AUTHORITY, seed="impostor")

REGION = "avviso@pec.regione.example"
MODULO_A = Enclosure("Modulo A.pdf", b"%PDF-1.7\nform of Bruno\n" * 20)
LETTER = Letter(
    sender="bruno@pec.impresa.example",
    recipients=(REGION,),
    subject="Manifestazione di interesse",
    text="In allegato il Modulo A.",
    enclosures=(MODULO_A,),
)
ENVELOPE = PROVIDER.envelope(LETTER, at=NOON)


def reading(raw: bytes) -> Reading:
    """Read with the authority of the stage as the only anchor."""
    return read(raw, anchors=ANCHORS)


def letter(**changes: object) -> Letter:
    """Bruno's letter with something else about it."""
    return replace(LETTER, **changes)  # type: ignore[arg-type]


def deciding(result: Reading) -> list[str]:
    """The codes that decided the verdict."""
    return [reason.code for reason in result.reasons if reason.weight == "deciding"]


def warnings(result: Reading) -> list[str]:
    """The codes of what is worth a look."""
    return [reason.code for reason in result.reasons if reason.weight == "warning"]

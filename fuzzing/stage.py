"""The people of the fuzzing: an authority, a provider, a signatory, a stamper, all known to the readers."""

from __future__ import annotations

from datetime import UTC, datetime

from tragitto_pec import PUBLIC
from tragitto_pec.rehearsal import Authority, Enclosure, Letter, Provider
from tragitto_pec.rehearsal.signing import Signatory
from tragitto_pec.rehearsal.stamping import Stamper
from tragitto_pec.rehearsal.trusting import Service, trusted_list_of
from tragitto_pec.signatures import trusted_list

NOON = datetime(2025, 7, 1, 10, 0, tzinfo=UTC)
OPENING, CLOSING = datetime(2024, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

AUTHORITY = Authority.create(valid_from=OPENING, valid_until=CLOSING, seed="fuzzing")
PROVIDER = Provider.create(AUTHORITY, seed="fuzzing")
ANCHORS = PUBLIC.trusting(*AUTHORITY.anchors().anchors, *AUTHORITY.anchors("rem").anchors)

QUALIFIED = Authority.create(valid_from=OPENING, valid_until=CLOSING, name="Firma di prova", seed="signing")
STAMPING = Authority.create(valid_from=OPENING, valid_until=CLOSING, name="Marche di prova", seed="stamping")
BRUNO = Signatory("Bruno Conti", "CNTBRN70A01F205X", QUALIFIED)
ELIF = Signatory("Elif Demir", "DMRLFE80A41Z243K", QUALIFIED)
STAMPER = Stamper(STAMPING)
LIST = trusted_list_of([QUALIFIED, Service(STAMPING, gives_stamps=True)], issued_at=OPENING)
TRUST = trusted_list(LIST)

LETTER = Letter(
    sender="bruno@pec.impresa.example",
    recipients=("avviso@pec.regione.example",),
    subject="Manifestazione di interesse – Però",
    text="In allegato il Modulo A.",
    enclosures=(Enclosure("Modulo A è.pdf", b"%PDF-1.7\nform of Bruno\n"),),
)
SIGNED_FILE = LETTER.enclosures[0].content
SIGNED_P7M = BRUNO.p7m(SIGNED_FILE, at=NOON)

"""How far a signed file is taken apart before a person is asked."""

from __future__ import annotations

from tragitto_pec.limits import MIB

LAYERS = 10
SIGNERS = 50
CERTIFICATES = 200
#: Those that certify each other make more ways than anybody can try: of n there are n! and more.
ISSUERS = 6
FIELDS = 2000
BYTES = 128 * MIB
EVIDENCE = 100

#: What hostile DER and hostile PDF make the libraries raise; asn1crypto alone has five ways.
MALFORMED = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
    *(RuntimeError, AssertionError, OSError, ArithmeticError),
)

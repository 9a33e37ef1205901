"""Reads Italian certified e-mail (PEC): a message in, a typed and verified reading out.

``read(raw)`` never raises and needs neither clock nor network. Knows neither Django nor the house.
"""

from tragitto_pec.anchors import PUBLIC, Anchor, AnchorSet
from tragitto_pec.limits import Limits
from tragitto_pec.reader import read, unreadable
from tragitto_pec.reading import (
    Attachment,
    CertifiedEvent,
    Daticert,
    Delivery,
    Reading,
    Reason,
    Recipient,
    Signer,
)
from tragitto_pec.vocabulary import CERTIFIED_KINDS, Automatic, Kind, Verdict, Weight

__all__ = [
    "CERTIFIED_KINDS",
    "PUBLIC",
    "Anchor",
    "AnchorSet",
    "Attachment",
    "Automatic",
    "CertifiedEvent",
    "Daticert",
    "Delivery",
    "Kind",
    "Limits",
    "Reading",
    "Reason",
    "Recipient",
    "Signer",
    "Verdict",
    "Weight",
    "read",
    "unreadable",
]

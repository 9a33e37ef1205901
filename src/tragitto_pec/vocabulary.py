"""The closed word lists of a reading: what a message is, and what that is worth."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a message is: the words of ``daticert.xml`` (RFC 6109 § 4), then ours for all the rest."""

    POSTA_CERTIFICATA = "posta-certificata"
    ACCETTAZIONE = "accettazione"
    NON_ACCETTAZIONE = "non-accettazione"
    PRESA_IN_CARICO = "presa-in-carico"
    AVVENUTA_CONSEGNA = "avvenuta-consegna"
    ERRORE_CONSEGNA = "errore-consegna"
    PREAVVISO_ERRORE_CONSEGNA = "preavviso-errore-consegna"
    RILEVAZIONE_VIRUS = "rilevazione-virus"

    ANOMALIA = "anomalia"
    ORDINARIA = "ordinaria"
    FIRMATA_SCONOSCIUTA = "firmata-sconosciuta"
    ILLEGGIBILE = "illeggibile"


CERTIFIED_KINDS = frozenset(
    {
        Kind.POSTA_CERTIFICATA,
        Kind.ACCETTAZIONE,
        Kind.NON_ACCETTAZIONE,
        Kind.PRESA_IN_CARICO,
        Kind.AVVENUTA_CONSEGNA,
        Kind.ERRORE_CONSEGNA,
        Kind.PREAVVISO_ERRORE_CONSEGNA,
        Kind.RILEVAZIONE_VIRUS,
    }
)


class Automatic(StrEnum):
    """Which machine wrote an ordinary message, as far as the message itself says; nothing proves it.

    ``bounce``: a mail server could not deliver (RFC 3464, failed). ``delivery-report``: it delivered,
    relayed or still tries. ``read-receipt``: a mail program tells what its user did (RFC 8098).
    ``auto-reply``: somebody is away, or a mailbox thanks for the message (RFC 3834).
    """

    NO = ""
    BOUNCE = "bounce"
    DELIVERY_REPORT = "delivery-report"
    READ_RECEIPT = "read-receipt"
    AUTO_REPLY = "auto-reply"


class Verdict(StrEnum):
    """What the message proves.

    ``valid``: a genuine, untouched certified message or receipt stands at the top of the file.
    ``altered``: sealed, but the content or the seal changed afterwards.
    ``untrusted``: sealed by somebody who is not shown to be a provider of certified mail.
    ``uncertified``: nothing here certifies a time, be it genuine (an anomaly envelope) or ordinary.
    ``unreadable``: not a message, or beyond the limits.
    """

    VALID = "valid"
    ALTERED = "altered"
    UNTRUSTED = "untrusted"
    UNCERTIFIED = "uncertified"
    UNREADABLE = "unreadable"


class Weight(StrEnum):
    """How much a reason weighs: it decided the verdict, or it is worth a look, or it is information."""

    DECIDING = "deciding"
    WARNING = "warning"
    NOTE = "note"

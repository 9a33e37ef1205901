"""A made-up provider of certified mail: really sealed envelopes, receipts of every kind, anomalies."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from tragitto_pec import mime
from tragitto_pec.reading import Daticert, Recipient
from tragitto_pec.rehearsal import keys, parts
from tragitto_pec.rehearsal.authority import Authority, Credentials, Profile
from tragitto_pec.rehearsal.keys import PrivateKey
from tragitto_pec.rehearsal.parts import Letter
from tragitto_pec.rehearsal.sealing import Manner, sealed, signature
from tragitto_pec.vocabulary import Kind

_ROME = ZoneInfo("Europe/Rome")
_PREFIXES = {
    Kind.POSTA_CERTIFICATA: "POSTA CERTIFICATA",
    Kind.ACCETTAZIONE: "ACCETTAZIONE",
    Kind.NON_ACCETTAZIONE: "AVVISO DI NON ACCETTAZIONE",
    Kind.PRESA_IN_CARICO: "PRESA IN CARICO",
    Kind.AVVENUTA_CONSEGNA: "CONSEGNA",
    Kind.ERRORE_CONSEGNA: "AVVISO DI MANCATA CONSEGNA",
    Kind.PREAVVISO_ERRORE_CONSEGNA: "AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO",
    Kind.RILEVAZIONE_VIRUS: "PROBLEMA DI SICUREZZA",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a receipt says beyond its kind: to whom it was delivered, or what went wrong."""

    delivered_to: str | None = None
    receipt_type: str | None = None
    error: str = "nessuno"
    error_detail: str | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider with its address ``posta-certificata@domain`` and its certificate."""

    name: str
    domain: str
    credentials: Credentials
    zone: tzinfo = _ROME

    @classmethod
    def create(
        cls,
        authority: Authority,
        *,
        name: str = "Gestore di prova",
        domain: str = "pec.gestore.example",
        key: PrivateKey | None = None,
        seed: str = "",
        profile: Profile | None = None,
    ) -> Provider:
        """Make a provider whose certificate is in force as long as its authority."""
        credentials = authority.issue(
            address=f"posta-certificata@{domain}",
            organisation=name,
            valid_from=authority.valid_from,
            valid_until=authority.valid_until,
            key=key or (keys.derived_key(f"provider {seed}") if seed else keys.random_key()),
            profile=profile,
        )
        return cls(name, domain, credentials)

    @property
    def address(self) -> str:
        """The address that seals."""
        return f"posta-certificata@{self.domain}"

    def identifier(self, letter: Letter, at: datetime) -> str:
        """The provider's identifier of a letter it accepted at that moment."""
        digest = hashlib.sha256(f"{letter.message_id} {at.timestamp()}".encode()).hexdigest()
        return f"opec21.{at.astimezone(self.zone):%Y%m%d%H%M%S}.{digest[:12]}.1@{self.domain}"

    def statement(self, kind: Kind, letter: Letter, at: datetime) -> Daticert:
        """The certification data of a letter accepted at that moment, to be changed as wished."""
        return Daticert(
            kind=kind,
            at=at.astimezone(self.zone).replace(microsecond=0),
            sender=letter.sender,
            recipients=tuple(Recipient(address, True) for address in letter.recipients),
            subject=letter.subject,
            provider=self.name,
            identifier=self.identifier(letter, at),
            original_message_id=letter.message_id,
        )

    def envelope(self, letter: Letter, *, at: datetime, receipt_type: str = "completa") -> bytes:
        """The busta di trasporto: the letter as its addressee receives it, certified at ``at``."""
        data = replace(self.statement(Kind.POSTA_CERTIFICATA, letter, at), receipt_type=receipt_type)
        original = letter.as_message(data.at, message_id=f"<{data.identifier}>")
        return self.seal(data, original=original)

    def receipt(
        self,
        kind: Kind,
        letter: Letter,
        *,
        accepted_at: datetime,
        at: datetime | None = None,
        outcome: Outcome | None = None,
    ) -> bytes:
        """A receipt about a letter accepted at ``accepted_at``, itself made at ``at``.

        A delivery receipt carries a copy of the original: whole (``receipt_type`` completa), with the
        hashes of its files in their place (breve), or not at all (sintetica; RFC 6109 § 3.3.2).
        """
        outcome = outcome or Outcome()
        statement = self.statement(kind, letter, accepted_at)
        data = replace(
            statement,
            at=(at or accepted_at).astimezone(self.zone).replace(microsecond=0),
            delivered_to=outcome.delivered_to,
            receipt_type=outcome.receipt_type,
            error=outcome.error,
            error_detail=outcome.error_detail,
        )
        carries = kind is Kind.AVVENUTA_CONSEGNA and outcome.receipt_type in ("completa", "breve")
        if not carries:
            return self.seal(data)
        copy = parts.in_brief(letter) if outcome.receipt_type == "breve" else letter
        return self.seal(data, original=copy.as_message(statement.at, message_id=f"<{data.identifier}>"))

    def anomaly(self, message: bytes, *, to: str, at: datetime) -> bytes:
        """The busta di anomalia: ordinary mail let into a certified mailbox, without a certified time."""
        top = mime.read_part(message, 0, len(message))
        subject = mime.decode_words(top.headers.get("subject"))
        sender = next((address for _name, address in mime.addresses(top.headers.all("from"))), "ignoto")
        fields = [
            ("Subject", f"ANOMALIA MESSAGGIO: {subject}"),
            ("Date", format_datetime(at.astimezone(self.zone))),
            ("Message-ID", f"<anomalia.{hashlib.sha256(message).hexdigest()[:16]}@{self.domain}>"),
            ("X-Trasporto", "errore"),
            ("From", f'"Per conto di: {sender}" <{self.address}>'),
            ("To", to),
        ]
        notice = "Il messaggio allegato non è di posta certificata."
        return self.seal_parts(fields, [parts.text_part(notice), parts.original_part(message)], at)

    def seal(self, data: Daticert, *, original: bytes | None = None, manner: Manner | None = None) -> bytes:
        """Seal certification data, with the original message where the kind carries one."""
        pieces = [parts.text_part(_notice(data)), parts.daticert_part(parts.daticert_xml(data))]
        if original is not None:
            pieces.append(parts.original_part(original))
        return self.seal_parts(self.header_fields(data), pieces, data.at, manner)

    def seal_parts(
        self,
        fields: Sequence[tuple[str, str]],
        pieces: Sequence[bytes],
        at: datetime,
        manner: Manner | None = None,
    ) -> bytes:
        """Seal any parts beneath any header: the way to messages that no provider would make."""
        return self.seal_content(fields, parts.multipart(pieces), at, manner)

    def seal_content(
        self,
        fields: Sequence[tuple[str, str]],
        content: bytes,
        at: datetime,
        manner: Manner | None = None,
    ) -> bytes:
        """Seal any entity, from its Content-Type on."""
        manner = manner or Manner()
        der = signature(content, self.credentials, at, manner)
        return sealed(parts.headers(fields), content, der, manner.digest)

    def header_fields(self, data: Daticert) -> list[tuple[str, str]]:
        """The outer header of an envelope or receipt: shown to people, sealed by nobody."""
        is_envelope = data.kind is Kind.POSTA_CERTIFICATA
        own_id = data.identifier if is_envelope else f"{data.kind}.{data.identifier}"
        shown = f'"Per conto di: {data.sender}" <{self.address}>' if is_envelope else self.address
        to = ", ".join(recipient.address for recipient in data.recipients) if is_envelope else data.sender
        return [
            ("Subject", f"{_PREFIXES[data.kind]}: {data.subject}"),
            ("X-Riferimento-Message-ID", data.original_message_id or ""),
            ("Date", format_datetime(data.at)),
            ("Message-ID", f"<{own_id}>"),
            ("X-Trasporto" if is_envelope else "X-Ricevuta", str(data.kind)),
            ("From", shown),
            ("Reply-To", data.reply_to or data.sender),
            ("To", to),
        ]


def _notice(data: Daticert) -> str:
    return (
        f"Il giorno {data.at:%d/%m/%Y} alle ore {data.at:%H:%M:%S} ({data.at:%z}) "
        f'il messaggio "{data.subject}" inviato da "{data.sender}": {data.kind}.\n'
        f"Identificativo: {data.identifier}\n"
    )

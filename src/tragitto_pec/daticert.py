"""Reads ``daticert.xml``, strictly: one of each statement, no declarations, no second meaning."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from tragitto_pec.limits import DEFAULT, Limits
from tragitto_pec.markup import Element, MarkupError, tree
from tragitto_pec.reading import Daticert, Recipient
from tragitto_pec.vocabulary import CERTIFIED_KINDS, Kind

_ZONE = re.compile(r"([+-])([01][0-9]):?([0-5][0-9])", re.ASCII)
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_HOUR = re.compile(r"(\d{2}):(\d{2}):(\d{2})", re.ASCII)


class DaticertError(MarkupError):
    """The data are not as RFC 6109 § 4 demands; the text says what is wrong."""


def parse(raw: bytes, limits: Limits = DEFAULT) -> Daticert:
    """Return what the provider states. Raises ``DaticertError`` with what is wrong."""
    try:
        return _parse(raw, limits)
    except MarkupError as error:
        raise DaticertError(str(error)) from None


def _parse(raw: bytes, limits: Limits) -> Daticert:
    root = tree(raw, limits)
    if root.name != "postacert":
        raise DaticertError("the root is not postacert")
    heading, data = root.one("intestazione"), root.one("dati")
    for holder in (root, heading, data, data.one("data")):
        if holder.text:
            raise DaticertError(f"stray text in {holder.name}")
    receipt = data.optional("ricevuta")
    return Daticert(
        kind=_kind(root.attributes.get("tipo", "")),
        at=_instant(data.one("data")),
        sender=_filled(heading.one("mittente")),
        recipients=_recipients(heading.all("destinatari"), limits),
        subject=heading.optional_text("oggetto") or "",
        provider=data.one("gestore-emittente").text,
        identifier=_filled(data.one("identificativo")),
        original_message_id=data.optional_text("msgid"),
        reply_to=heading.optional_text("risposte"),
        receipt_type=receipt.attributes.get("tipo") if receipt else None,
        delivered_to=data.optional_text("consegna"),
        error=root.attributes.get("errore", "nessuno"),
        error_detail=data.optional_text("errore-esteso"),
    )


def _kind(word: str) -> Kind:
    if word not in CERTIFIED_KINDS:
        raise DaticertError(f"unknown tipo {word[:40]!r}")
    return Kind(word)


def _filled(element: Element) -> str:
    if not element.text:
        raise DaticertError(f"{element.name} is empty")
    return element.text


def _recipients(elements: list[Element], limits: Limits) -> tuple[Recipient, ...]:
    if not 0 < len(elements) <= limits.recipients:
        raise DaticertError(f"{len(elements)} elements destinatari")
    words = {"certificato": True, "esterno": False}
    return tuple(Recipient(_filled(item), words.get(item.attributes.get("tipo", ""))) for item in elements)


def _instant(data: Element) -> datetime:
    """The certified instant in the provider's own offset, to the second."""
    day = _DAY.fullmatch(data.one("giorno").text)
    hour = _HOUR.fullmatch(data.one("ora").text)
    zone = _ZONE.fullmatch(data.attributes.get("zona", "").strip())
    if not (day and hour and zone):
        raise DaticertError("the time is not dd/mm/yyyy hh:mm:ss with a zone +hhmm")
    offset = timedelta(hours=int(zone[2]), minutes=int(zone[3]))
    try:
        return datetime(
            *(int(day[3]), int(day[2]), int(day[1])),
            *(int(hour[1]), int(hour[2]), int(hour[3])),
            tzinfo=timezone(offset if zone[1] == "+" else -offset),
        )
    except ValueError as error:
        raise DaticertError(f"the time does not exist ({error})") from None

"""Reads ``daticert.xml``, strictly: one of each statement, no declarations, no second meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from xml.parsers import expat

from tragitto_pec.limits import DEFAULT, Limits
from tragitto_pec.reading import Daticert, Recipient
from tragitto_pec.vocabulary import CERTIFIED_KINDS, Kind

_DEPTH = 12
_ELEMENTS = 5000
_ZONE = re.compile(r"([+-])([01][0-9]):?([0-5][0-9])", re.ASCII)
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_HOUR = re.compile(r"(\d{2}):(\d{2}):(\d{2})", re.ASCII)


class DaticertError(Exception):
    """The data are not as RFC 6109 § 4 demands; the text says what is wrong."""


@dataclass(slots=True)
class _Element:
    name: str
    attributes: dict[str, str]
    children: list[_Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def all(self, name: str) -> list[_Element]:
        return [child for child in self.children if child.name == name]

    def one(self, name: str) -> _Element:
        found = self.all(name)
        if len(found) != 1:
            raise DaticertError(f"{len(found)} elements {name} in {self.name} instead of one")
        return found[0]

    def optional(self, name: str) -> _Element | None:
        return self.one(name) if self.all(name) else None

    def optional_text(self, name: str) -> str | None:
        element = self.optional(name)
        return element.text or None if element else None


def parse(raw: bytes, limits: Limits = DEFAULT) -> Daticert:
    """Return what the provider states. Raises ``DaticertError`` with what is wrong."""
    root = _tree(raw, limits)
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


def _tree(raw: bytes, limits: Limits) -> _Element:
    if len(raw) > limits.xml_bytes:
        raise DaticertError(f"larger than {limits.xml_bytes} bytes")
    if b"\0" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DaticertError("neither UTF-8 nor a one-byte encoding")
    top = _Element("", {})
    parser = _parser(top)
    try:
        parser.Parse(raw.strip(), True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DaticertError(f"not well-formed XML ({error})") from None
    return top.children[0]


def _parser(top: _Element) -> expat.XMLParserType:
    """An expat parser that builds below ``top`` and stops at the first declaration or excess."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    open_elements, count = [top], 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _ELEMENTS or len(open_elements) > _DEPTH:
            raise DaticertError("too many or too deep elements")
        element = _Element(name, attributes)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_name: str) -> None:
        open_elements.pop()

    def text(data: str) -> None:
        open_elements[-1].pieces.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _refuse("a DOCTYPE")
    parser.EntityDeclHandler = _refuse("an entity declaration")
    return parser


def _refuse(what: str) -> Callable[..., None]:
    def refuse(*_arguments: object) -> None:
        raise DaticertError(f"it carries {what}")

    return refuse


def _kind(word: str) -> Kind:
    if word not in CERTIFIED_KINDS:
        raise DaticertError(f"unknown tipo {word[:40]!r}")
    return Kind(word)


def _filled(element: _Element) -> str:
    if not element.text:
        raise DaticertError(f"{element.name} is empty")
    return element.text


def _recipients(elements: list[_Element], limits: Limits) -> tuple[Recipient, ...]:
    if not 0 < len(elements) <= limits.recipients:
        raise DaticertError(f"{len(elements)} elements destinatari")
    words = {"certificato": True, "esterno": False}
    return tuple(Recipient(_filled(item), words.get(item.attributes.get("tipo", ""))) for item in elements)


def _instant(data: _Element) -> datetime:
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

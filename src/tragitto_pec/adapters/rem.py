"""Registered electronic mail, the successor (EN 319 532): evidence beside the original, in a sealed message.

Only the S/MIME seal of the message is ever verified. The evidence bears a signature of its own (XAdES),
which is not looked at: it would prove the evidence apart from its message, and nobody asks that here.
Written after what is public of the evidence that the Polish national service produces; no real message of
this kind, and no Italian one, has been seen. Without an anchor in the set ``rem`` nothing is ever proven.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files

from tragitto_pec import mime
from tragitto_pec.adapters.form import REM, Form, original_of
from tragitto_pec.limits import BeyondLimitError, Limits
from tragitto_pec.markup import Element, MarkupError, tree
from tragitto_pec.mime import Part
from tragitto_pec.reading import CertifiedEvent, Daticert, Recipient
from tragitto_pec.reasons import deciding
from tragitto_pec.vocabulary import Kind

_TABLE = tomllib.loads((files("tragitto_pec.adapters") / "rem.toml").read_text(encoding="utf-8"))
_NAMESPACE: str = _TABLE["namespace"]
_KINDS = {row["name"]: Kind(row["kind"]) for row in _TABLE["events"]}
_DISPATCHES = {row["name"]: Kind(row["with_original"]) for row in _TABLE["events"] if "with_original" in row}

_XML = re.compile(r"(application|text)/([a-z0-9.-]+\+)?xml")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_MOST_EVIDENCE = 10
# A signed evidence may nest deeper than a daticert.xml.
_DEPTH = 30


@dataclass(frozen=True, slots=True)
class _Evidence:
    """One evidence: its event by its own name, and what it states in the words of certified mail."""

    event: CertifiedEvent
    statement: Daticert


def form(parts: list[Part], limits: Limits) -> Form | None:
    """Read the evidence that stands among the direct parts; None when there is none.

    All of it is told as events; the one that says what the message is must be one.
    """
    at, original = original_of(parts)
    # Behind the original a sender could have put it.
    candidates = _candidates(parts[:at], limits)
    if not candidates:
        return None
    try:
        found = [_evidence(root, xml) for root, xml in candidates]
        deciding_one = _deciding(found, original is not None)
    except MarkupError as error:
        return Form(REM, original=original, problems=(deciding("evidence-unreadable", problem=str(error)),))
    statement = replace(deciding_one.statement, subject=_subject(original))
    return Form(REM, statement, tuple(evidence.event for evidence in found), original)


def _candidates(parts: list[Part], limits: Limits) -> list[tuple[Element, bytes]]:
    """The parts with the root of an evidence."""
    found: list[tuple[Element, bytes]] = []
    for part in parts:
        # Twice the size is more than any transfer encoding adds.
        if not _XML.fullmatch(part.media_type) or part.end - part.body_start > 2 * limits.xml_bytes:
            continue
        xml = mime.decoded(part)[0]
        try:
            root = tree(xml, limits, separator=" ", depth=_DEPTH)
        except MarkupError:
            continue
        if root.name == f"{_NAMESPACE} Evidence":
            found.append((root, xml))
        if len(found) == _MOST_EVIDENCE:
            break
    return found


def _deciding(found: list[_Evidence], has_original: bool) -> _Evidence:
    """The evidence that says what the message is. Raises ``MarkupError`` when none or several do.

    A message that brings the original is a dispatch, a receipt brings evidence alone.
    """
    dispatches = [evidence for evidence in found if evidence.event.kind in _DISPATCHES]
    if has_original and len(dispatches) == 1:
        kind = _DISPATCHES[dispatches[0].event.kind]
        return replace(dispatches[0], statement=replace(dispatches[0].statement, kind=kind))
    if len(found) != 1:
        raise MarkupError(f"{len(found)} evidence files instead of one")
    if found[0].statement.kind is Kind.FIRMATA_SCONOSCIUTA:
        raise MarkupError(f"the event {found[0].event.kind[:40]!r} has no meaning here")
    return found[0]


def _evidence(root: Element, xml: bytes) -> _Evidence:
    """Read one evidence. Raises ``MarkupError`` with what is missing, double or malformed."""
    name = _filled(root, "ERDSEventId").rstrip("/#").replace("#", "/").rpartition("/")[2]
    kind = _KINDS.get(name, Kind.FIRMATA_SCONOSCIUTA)
    at, issuer = _instant(_filled(root, "EventTime")), _issuer(_one(root, "EvidenceIssuerDetails"))
    recipients = tuple(Recipient(_address(details)) for details in _all(root, "RecipientDetails"))
    delivers = kind in (Kind.AVVENUTA_CONSEGNA, Kind.ERRORE_CONSEGNA) and len(recipients) == 1
    fails = kind in (Kind.NON_ACCETTAZIONE, Kind.ERRORE_CONSEGNA)
    named = _all(root, "MessageIdentifier")
    statement = Daticert(
        kind=kind,
        at=at,
        sender=_address(_one(root, "SenderDetails")),
        recipients=recipients,
        subject="",
        provider=issuer,
        identifier=(named[0].text if named else "") or _filled(root, "EvidenceIdentifier"),
        delivered_to=recipients[0].address if delivers else None,
        error="altro" if fails else "nessuno",
        error_detail=_details(root) if fails else None,
    )
    return _Evidence(CertifiedEvent(name, at, issuer, REM, xml), statement)


def _all(element: Element, name: str) -> list[Element]:
    """Its children of this name; real evidence writes some with the namespace and some without."""
    return [child for child in element.children if child.name in (name, f"{_NAMESPACE} {name}")]


def _one(element: Element, name: str) -> Element:
    found = _all(element, name)
    if len(found) != 1:
        raise MarkupError(f"{len(found)} elements {name} instead of one")
    return found[0]


def _filled(element: Element, name: str) -> str:
    text = _one(element, name).text
    if not text:
        raise MarkupError(f"{name} is empty")
    return text


def _address(details: Element) -> str:
    return _filled(details, "Identifier").removeprefix("mailto:")


def _issuer(details: Element) -> str:
    """The legal name among the issuer's attributes, or else its identifier."""
    for identity in _all(details, "Identity"):
        for attribute in identity.children:
            if attribute.attributes.get("FriendlyName") == "LegalName" and attribute.children:
                return attribute.children[0].text
    identifiers = _all(details, "Identifier")
    return identifiers[0].text if identifiers else ""


def _details(root: Element) -> str | None:
    """Why it failed, in the words of the provider."""
    reasons = [reason for reasons in _all(root, "EventReasons") for reason in _all(reasons, "EventReason")]
    texts = [piece.text for reason in reasons for piece in reason.children if piece.text]
    return " – ".join(texts)[:2000] or None


def _instant(text: str) -> datetime:
    """An xs:dateTime with its offset. Raises ``MarkupError`` for any other."""
    try:
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise MarkupError("the time is no xs:dateTime with a zone")


def _subject(original: Part | None) -> str:
    """The subject of the original: no evidence repeats it, and it lies under the seal."""
    try:
        inner = mime.message_within(original) if original else None
    except BeyondLimitError:
        inner = None
    return mime.decode_words(inner.headers.get("subject"), inner.limits.header_value) if inner else ""

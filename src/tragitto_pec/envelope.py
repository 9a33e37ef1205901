"""Reads a sealed message: the seal first, then the one daticert.xml beneath it, then trust."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tragitto_pec import mime
from tragitto_pec.anchors import AnchorSet
from tragitto_pec.comparison import differences
from tragitto_pec.daticert import DaticertError, parse
from tragitto_pec.limits import BeyondLimitError, Limits
from tragitto_pec.mime import Part
from tragitto_pec.original import Contents, contents, is_daticert, message_within
from tragitto_pec.reading import Daticert, Reading, Reason, Signer
from tragitto_pec.reasons import deciding, note, warning
from tragitto_pec.seal import Seal, SealError, open_seal
from tragitto_pec.shown import as_shown, claims_of, with_contents
from tragitto_pec.trust import doubts, remarks, signer_of
from tragitto_pec.vocabulary import Kind, Verdict

_SIGNATURE_TYPES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
_ORIGINAL = "postacert.eml"


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The signed bytes and what was found out about their seal."""

    content: bytes
    seal: Seal | None = None
    altered: tuple[Reason, ...] = ()
    untrusted: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """The direct parts of the signed content, as far as they have the form of certified mail."""

    daticert: Daticert | None = None
    original: Part | None = None
    problems: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()


def read(top: Part, anchors: AnchorSet, limits: Limits) -> Reading:
    """Read a multipart/signed message that stands at the top of the file.

    Raises ``BeyondLimitError`` when the envelope itself is beyond a limit.
    """
    cut = _cut(top)
    if isinstance(cut, Reason):
        return with_contents(top, Kind.FIRMATA_SCONOSCIUTA, cut, limits)
    sealed = _check_integrity(*cut, limits)
    form = _form(sealed.content, limits)
    sealed, signer = _check_trust(sealed, top, form, anchors)
    return _reading(top, sealed, form, signer, limits)


def _cut(top: Part) -> tuple[bytes, Part] | Reason:
    """Cut the signed bytes from their signature, exactly as RFC 1847 § 2.1 delimits them."""
    protocol = top.parameter("content-type", "protocol").lower()
    if protocol and protocol not in _SIGNATURE_TYPES:
        return deciding("not-smime", protocol=protocol[:80])
    marks = mime.delimiters(top, top.limits.parts) if top.boundary else []
    # A part within that repeats the boundary would be read otherwise by other programs: not decided here.
    if [closing for _end, _start, closing in marks] != [False, False, True]:
        return deciding("parts-not-two", parts=str(len(marks)))
    signature = mime.read_part(top.source, marks[1][1], max(marks[1][1], marks[2][0]), top.limits)
    if signature.media_type not in _SIGNATURE_TYPES:
        return deciding("not-smime", protocol=signature.media_type)
    return top.source[marks[0][1] : max(marks[0][1], marks[1][0])], signature


def _check_integrity(signed: bytes, signature: Part, limits: Limits) -> _Sealed:
    """Find the form of the bytes that the seal covers: as stored, or with their line ends restored."""
    restored = mime.with_crlf(signed)
    try:
        seal = open_seal(mime.decoded(signature)[0], limits)
    except SealError as error:
        reasons = (error.reason,)
        return _Sealed(restored, altered=reasons) if error.is_broken else _Sealed(restored, untrusted=reasons)
    notes: list[Reason] = []
    altered: list[Reason] = []
    content = signed
    if not seal.covers(signed):
        content = restored
        if restored is signed or not seal.covers(restored):
            altered.append(deciding("content-altered"))
        else:
            notes.append(note("line-ends-restored"))
    form = seal.signed_form()
    if form is None:
        altered.append(deciding("signature-wrong"))
    elif form > 0:
        notes.append(note("attributes-not-sorted"))
    return _Sealed(content, seal, tuple(altered), notes=tuple(notes))


def _form(content: bytes, limits: Limits) -> _Form:
    """Look at the direct parts only: whatever lies deeper, the sender could have put there."""
    signed = mime.read_part(content, 0, len(content), limits)
    if signed.media_type != "multipart/mixed" or not signed.boundary:
        return _Form(problems=(deciding("signed-part-not-mixed", media_type=signed.media_type),))
    parts = mime.children(signed)
    data = [position for position, part in enumerate(parts) if is_daticert(part)]
    messages = [position for position, part in enumerate(parts) if _is_original(part)]
    original = parts[messages[0]] if messages else None
    if len(data) != 1:
        code = "several-daticert" if data else "no-daticert"
        facts = {"count": str(len(data))} if data else {}
        return _Form(original=original, problems=(deciding(code, **facts),))
    # The sender's bytes begin with the original: a boundary guessed by them can only open parts after it.
    if messages and messages[0] < data[0]:
        return _Form(original=original, problems=(deciding("daticert-after-original"),))
    extra = len(parts) - 2 - bool(messages)
    warnings = (warning("unexpected-part", count=str(extra)),) if extra > 0 else ()
    try:
        return _Form(parse(_xml(parts[data[0]]), limits), original, warnings=warnings)
    except DaticertError as error:
        return _Form(original=original, problems=(deciding("daticert-unreadable", problem=str(error)),))


def _xml(part: Part) -> bytes:
    raw, is_whole = mime.decoded(part)
    if not is_whole:
        raise DaticertError(f"its encoding {part.encoding[:40]} cannot be undone")
    return raw


def _is_original(part: Part) -> bool:
    return part.is_message or part.filename.strip().lower() == _ORIGINAL


def _check_trust(
    sealed: _Sealed, top: Part, form: _Form, anchors: AnchorSet
) -> tuple[_Sealed, Signer | None]:
    """Judge the signer at the certified time; without one, at the time the seal names."""
    if sealed.seal is None:
        return sealed, None
    signer = signer_of(sealed.seal, anchors)
    moment = form.daticert.at if form.daticert else sealed.seal.signing_time
    if moment is None:
        return replace(sealed, untrusted=(deciding("moment-missing"),)), signer
    senders = [address for _name, address in mime.addresses(top.headers.all("from"), top.limits)]
    return (
        replace(
            sealed,
            untrusted=tuple(doubts(sealed.seal, senders, moment, anchors)),
            notes=(*sealed.notes, *remarks(sealed.seal, moment, anchors)),
        ),
        signer,
    )


def _reading(top: Part, sealed: _Sealed, form: _Form, signer: Signer | None, limits: Limits) -> Reading:
    found, odd = _inside(form.original, limits)
    kind, reasons = _kind(form, sealed), [*sealed.altered, *sealed.untrusted, *form.problems]
    if kind is Kind.ANOMALIA:
        reasons = [*sealed.altered, deciding("anomaly-envelope")]
    if found.daticerts:
        reasons.append(warning("daticert-inside-original"))
    if found.has_sealed_message:
        reasons.append(warning("certified-message-inside"))
    reasons += [*odd, *found.reasons, *form.warnings]
    verdict = _verdict(sealed, form)
    shown = as_shown(top, kind, verdict, ())
    if verdict is Verdict.VALID and form.daticert:
        reasons += differences(top, form.daticert, sealed.seal.signing_time if sealed.seal else None)
        if kind is Kind.POSTA_CERTIFICATA and form.original is None:
            reasons.append(warning("original-missing"))
        shown = _proven(shown, form.daticert)
    return replace(
        shown,
        reasons=(*reasons, *sealed.notes),
        attachments=found.attachments,
        signer=signer,
        claims=None if verdict is Verdict.VALID else form.daticert or claims_of(found, limits),
    )


def _kind(form: _Form, sealed: _Sealed) -> Kind:
    """The form of the message: proven or not, that is the verdict's to say.

    A provider seals ordinary mail into an envelope without daticert.xml (RFC 6109 § 3.1.3): only a
    seal that is the provider's tells an anomaly envelope from any other signed mail.
    """
    if form.daticert:
        return form.daticert.kind
    is_plain = [problem.code for problem in form.problems] == ["no-daticert"]
    is_provider = sealed.seal is not None and not sealed.untrusted
    return Kind.ANOMALIA if is_plain and is_provider and form.original else Kind.FIRMATA_SCONOSCIUTA


def _verdict(sealed: _Sealed, form: _Form) -> Verdict:
    if sealed.altered:
        return Verdict.ALTERED
    if sealed.untrusted:
        return Verdict.UNTRUSTED
    return Verdict.UNCERTIFIED if form.problems else Verdict.VALID


def _proven(shown: Reading, data: Daticert) -> Reading:
    return replace(
        shown,
        certified_at=data.at,
        sender=data.sender,
        recipients=data.recipients,
        subject=data.subject,
        identifier=data.identifier,
        original_message_id=data.original_message_id,
        receipt_type=data.receipt_type,
        delivered_to=data.delivered_to,
        error=data.error,
        error_detail=data.error_detail,
        provider=data.provider,
    )


def _inside(original: Part | None, limits: Limits) -> tuple[Contents, tuple[Reason, ...]]:
    """The files of the original message; one that cannot be opened does not undo the certified time."""
    if original is None:
        return Contents(), ()
    try:
        return contents(message_within(original, limits), limits), ()
    except BeyondLimitError as beyond:
        return Contents(), (warning("original-unreadable", problem=f"{beyond.code}, {beyond.limit}"),)

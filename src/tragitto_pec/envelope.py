"""Reads a sealed message: the seal first, then the certification data beneath it, then trust."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tragitto_pec import mime
from tragitto_pec.adapters import PEC, Form, form_of
from tragitto_pec.anchors import AnchorSet
from tragitto_pec.automatic import status_in
from tragitto_pec.comparison import differences, moments
from tragitto_pec.limits import BeyondLimitError, Limits
from tragitto_pec.mime import Part
from tragitto_pec.original import Contents, contents
from tragitto_pec.reading import Daticert, Reading, Reason, Signer
from tragitto_pec.reasons import deciding, note, warning
from tragitto_pec.seal import Seal, SealError, content_of, open_seal
from tragitto_pec.shown import as_shown, claims_of, with_contents, with_notice
from tragitto_pec.trust import doubts, remarks, signer_of
from tragitto_pec.vocabulary import Kind, Verdict

_SIGNATURE_TYPES = ("application/pkcs7-signature", "application/x-pkcs7-signature")


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The signed bytes and what was found out about their seal."""

    content: bytes
    seal: Seal | None = None
    altered: tuple[Reason, ...] = ()
    untrusted: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()


def read(top: Part, anchors: AnchorSet, limits: Limits) -> Reading:
    """Read a multipart/signed message that stands at the top of the file.

    Raises ``BeyondLimitError`` when the envelope itself is beyond a limit.
    """
    cut = _cut(top)
    if isinstance(cut, Reason):
        return with_contents(top, Kind.FIRMATA_SCONOSCIUTA, cut, limits)
    sealed = _check_integrity(*cut, limits)
    form = _form(sealed.content, limits)
    sealed, signer = _check_trust(sealed, top, form, anchors.of(form.system))
    return _reading(top, sealed, form, signer, limits)


def read_opaque(top: Part, limits: Limits) -> Reading:
    """Read a message whose content travels inside its signature (RFC 8551 § 3.5.2).

    No provider makes one, so it is a person's to judge and no time is taken from it; what the content
    would certify is shown as a claim.
    """
    shown = with_contents(top, Kind.FIRMATA_SCONOSCIUTA, deciding("opaque-signature"), limits)
    content = mime.with_crlf(content_of(mime.decoded(top)[0]))
    try:
        form = _form(content, limits)
    except BeyondLimitError:
        return shown
    return replace(shown, claims=form.statement)


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


def _form(content: bytes, limits: Limits) -> Form:
    """Look at the direct parts only: whatever lies deeper, the sender could have put there."""
    signed = mime.read_part(content, 0, len(content), limits)
    if signed.media_type != "multipart/mixed" or not signed.boundary:
        return Form(problems=(deciding("signed-part-not-mixed", media_type=signed.media_type),))
    return form_of(mime.children(signed), limits)


def _check_trust(sealed: _Sealed, top: Part, form: Form, anchors: AnchorSet) -> tuple[_Sealed, Signer | None]:
    """Judge the signer at the certified time; without one, at the time the seal names.

    ``anchors`` are those of the system the message has the form of: no authority vouches for another's.
    """
    if sealed.seal is None:
        return sealed, None
    signer = signer_of(sealed.seal, anchors)
    moment = form.statement.at if form.statement else sealed.seal.signing_time
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


def _reading(top: Part, sealed: _Sealed, form: Form, signer: Signer | None, limits: Limits) -> Reading:
    found, odd = _inside(form.original, limits)
    kind, verdict = _kind(form, sealed), _verdict(sealed, form)
    reasons = [*_decided_by(kind, sealed, form), *_worth_a_look(found), *odd, *found.reasons, *form.warnings]
    shown = with_notice(as_shown(top, kind, verdict, ()), found)
    if verdict is Verdict.VALID and form.statement:
        # Only the headers of certified mail of 2005 repeat what is sealed.
        compare = differences if form.system == PEC else moments
        reasons += compare(top, form.statement, sealed.seal.signing_time if sealed.seal else None)
        if kind is Kind.POSTA_CERTIFICATA and form.original is None:
            reasons.append(warning("original-missing"))
        shown = _proven(shown, form.statement, form)
    return replace(
        shown,
        reasons=(*reasons, *sealed.notes),
        attachments=found.attachments,
        carries_copy=shown.is_receipt and form.original is not None,
        signer=signer,
        claims=None if verdict is Verdict.VALID else form.statement or claims_of(found, limits),
    )


def _decided_by(kind: Kind, sealed: _Sealed, form: Form) -> list[Reason]:
    """The reasons of the verdict, in the words that fit what the message has the form of."""
    if kind is Kind.ANOMALIA:
        return [*sealed.altered, deciding("anomaly-envelope")]
    stated = form.statement if form.system != PEC else None
    if stated and any(reason.code == "issuer-not-pinned" for reason in sealed.untrusted):
        facts = {"issuer": stated.provider or "-", "event": form.events[0].kind}
        told = deciding("unknown-certified-mail", system=form.system, instant=stated.at.isoformat(), **facts)
        return [*sealed.altered, told]
    return [*sealed.altered, *sealed.untrusted, *form.problems]


def _worth_a_look(found: Contents) -> list[Reason]:
    """What the sender's own message holds that could be taken for certification data."""
    odd = [warning("daticert-inside-original")] if found.daticerts else []
    return [*odd, warning("certified-message-inside")] if found.has_sealed_message else odd


def _kind(form: Form, sealed: _Sealed) -> Kind:
    """The form of the message: proven or not, that is the verdict's to say.

    A provider seals ordinary mail into an envelope without daticert.xml (RFC 6109 § 3.1.3): only a
    seal that is the provider's tells an anomaly envelope from any other signed mail. And only a seal that
    is vouched for tells what a message of another system is.
    """
    is_provider = sealed.seal is not None and not sealed.untrusted
    if form.statement:
        return form.statement.kind if form.system == PEC or is_provider else Kind.FIRMATA_SCONOSCIUTA
    is_plain = [problem.code for problem in form.problems] == ["no-daticert"]
    return Kind.ANOMALIA if is_plain and is_provider and form.original else Kind.FIRMATA_SCONOSCIUTA


def _verdict(sealed: _Sealed, form: Form) -> Verdict:
    if sealed.altered:
        return Verdict.ALTERED
    if sealed.untrusted:
        return Verdict.UNTRUSTED
    return Verdict.UNCERTIFIED if form.problems else Verdict.VALID


def _proven(shown: Reading, data: Daticert, form: Form) -> Reading:
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
        error_status=status_in(data.error_detail),
        provider=data.provider,
        events=form.events,
    )


def _inside(original: Part | None, limits: Limits) -> tuple[Contents, tuple[Reason, ...]]:
    """The files of the original message; one that cannot be opened does not undo the certified time."""
    if original is None:
        return Contents(), ()
    try:
        return contents(mime.message_within(original), limits), ()
    except BeyondLimitError as beyond:
        return Contents(), (warning("original-unreadable", problem=f"{beyond.code}, {beyond.limit}"),)

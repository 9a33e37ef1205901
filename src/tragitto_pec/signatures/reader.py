"""Reads a signed file: takes it apart, looks at each signature, and sums up what that says of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from asn1crypto import cms

from tragitto_pec.reading import Reason
from tragitto_pec.signatures import pades, stamps, unwrapping
from tragitto_pec.signatures.evidence import NONE, Evidence
from tragitto_pec.signatures.limits import BYTES, SIGNERS
from tragitto_pec.signatures.preloaded import LOADED
from tragitto_pec.signatures.reading import FileSigner, SignatureReading
from tragitto_pec.signatures.reasons import deciding, note, warning
from tragitto_pec.signatures.signing import Asked, Signature, examined
from tragitto_pec.signatures.trusted import TrustedList
from tragitto_pec.signatures.unwrapping import Unwrapped
from tragitto_pec.signatures.vocabulary import Container, FileVerdict, Integrity

assert LOADED


def read_signed(
    raw: bytes,
    *,
    moment: datetime | None = None,
    trust: TrustedList | None = None,
    evidence: Evidence = NONE,
    detached: bytes | None = None,
) -> SignatureReading:
    """Say what the signatures of a file say; see ``open_signed``. Never raises."""
    return open_signed(raw, moment=moment, trust=trust, evidence=evidence, detached=detached)[0]


def open_signed(
    raw: bytes,
    *,
    moment: datetime | None = None,
    trust: TrustedList | None = None,
    evidence: Evidence = NONE,
    detached: bytes | None = None,
) -> tuple[SignatureReading, bytes]:
    """Read a signed file: what its signatures say, and the bytes that are signed. Never raises.

    ``moment`` is when the file is proven to have existed (the certified time of its message): everything
    is judged then. Without it the signer's own clock is taken, and a reason says that this proves
    nothing. ``detached`` is the file beside which a signature travels. The bytes are empty where there is
    nothing signed, or nothing that may count as signed.
    """
    try:
        asked = Asked(moment, trust, evidence)
        if len(raw) > BYTES:
            problem = deciding("too-large", limit=str(BYTES))
            return SignatureReading(FileVerdict.TOO_DEEP, (problem,)), b""
        reading, content = _opened(raw, asked, detached)
    # Whatever a hostile file provokes in three libraries, the answer is the same: a person looks at it.
    except Exception as error:
        problem = deciding("signature-unreadable", problem=type(error).__name__)
        reading, content = SignatureReading(FileVerdict.UNREADABLE, (problem,)), b""
    return _completed(reading, content, asked), content


def _completed(reading: SignatureReading, content: bytes, asked: Asked) -> SignatureReading:
    """Put in what is the same for every kind of file: the content's hash, and which list was asked."""
    if content:
        digest = hashlib.sha256(content).hexdigest()
        reading = replace(reading, content_sha256=digest, content_size=len(content))
    if asked.trust is None or not reading.signers:
        return reading
    summary = asked.trust.summary
    moments = [signer.judged_at for signer in reading.signers if signer.judged_at]
    if moments and summary.next_update and summary.is_stale(max(moments)):
        stale = warning("list-stale", next_update=summary.next_update.isoformat())
        reading = replace(reading, reasons=(*reading.reasons, stale))
    return replace(reading, trusted_list=summary)


def _opened(raw: bytes, asked: Asked, detached: bytes | None) -> tuple[SignatureReading, bytes]:
    found = unwrapping.unwrap(raw)
    if not found.layers and not found.stamps:
        if found.problem:
            return SignatureReading(_verdict_of(found.problem), (found.problem,)), b""
        return _plain(raw, asked)
    content = detached if found.content is None else found.content
    container = Container.TIMESTAMPED if found.stamps and not found.stamps[0].outside else Container.CADES
    reading = SignatureReading(FileVerdict.INTACT, found.notes, container, len(found.layers))
    if found.problem:
        return replace(
            reading, verdict=_verdict_of(found.problem), reasons=(found.problem, *found.notes)
        ), b""
    count = sum(len(layer.signed["signer_infos"]) for layer in found.layers)
    if any(len(layer.signed["signer_infos"]) > SIGNERS for layer in found.layers) or count > 2 * SIGNERS:
        problem = deciding("too-many-signers", limit=str(SIGNERS))
        return replace(reading, verdict=FileVerdict.TOO_DEEP, reasons=(problem, *found.notes)), b""
    return _signed(reading, found, asked, detached), content or b""


def _signed(
    reading: SignatureReading, found: Unwrapped, asked: Asked, detached: bytes | None
) -> SignatureReading:
    """Judge the signers of every layer, and those of a PDF that lies innermost."""
    signers: list[FileSigner] = []
    remarks: list[Reason] = []
    for number, layer in enumerate(found.layers, start=1):
        content = detached if layer.content is None else layer.content
        stamped = _stamped(found, number, asked, detached)
        for info in layer.signed["signer_infos"]:
            signature = _signature(layer.signed, info, content, number)
            signer = examined(signature, replace(asked, stamped_at=stamped.at))
            signers.append(replace(signer, covers_content=signer.integrity is Integrity.INTACT))
        remarks += stamped.reasons
    if not found.layers:
        stamped = _stamped(found, 1, asked, detached)
        remarks += [*stamped.reasons, *([note("stamped", at=stamped.at.isoformat())] if stamped.at else [])]
        asked = replace(asked, stamped_at=stamped.at)
    reading = replace(reading, signers=tuple(signers), reasons=_once((*reading.reasons, *remarks)))
    reading = replace(reading, verdict=_verdict(signers))
    if found.layers and not signers:
        reading = replace(reading, reasons=(*reading.reasons, note("no-signer")))
    innermost = detached if found.content is None else found.content
    return _with_inner_pdf(reading, innermost or b"", asked)


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for reason in reasons:
        if reason not in found:
            found.append(reason)
    return tuple(found)


def _signature(signed: cms.SignedData, info: cms.SignerInfo, content: bytes | None, layer: int) -> Signature:
    if content is None:
        return Signature(signed, info, None, layer=layer)
    return Signature(signed, info, _Digests(content), content[:1], layer)


@dataclass(frozen=True, slots=True)
class _Digests:
    """The digests of a content, by name."""

    content: bytes

    def __call__(self, name: str) -> bytes:
        return hashlib.new(name, self.content, usedforsecurity=False).digest()


def _stamped(found: Unwrapped, layer: int, asked: Asked, detached: bytes | None) -> stamps.Proof:
    """What the time stamps around a layer prove: they have seen it whole."""
    times: list[datetime] = []
    reasons: list[Reason] = []
    for stamped in found.stamps:
        content = detached if stamped.content is None else stamped.content
        if stamped.outside < layer and content is not None:
            proof = stamps.proof_of(stamped.tokens, content, asked.moment, asked.trust)
            times += [proof.at] if proof.at else []
            reasons += proof.reasons
    return stamps.Proof(min(times, default=None), tuple(reasons))


def _plain(raw: bytes, asked: Asked) -> tuple[SignatureReading, bytes]:
    """A file in no wrapping: a PDF with signatures of its own, or nothing that is signed."""
    if not pades.looks_signed(raw):
        return SignatureReading(FileVerdict.UNSIGNED), b""
    found = pades.read_pdf(raw, asked)
    container = (
        Container.PADES if found.signers or found.verdict is not FileVerdict.UNSIGNED else Container.NONE
    )
    reading = SignatureReading(
        verdict=found.verdict,
        reasons=found.reasons,
        container=container,
        signers=found.signers,
        revision_end=found.revision_end,
        changes=found.changes,
    )
    return reading, raw[: found.revision_end]


def _with_inner_pdf(reading: SignatureReading, content: bytes, asked: Asked) -> SignatureReading:
    """Add the signatures of a PDF inside: its signers sign too, and what is wrong with it is wrong."""
    if not pades.looks_signed(content):
        return reading
    inner = pades.read_pdf(content, asked, reading.layers + 1, is_inside=True)
    if not inner.signers and inner.verdict is FileVerdict.UNSIGNED:
        return reading
    both = (reading.verdict, inner.verdict)
    verdict = max(both, key=_GRAVITY.index)
    reasons = (deciding("signed-inside"),) if inner.verdict is not FileVerdict.INTACT else ()
    return replace(
        reading,
        verdict=verdict,
        signers=(*reading.signers, *inner.signers),
        changes=inner.changes,
        reasons=_once((*reading.reasons, *reasons, *inner.reasons)),
    )


_GRAVITY = (
    FileVerdict.UNSIGNED,
    FileVerdict.INTACT,
    FileVerdict.CHANGED_AFTER,
    FileVerdict.UNVERIFIED,
    FileVerdict.ALTERED,
    FileVerdict.REFUSED,
    FileVerdict.TOO_DEEP,
    FileVerdict.UNREADABLE,
)


def _verdict(signers: list[FileSigner]) -> FileVerdict:
    words = {signer.integrity for signer in signers}
    if not words:
        return FileVerdict.UNSIGNED
    if Integrity.ALTERED in words:
        return FileVerdict.ALTERED
    return FileVerdict.UNVERIFIED if Integrity.UNSUPPORTED in words else FileVerdict.INTACT


def _verdict_of(problem: Reason) -> FileVerdict:
    beyond = ("too-many-layers", "too-many-signers", "too-large")
    return FileVerdict.TOO_DEEP if problem.code in beyond else FileVerdict.UNREADABLE

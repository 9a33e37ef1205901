"""Reads the signatures of a PDF by the signed revision (ISO 32000-2 § 12.8, ETSI EN 319 142)."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from tragitto_pec.names import on_one_line
from tragitto_pec.reading import Reason
from tragitto_pec.signatures import pdf_values, stamps
from tragitto_pec.signatures.embedded import together
from tragitto_pec.signatures.limits import MALFORMED, SIGNERS
from tragitto_pec.signatures.pdf_overlays import TooManyFieldsError
from tragitto_pec.signatures.pdf_store import certificates_of, evidence_of
from tragitto_pec.signatures.reading import FileSigner
from tragitto_pec.signatures.reasons import deciding, note, warning
from tragitto_pec.signatures.signing import Asked, Signature, examined
from tragitto_pec.signatures.vocabulary import Changes, FileVerdict, Integrity

_HARMLESS = (Changes.NONE, Changes.VALIDATION_DATA, Changes.ANOTHER_SIGNATURE)
#: The library reads every entry of a table, and packed ones take next to no bytes (ISO 32000-1 § 7.5.8).
_MOST_OBJECTS = 300_000
_TABLES = re.compile(rb"/Index\s*\[([\d\s]*)\]")
_WHOLE = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)


@dataclass(frozen=True, slots=True)
class PdfFound:
    """What the signatures of a PDF say; ``revision_end`` is 0 when no signed revision is accepted."""

    verdict: FileVerdict
    signers: tuple[FileSigner, ...] = ()
    revision_end: int = 0
    changes: Changes = Changes.NONE
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """One signature with its signer, which revision it signs and where that ends, and what came later."""

    signer: FileSigner
    end: int
    is_whole: bool
    later: Changes
    fields: tuple[str, ...] = ()
    revision: int = -1

    @property
    def is_accepted(self) -> bool:
        """Whether it fits and covers its revision without a gap."""
        return self.is_whole and self.signer.integrity is Integrity.INTACT


def looks_signed(raw: bytes) -> bool:
    """Whether the file is a PDF in which a signature could be."""
    return b"%PDF-" in raw[:1024] and b"ByteRange" in raw


def read_pdf(raw: bytes, asked: Asked, layer: int = 1, *, is_inside: bool = False) -> PdfFound:
    """Read every signature of a PDF and what changed after it. Raises one of ``MALFORMED`` and more.

    ``is_inside``: the file lies in a wrapping, so that the whole of it is the content, later bytes too.
    """
    if any(sum(map(int, found.split()[1::2])) > _MOST_OBJECTS for found in _TABLES.findall(raw)):
        raise ValueError("a table of more objects than any form has")
    reader = PdfFileReader(io.BytesIO(raw), strict=False)
    if reader.encrypted and not _is_open(reader):
        return PdfFound(FileVerdict.UNREADABLE, reasons=(deciding("encrypted"),))
    pdf_values.counted(reader)
    regular = sorted(reader.embedded_regular_signatures, key=lambda found: found.signed_revision)
    if not regular:
        return PdfFound(FileVerdict.UNSIGNED)
    if len(regular) > SIGNERS:
        return PdfFound(FileVerdict.TOO_DEEP, reasons=(deciding("too-many-signers", limit=str(SIGNERS)),))
    asked = replace(
        asked,
        evidence=together(asked.evidence, evidence_of(reader)),
        certificates=(*asked.certificates, *certificates_of(reader)),
    )
    states = _States(reader)
    seen = [_seen(raw, states, found, asked, layer) for found in regular]
    return _summed_up(seen, states, is_inside=is_inside)


def _is_open(reader: PdfFileReader) -> bool:
    """Whether the file opens without a password; many forbid printing and no more."""
    try:
        return bool(reader.decrypt(b"").status.value)
    except MALFORMED:
        return False


def _seen(raw: bytes, states: _States, found: EmbeddedPdfSignature, asked: Asked, layer: int) -> _Seen:
    reader = states.reader
    end = _gap_end(raw, found)
    signature = Signature(
        found.signed_data,
        found.signer_info,
        found.compute_digest,
        first=b"%",
        layer=layer,
        field=str(found.field_name),
        claimed_at=_claimed(found),
    )
    signer = examined(signature, replace(asked, stamped_at=_stamped_at(raw, reader, found, end, asked)))
    if not end:
        problem = deciding("range-wrong")
        return _Seen(replace(signer, reasons=(*signer.reasons, problem)), 0, False, Changes.OTHER)
    found.compute_integrity_info()  # type: ignore[no-untyped-call]
    if found.coverage not in _WHOLE:
        problem = deciding("not-covered")
        return _Seen(replace(signer, reasons=(*signer.reasons, problem)), 0, False, Changes.OTHER)
    later, fields = _later(states, found)
    return _Seen(signer, end, True, later, fields, found.signed_revision)


def _gap_end(raw: bytes, found: EmbeddedPdfSignature) -> int:
    """Where the covered bytes end, if they are all but the signature itself; 0 otherwise.

    What is left out must be the hexadecimal string of this signature and nothing else, or something
    could be hidden in it (ISO 32000-2 § 12.8.1).
    """
    ranges = [int(number) for number in found.byte_range]
    if len(ranges) != 4 or min(ranges) < 0:
        return 0
    start, first, second, last = ranges
    end = second + last
    gap = raw[first:second]
    if start != 0 or end > len(raw) or not (gap.startswith(b"<") and gap.endswith(b">")):
        return 0
    try:
        return end if bytes.fromhex(gap[1:-1].decode("ascii")) == found.pkcs7_content else 0
    except ValueError:
        return 0


def _claimed(found: EmbeddedPdfSignature) -> datetime | None:
    try:
        claimed = found.self_reported_timestamp
    except MALFORMED:
        return None
    return claimed.astimezone(UTC) if claimed and claimed.tzinfo else None


def _stamped_at(
    raw: bytes, reader: PdfFileReader, found: EmbeddedPdfSignature, end: int, asked: Asked
) -> datetime | None:
    """When a time stamp over the whole document, made after the signature, saw it (PAdES-LTA)."""
    times = [asked.stamped_at] if asked.stamped_at else []
    for stamp in reader.embedded_timestamp_signatures[:SIGNERS]:
        covered = _gap_end(raw, stamp)
        if covered <= end or not end or stamp.signed_revision <= found.signed_revision:
            continue
        _start, first, second, _last = (int(number) for number in stamp.byte_range)
        data = raw[:first] + raw[second:covered]
        proof = stamps.proof_of([stamp.signed_data], data, asked.moment, asked.trust)
        times += [proof.at] if proof.at else []
    return min(times, default=None)


def _later(states: _States, found: EmbeddedPdfSignature) -> tuple[Changes, tuple[str, ...]]:
    """What the revisions after a signature do, and which fields have another value at the end."""
    result = found.diff_result
    if not isinstance(result, DiffResult):
        return Changes.OTHER, states.differing(found.signed_revision)
    level, permitted = result.modification_level, found.docmdp_level
    if level is ModificationLevel.NONE:
        return Changes.NONE, ()
    if level is ModificationLevel.LTA_UPDATES:
        return Changes.VALIDATION_DATA, ()
    fields = states.differing(found.signed_revision)
    if level is not ModificationLevel.FORM_FILLING or (permitted and level.value > permitted.value):
        return Changes.OTHER, fields
    signatures = states.reader.embedded_signatures
    if fields or found.signed_revision == max(one.signed_revision for one in signatures):
        return Changes.FIELDS, fields or ("…",)
    return Changes.ANOTHER_SIGNATURE, ()


@dataclass(slots=True)
class _States:
    """What the fields hold in each revision of a file, looked up when it is first asked for."""

    reader: PdfFileReader
    known: dict[int, dict[str, str] | None] = field(default_factory=dict)

    def differing(self, one: int, other: int | None = None) -> tuple[str, ...]:
        """The fields that are not the same in two revisions; the other is the last unless given."""
        last = self.reader.xrefs.total_revisions - 1
        before, after = self._held(one, last), self._held(last if other is None else other, last)
        return ("…",) if before is None or after is None else pdf_values.differing(before, after)

    def _held(self, revision: int, last: int) -> dict[str, str] | None:
        """Every field by its name; None where there are too many to say."""
        if revision not in self.known:
            is_last = revision == last
            state = self.reader if is_last else self.reader.get_historical_resolver(revision)
            try:
                self.known[revision] = pdf_values.held(state)
            except TooManyFieldsError:
                self.known[revision] = None
        return self.known[revision]


def _summed_up(seen: list[_Seen], states: _States, *, is_inside: bool) -> PdfFound:
    accepted = [one for one in seen if one.is_accepted]
    counted = _unbroken([one for one in accepted if one.signer.is_good] or accepted, states)
    covering = [one for one in accepted if one.later in _HARMLESS]
    if not is_inside:
        covering = [one for one in accepted if _agree(one, counted[-1], states)]
    signers = tuple(replace(one.signer, covers_content=one in covering) for one in seen)
    reasons = () if len(seen) == 1 else (warning("several-revisions", count=str(len(seen))),)
    if not counted:
        return PdfFound(_worst(seen), signers, reasons=reasons)
    last = counted[-1]
    verdict, changes, why = _after(seen, accepted, last)
    return PdfFound(verdict, signers, last.end, changes, (*reasons, *why))


def _worst(seen: list[_Seen]) -> FileVerdict:
    if not all(one.is_whole for one in seen):
        return FileVerdict.REFUSED
    if any(one.signer.integrity is Integrity.ALTERED for one in seen):
        return FileVerdict.ALTERED
    return FileVerdict.UNVERIFIED


def _agree(one: _Seen, other: _Seen, states: _States) -> bool:
    """Whether two signed the same: every field alike, and nothing but fields was touched after the first."""
    if one.revision == other.revision:
        return True
    earlier = min((one, other), key=lambda seen: seen.revision)
    return earlier.later is not Changes.OTHER and not states.differing(one.revision, other.revision)


def _unbroken(candidates: list[_Seen], states: _States) -> list[_Seen]:
    """The signatures from the first up to the last that signed the same as all before it.

    Whoever signs later cannot change what others have signed, nor make them sign what stood there earlier.
    """
    agreed: list[_Seen] = []
    for one in candidates:
        if not all(_agree(before, one, states) for before in agreed):
            break
        agreed.append(one)
    return agreed


def _after(
    seen: list[_Seen], accepted: list[_Seen], last: _Seen
) -> tuple[FileVerdict, Changes, tuple[Reason, ...]]:
    """The verdict on the file, when there is an accepted state, with what came after it."""
    if len(accepted) < len(seen):
        return _worst([one for one in seen if not one.is_accepted]), last.later, ()
    # The end can be as the first and the last signed it, and not as one between them did.
    broken = next((one for one in accepted if one.later not in _HARMLESS), last)
    changes = broken.later
    if changes is Changes.FIELDS:
        shown = ", ".join(on_one_line(name, 60) for name in broken.fields[:10])
        return FileVerdict.CHANGED_AFTER, changes, (deciding("fields-changed", fields=shown),)
    if changes is Changes.OTHER:
        return FileVerdict.CHANGED_AFTER, changes, (deciding("changed-later"),)
    remarks = {
        Changes.VALIDATION_DATA: (note("validation-data"),),
        Changes.ANOTHER_SIGNATURE: (note("another-signature"),),
    }
    return FileVerdict.INTACT, changes, remarks.get(changes, ())

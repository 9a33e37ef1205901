"""Looking into files: what is signed, what lies in it, what it says; reads everything, writes nothing."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, Self

from tragitto.kernel.canonical import sha256_hex
from tragitto.records import reader
from tragitto.records.actions.checking import Piece
from tragitto.records.models import Message
from tragitto.records.revocations import Inquiry
from tragitto_pec import Attachment as ReadAttachment
from tragitto_pec.archives import ArchiveReading, InnerFile
from tragitto_pec.formats import Format, kind_of
from tragitto_pec.limits import MIB
from tragitto_pec.signatures import NONE, FileVerdict, SignatureReading

#: What can be pages; whether they are those of a printed form, their codes say.
_PAGES = (Format.PDF, Format.IMAGE)
#: Looking into all files of a message takes seconds; one with a thousand bad ones must not hold up the day.
MOST_SECONDS = 600.0
#: So much may lie in all archives of a message.
MOST_INNER_FILES, MOST_INNER_BYTES = 500, 200 * MIB
#: So many files are held against a signature that travels apart.
MOST_NEIGHBOURS = 20
#: Where the moment comes from at which signatures are judged.
CERTIFIED, ARRIVED = "certified", "arrived"


@dataclass(frozen=True)
class Looked:
    """A file as it came and everything read of it; what lay in an archive says `within` which, from 1.

    `content` is what lay in a signed file, or the signed revision of a PDF; None where there is none.
    """

    body: bytes
    name: str
    original_name: str
    media_type: str
    format: Format
    within: int = 0
    archive: dict[str, Any] | None = None
    signatures: dict[str, Any] | None = None
    content: bytes | None = None
    form: dict[str, Any] | None = None
    scan: dict[str, Any] | None = None

    @property
    def travels_apart(self) -> bool:
        """Whether it is a signature of which nobody knows yet what it signs."""
        return (self.signatures or {}).get("verdict") == FileVerdict.UNVERIFIED and self.content is None

    @property
    def innermost(self) -> bytes:
        """What the sender meant to be read."""
        return self.body if self.content is None else self.content


def look_into(
    files: Sequence[ReadAttachment], message: Message, *, is_last_try: bool = False
) -> list[Looked]:
    """Look into the files of a message: archives opened, signatures taken off, fields and codes read.

    Signatures are judged at the certified time of the message, else at its arrival. Printed pages are not
    read in receipts: what is there was sent by us. Raises `reader.ReaderStopped`, also when all of it takes
    too long, unless it is the last try: then what could not be read says so.
    """
    look = _Look.into(message, is_last_try)
    found = list(look.opened(files))
    for position, file in enumerate(found):
        if file.travels_apart:
            look.join(found, position)
    return [look.read(file) for file in found]


def pieces_of(raw: bytes, files: Iterable[Looked]) -> Iterator[Piece]:
    """Everything a scanner is shown: the raw message, each file, and what lay in it, outer ones first."""
    message = sha256_hex(raw)
    yield Piece(raw)
    layers: list[tuple[str, ...]] = []
    for file in files:
        around = layers[file.within - 1] if file.within else (message,)
        layers.append((*around, sha256_hex(file.body)))
        yield Piece(file.body, around)
        if file.content is not None:
            yield Piece(file.content, layers[-1])
            layers[-1] += (sha256_hex(file.content),)


def _as_it_came(file: ReadAttachment) -> Looked:
    body = file.content()
    found = kind_of(body, file.name)
    return Looked(body, file.name, file.original_name, file.media_type, found)


def _as_it_lay(inner: InnerFile, outer: Looked, position: int) -> Looked:
    found = kind_of(inner.body, inner.name)
    return Looked(
        body=inner.body,
        name=f"{outer.name} - {inner.name}",
        original_name=f"{outer.original_name}/{inner.original_name}",
        media_type=_MEDIA_TYPES.get(found, "application/octet-stream"),
        format=found,
        within=position,
    )


@dataclass
class Room:
    """How much more the archives of one message may hold together: each alone keeps its own limits."""

    files: int = MOST_INNER_FILES
    size: int = MOST_INNER_BYTES

    def admitted(self, archive: ArchiveReading) -> ArchiveReading:
        """The archive, left closed when there is no room for its files."""
        size = sum(file.size for file in archive.files)
        if len(archive.files) > self.files or size > self.size:
            return ArchiveReading(declared=archive.declared, problem="too-many-archives")
        self.files -= len(archive.files)
        self.size -= size
        return archive


@dataclass(frozen=True)
class _Look:
    """A look at all files of one message: as of one moment, which each reading names, and within a time."""

    moment: datetime
    moment_is: str
    is_receipt: bool
    is_last_try: bool
    ends: float
    inquiry: Inquiry = field(default_factory=Inquiry)

    @classmethod
    def into(cls, message: Message, is_last_try: bool) -> Self:
        """Certified is the only time that proves that the files existed then; else there is our own."""
        moment, moment_is = message.certified_at, CERTIFIED
        if moment is None:
            moment, moment_is = message.arrived_at, ARRIVED
        return cls(moment, moment_is, message.is_receipt, is_last_try, time.monotonic() + MOST_SECONDS)

    def opened(self, files: Sequence[ReadAttachment]) -> Iterator[Looked]:
        """Each file with what its signatures say, and behind an archive the files that lay in it."""
        position, room = 0, Room()
        for file in files:
            position += 1
            own, outer = position, self.signed(_as_it_came(file))
            archive = reader.archive_of(outer.innermost, is_last_try=self.is_last_try)
            if archive is None:
                yield outer
                continue
            archive = room.admitted(archive)
            summary = {
                "declared": archive.declared,
                "opened": len(archive.files),
                "problem": archive.problem,
            }
            yield replace(outer, archive=summary)
            for inner in archive.files:
                position += 1
                yield self.signed(_as_it_lay(inner, outer, own))

    def signed(self, file: Looked) -> Looked:
        """The file with what its own signatures say, and what lay in it."""
        if self._is_over():
            return replace(file, signatures=self._kept(reader.UNREAD))
        reading, content = self._judged(file.body)
        if reading.verdict is FileVerdict.UNSIGNED:
            return file
        is_more = bool(content) and content != file.body
        return replace(file, signatures=self._kept(reading), content=content if is_more else None)

    def join(self, files: list[Looked], position: int) -> None:
        """Find the file that a signature travelling apart signs, and give both what it says.

        Told by what fits, never by the name alone; the name says which one is tried first, and which one
        the signature was meant for when it fits none.
        """
        signature = files[position]
        stem = _without_signature(signature.name)
        others = [
            number for number, file in enumerate(files) if number != position and file.signatures is None
        ]
        others.sort(key=lambda number: files[number].name.lower() != stem)
        for number in others[:MOST_NEIGHBOURS]:
            if self._is_over():
                return
            reading = self._judged(signature.body, files[number].body)[0]
            is_meant = files[number].name.lower() == stem
            if reading.verdict is FileVerdict.INTACT or (is_meant and reading.verdict is FileVerdict.ALTERED):
                files[position] = replace(signature, signatures=self._kept(reading, signs=files[number].name))
                told = self._kept(reading, signed_by=signature.name)
                files[number] = replace(files[number], signatures=told)
                return

    def read(self, file: Looked) -> Looked:
        """The file with what its fields say, else with what its pages propose."""
        if self._is_over():
            return file
        form = reader.form_of(file.innermost, is_last_try=self.is_last_try)
        has_fields = bool(form and form["fields"])
        if self.is_receipt or has_fields or kind_of(file.innermost) not in _PAGES:
            return replace(file, form=form)
        scan = reader.scan_of(file.innermost, is_last_try=self.is_last_try)
        return replace(file, form=form, scan=scan)

    def _judged(self, raw: bytes, beside: bytes | None = None) -> tuple[SignatureReading, bytes]:
        """The reading of a signed file; again, as often as more was learned about its certificates."""
        judge = partial(reader.signed, raw, moment=self.moment, beside=beside, is_last_try=self.is_last_try)
        reading, content = judge()
        for ask in (self.inquiry.responders, self.inquiry.everybody):
            evidence = ask(reading)
            if evidence != NONE:
                reading, content = judge(evidence=evidence)
        return reading, content

    def _kept(self, reading: SignatureReading, **more: str) -> dict[str, Any]:
        """The reading as it is kept: without the requests about its certificates, of use once only."""
        said = reading.as_json()
        for signer in said["signers"]:
            signer.pop("asks", None)
        return {**said, "moment": self.moment.isoformat(), "moment_is": self.moment_is, **more}

    def _is_over(self) -> bool:
        """Whether the time for this message is up. Raises `reader.ReaderStopped`, but at the last try."""
        if time.monotonic() < self.ends:
            return False
        if not self.is_last_try:
            raise reader.ReaderStopped
        return True


def _without_signature(name: str) -> str:
    return name.lower().removesuffix(".p7s").removesuffix(".p7m")


_MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.P7M: "application/pkcs7-mime",
    Format.XML: "application/xml",
    Format.ZIP: "application/zip",
    Format.TEXT: "text/plain",
    Format.MESSAGE: "message/rfc822",
}

"""Opens a zip archive, believing nothing of what it declares: counted while it is read, one level deep."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass, field

from tragitto_pec.limits import MIB
from tragitto_pec.names import cleaned

_MOST_FILES = 200
_MOST_BYTES = 100 * MIB
#: Beyond what the archive itself has: so much and no more comes back from the process that reads.
_MOST_MORE = 15 * MIB
#: Nobody's papers shrink to a hundredth; a blank page does, so small archives are not asked.
_MOST_RATIO = 100
_ASKED_FROM = 4 * MIB
_PIECE = 256 * 1024
_ENCRYPTED = 0x1
#: Office documents are zip archives too; these files give them away.
_OF_DOCUMENTS = frozenset({"[Content_Types].xml", "mimetype"})
_MOST_NAME = 1000


@dataclass(frozen=True, slots=True)
class InnerFile:
    """A file that lay in an archive; ``name`` is safe to show, ``original_name`` what the archive says."""

    name: str
    original_name: str
    size: int
    sha256: str
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class ArchiveReading:
    """The files of an archive, or the problem for which it was not opened: all of them or none.

    ``declared`` is how many files it says it holds. The words: ``not-an-archive, too-many-files,
    too-large, too-dense, encrypted, unreadable``.
    """

    files: tuple[InnerFile, ...] = ()
    declared: int = 0
    problem: str = ""


class _NotOpenedError(Exception):
    """The archive is left closed; the text is the word for the reason."""


def is_archive(raw: bytes) -> bool:
    """Whether the file begins as a zip archive does."""
    return raw[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def read_archive(raw: bytes) -> ArchiveReading:
    """Read the files of a zip archive. Never raises: see ``ArchiveReading.problem``.

    An archive within is one of its files, and stays closed. A document of an office program is none.
    """
    if not is_archive(raw):
        return ArchiveReading(problem="not-an-archive")
    declared = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            declared = len(entries)
            if any(entry.filename in _OF_DOCUMENTS for entry in entries):
                return ArchiveReading(problem="not-an-archive")
            return ArchiveReading(tuple(_files(archive, entries, len(raw))), declared)
    except _NotOpenedError as error:
        return ArchiveReading(declared=declared, problem=str(error))
    except Exception:
        # Damaged and hostile archives surface as nearly any exception; a person looks instead.
        return ArchiveReading(declared=declared, problem="unreadable")


def _files(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int) -> list[InnerFile]:
    if len(entries) > _MOST_FILES:
        raise _NotOpenedError("too-many-files")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise _NotOpenedError("encrypted")
    found, total = [], 0
    for number, entry in enumerate(entries, start=1):
        body = _read(archive, entry, total, size)
        total += len(body)
        found.append(
            InnerFile(
                name=cleaned(entry.filename, f"file-{number}"),
                original_name=entry.filename[:_MOST_NAME],
                size=len(body),
                sha256=hashlib.sha256(body).hexdigest(),
                body=body,
            )
        )
    return found


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, before: int, size: int) -> bytes:
    """One file, piece by piece: what it declares to be its size is nobody's promise."""
    pieces: list[bytes] = []
    total = before
    with archive.open(entry) as stream:
        while piece := stream.read(_PIECE):
            total += len(piece)
            if total > max(_ASKED_FROM, size * _MOST_RATIO):
                raise _NotOpenedError("too-dense")
            if total > min(_MOST_BYTES, size + _MOST_MORE):
                raise _NotOpenedError("too-large")
            pieces.append(piece)
    return b"".join(pieces)


def pack_archive(reading: ArchiveReading) -> tuple[ArchiveReading, bytes]:
    """Part a reading from the contents of its files, one after the other."""
    bare = tuple(InnerFile(file.name, file.original_name, file.size, file.sha256) for file in reading.files)
    return ArchiveReading(bare, reading.declared, reading.problem), b"".join(
        file.body for file in reading.files
    )


def unpack_archive(reading: ArchiveReading, contents: bytes) -> ArchiveReading:
    """Put a reading together again. Raises ``ValueError`` when sizes or hashes do not agree."""
    files, at = [], 0
    for file in reading.files:
        body = contents[at : at + file.size]
        if hashlib.sha256(body).hexdigest() != file.sha256:
            raise ValueError("a content that is not the file's")
        files.append(InnerFile(file.name, file.original_name, file.size, file.sha256, body))
        at += file.size
    if at != len(contents):
        raise ValueError("contents of another size")
    return ArchiveReading(tuple(files), reading.declared, reading.problem)

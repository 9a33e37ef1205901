"""Where the content of documents lies: in a folder or a bucket, each under the hash of its bytes."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from tragitto.kernel.canonical import sha256_hex


class ContentMissing(Exception):
    """The store has no content under this hash."""


class ContentChanged(Exception):
    """The content under this hash is not what was kept there."""


class Store(Protocol):
    """Content by hash: put twice, it is there once; it is never changed or taken away.

    What was damaged by an accident is whole again after it has been put once more.
    """

    def put(self, content: bytes) -> str:
        """Keep `content` so that it survives a power cut, and return its SHA-256."""

    def holds(self, sha256: str) -> bool:
        """Whether the content is there, and is what was kept. Reads it."""

    def get(self, sha256: str) -> bytes:
        """The content; raises `ContentMissing`, or `ContentChanged` when it no longer has this hash."""


class FolderStore:
    """A folder of files, `ab/cd/abcd…`, readable by their owner alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """As `Store.put`: written aside, flushed to the disk, then moved into place in one stroke."""
        sha256 = sha256_hex(content)
        place = self.place(sha256)
        if self.holds(sha256):
            # Whoever put it there may not have come to flushing it.
            _flush(place)
            for folder in (place.parent, place.parent.parent, self.folder):
                _flush(folder)
            return sha256
        self._make_folder(place.parent)
        aside = self._written_aside(content)
        os.replace(aside, place)
        _flush(place.parent)
        return sha256

    def holds(self, sha256: str) -> bool:
        """As `Store.holds`."""
        return _is_whole(self, sha256)

    def get(self, sha256: str) -> bytes:
        """As `Store.get`."""
        try:
            content = self.place(sha256).read_bytes()
        except FileNotFoundError:
            raise ContentMissing(sha256) from None
        return _checked(content, sha256)

    def place(self, sha256: str) -> Path:
        """The file of this content."""
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def _written_aside(self, content: bytes) -> Path:
        incoming = self.folder / "incoming"
        self._make_folder(incoming)
        handle, name = tempfile.mkstemp(dir=incoming)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return Path(name)

    def _make_folder(self, folder: Path) -> None:
        for missing in reversed(list(_missing(folder))):
            missing.mkdir(mode=0o700, exist_ok=True)
            _flush(missing.parent)


class DjangoStore:
    """Any storage Django knows (a bucket, by `STORAGES["documents"]`)."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def put(self, content: bytes) -> str:
        """As `Store.put`; the bucket answers for durability."""
        sha256 = sha256_hex(content)
        name = self.name(sha256)
        if self.holds(sha256):
            return sha256
        if self.storage.exists(name):
            self.storage.delete(name)  # else some storages keep the damaged one and choose another name
        # In one piece: buckets refuse an empty content that is sent part by part.
        put_in_one_piece = self.storage.save
        put_in_one_piece(name, ContentFile(content))
        return sha256

    def holds(self, sha256: str) -> bool:
        """As `Store.holds`."""
        return _is_whole(self, sha256)

    def get(self, sha256: str) -> bytes:
        """As `Store.get`."""
        try:
            with self.storage.open(self.name(sha256), "rb") as file:
                content = file.read()
        except FileNotFoundError:
            raise ContentMissing(sha256) from None
        return _checked(content, sha256)

    def name(self, sha256: str) -> str:
        """The name of this content in the bucket."""
        return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def current() -> Store:
    """The store of this deployment: `TRAGITTO_DOCUMENTS`, by default a folder beside the other data."""
    where = str(getattr(settings, "DOCUMENTS", "") or settings.VAR / "documents")
    return DjangoStore(storages["documents"]) if "://" in where else FolderStore(Path(where))


def _is_whole(store: Store, sha256: str) -> bool:
    try:
        store.get(sha256)
    except (ContentMissing, ContentChanged):
        return False
    return True


def _checked(content: bytes, sha256: str) -> bytes:
    if sha256_hex(content) != sha256:
        raise ContentChanged(sha256)
    return content


def _missing(folder: Path) -> Iterator[Path]:
    while not folder.exists():
        yield folder
        folder = folder.parent


def _flush(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The watched folder: which files lie still, and where they go once they are in the house."""

import os
from pathlib import Path

#: Beyond what any provider carries; such a file waits for a person.
MOST_BYTES = 256 * 1024 * 1024
#: A file that has not been touched for so long is taken to be whole.
STILL_SECONDS = 2.0


class TooLarge(Exception):
    """The file is larger than any certified message can be."""


def still_files(folder: Path) -> list[Path]:
    """The `.eml` files of the folder that nobody is writing any more, the oldest first.

    Whoever moves files in by renaming is safe in any case. The folder's own clock decides: it may lie on
    another machine. Links are left alone.
    """
    now = _clock_of(folder)
    found = []
    for entry in os.scandir(folder):
        if entry.name.lower().endswith(".eml") and entry.is_file(follow_symlinks=False):
            touched = entry.stat(follow_symlinks=False).st_mtime
            if now - touched >= STILL_SECONDS:
                found.append((touched, entry.name))
    return [folder / name for _touched, name in sorted(found)]


def content(file: Path) -> bytes:
    """The bytes of the file. Raises `OSError`, `TooLarge`."""
    with file.open("rb") as opened:
        raw = opened.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TooLarge
    return raw


def move_to_taken(file: Path, folder: Path, sha256: str) -> Path:
    """Move the file to the subfolder `taken`; a name used there already gets the hash beside it."""
    taken = folder / "taken"
    taken.mkdir(exist_ok=True)
    target = taken / file.name
    if target.exists():
        target = taken / f"{file.stem}.{sha256[:12]}{file.suffix}"
    file.rename(target)
    return target


def _clock_of(folder: Path) -> float:
    probe = folder / ".clock"
    probe.touch()
    probe.write_bytes(b"")
    return probe.stat().st_mtime

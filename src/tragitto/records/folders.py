"""The watched folder: which files lie still, and where they go once they are in the house."""

import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

#: Beyond what any provider carries; such a file waits for a person.
MOST_BYTES = 256 * 1024 * 1024
#: A file that has not been touched for so long is taken to be whole. Programs that save or copy mail pause
#: for seconds (a slow disk, a network drive), hardly ever for half a minute; nobody waits for these seconds.
STILL_SECONDS = 30.0
#: What came in so much earlier is no longer looked at as the beginning of a file that went on growing.
GROWS_FOR = timedelta(hours=48)


class TooLarge(Exception):
    """The file is larger than any certified message can be."""


def still_files(folder: Path) -> list[Path]:
    """The `.eml` files of the folder that nobody is writing any more, the oldest first.

    Whoever writes under another ending (`.part`, `.tmp`) and renames is safe in any case. The folder's own
    clock decides: it may lie on another machine. Links are left alone.
    """
    now = _clock_of(folder)
    found = [(state.st_mtime, file) for file, state in _letters(folder) if _is_still(state, now)]
    return [file for _touched, file in sorted(found)]


def content(file: Path) -> bytes:
    """The bytes of the file. Raises `OSError`, `TooLarge`."""
    with file.open("rb") as opened:
        raw = opened.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TooLarge
    return raw


def stamp_of(file: Path) -> tuple[int, int]:
    """Size and moment of the last writing: another stamp means other bytes. Raises `OSError`."""
    state = file.stat(follow_symlinks=False)
    return state.st_size, state.st_mtime_ns


def move_to_taken(file: Path, folder: Path, sha256: str) -> Path:
    """Move the file to the subfolder `taken`; a name used there already gets the hash beside it."""
    taken = folder / "taken"
    taken.mkdir(exist_ok=True)
    target = taken / file.name
    if target.exists():
        target = taken / f"{file.stem}.{sha256[:12]}{file.suffix}"
    file.rename(target)
    return target


def put_back(file: Path, folder: Path) -> Path:
    """Move a file from `taken` to where it is taken in again, under a name that is free there."""
    target = folder / file.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{file.stem}.{number}{file.suffix}"
    file.rename(target)
    return target


def put_back_changed(folder: Path) -> None:
    """Put back what has been written to after it was moved to `taken`, and lies still now.

    A file is moved only when it has lain still, so there the last change of its entry (the move) is much
    younger than its last writing; equal moments mean that somebody went on writing.
    """
    taken = folder / "taken"
    if not taken.is_dir():
        return
    now = _clock_of(folder)
    for file, state in _letters(taken):
        if state.st_ctime - state.st_mtime < STILL_SECONDS and _is_still(state, now):
            with suppress(OSError):  # it stays where it is, and is found again
                put_back(file, folder)


def _letters(folder: Path) -> list[tuple[Path, os.stat_result]]:
    with os.scandir(folder) as entries:
        return [
            (folder / entry.name, entry.stat(follow_symlinks=False))
            for entry in entries
            if entry.name.lower().endswith(".eml") and entry.is_file(follow_symlinks=False)
        ]


def _is_still(state: os.stat_result, now: float) -> bool:
    return now - state.st_mtime >= STILL_SECONDS


def _clock_of(folder: Path) -> float:
    probe = folder / ".clock"
    probe.touch()
    probe.write_bytes(b"")
    return probe.stat().st_mtime

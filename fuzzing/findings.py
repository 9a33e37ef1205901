"""Keeps what stopped a reader: the bytes, and where it happened; the same place once."""

from __future__ import annotations

import hashlib
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from fuzzing.targets import Target

#: More seconds of thinking than this, or more memory than that, is a fault too.
MOST_SECONDS = 5.0
_MOST_KIB = 1024 * 1024
_OWN = "tragitto_pec"


@dataclass
class Findings:
    """What was found for one target, in its folder."""

    target: Target
    folder: Path
    seen: set[str] = field(default_factory=set)
    executions: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.seen |= {path.read_text().split("\n", 1)[0] for path in self.folder.glob("*.txt")}

    def run(self, raw: bytes) -> None:
        """Read once; an exception, and far too much time or memory, are kept."""
        self.executions += 1
        before, memory = time.process_time(), _peak()
        try:
            self.target.run(raw)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            # Panics of the libraries' native parts are no Exception.
            self.keep(_place(error), raw, "".join(traceback.format_exception(error)))
        if (spent := time.process_time() - before) > MOST_SECONDS:
            self.keep("slow", raw, f"{spent:.1f} seconds")
        if _peak() - memory > _MOST_KIB:
            self.keep("memory", raw, f"{_peak() - memory} KiB")

    def keep(self, place: str, raw: bytes, story: str) -> None:
        """Keep the bytes and the story, unless something of this place is kept already."""
        if place in self.seen:
            return
        self.seen.add(place)
        path = self.folder / hashlib.sha256(raw).hexdigest()[:16]
        path.write_bytes(raw)
        path.with_suffix(".txt").write_text(f"{place}\n{story}")


def smaller(raw: bytes, fails: Callable[[bytes], bool], seconds: float = 60) -> bytes:
    """The bytes with everything left out that is not needed to fail."""
    until, step = time.monotonic() + seconds, max(1, len(raw) // 2)
    while step and time.monotonic() < until:
        at, size = 0, len(raw)
        while at < len(raw) and time.monotonic() < until:
            shorter = raw[:at] + raw[at + step :]
            if fails(shorter):
                raw = shorter
            else:
                at += step
        step = step // 2 if len(raw) == size or step > 1 else 0
    return raw


def place_of(target: Target, raw: bytes) -> str:
    """Where reading these bytes fails; empty when it does not."""
    try:
        target.run(raw)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return _place(error)
    return ""


def _place(error: BaseException) -> str:
    """The kind of the error, the last own function it passed, and the very last one."""
    frames = list(_frames(error.__traceback__))
    own = [frame for frame in frames if _OWN in frame[0]]
    shown = [f"{Path(file).name}:{function}" for file, function in (*own[-1:], *frames[-1:])]
    return " ".join([type(error).__name__, *dict.fromkeys(shown)])


def _frames(trace: TracebackType | None) -> list[tuple[str, str]]:
    return [(frame.filename, frame.name) for frame in traceback.extract_tb(trace)]


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

"""Reads hostile input in a confined process of its own, which may die without harm to this one."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from tragitto_pec.anchors import PUBLIC, AnchorSet
from tragitto_pec.confined_questions import FIELDS, READING, Nothing, Trusting
from tragitto_pec.forms import FormReading
from tragitto_pec.limits import DEFAULT, MIB, Limits
from tragitto_pec.questions import Question
from tragitto_pec.reader import unreadable
from tragitto_pec.reading import Reading
from tragitto_pec.reasons import deciding
from tragitto_pec.wire import (
    OUT_OF_MEMORY,
    FrameError,
    Request,
    answer_of,
    read_frame,
    unpack_reading,
    write_frame,
)

_MOST_ANSWER = 16 * MIB
_MOST_GREETING = 4096


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the limited process may use for one message, and after how many it is renewed."""

    memory_bytes: int = 2048 * MIB
    cpu_seconds: int = 60
    wall_seconds: float = 90.0
    messages: int = 500


class StoppedError(Exception):
    """The process gave no answer that could be used; ``code`` names the reason (see ``reasons``)."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Confined:
    """A reader in a process that gave up all it does not need: use it as a context manager.

    Which protections stand depends on the system; ``protections`` tells. The process starts with the
    first question and serves many; a message that kills it costs only itself. Safe to share between
    threads, which then wait for each other.
    """

    def __init__(
        self,
        bounds: Bounds | None = None,
        limits: Limits = DEFAULT,
        holding: Callable[[], Mapping[str, bytes]] = dict,
    ) -> None:
        """Keep the bounds; nothing is started yet.

        ``holding`` is asked whenever a process starts: what it gives is held there for all questions.
        """
        self.bounds = bounds or Bounds()
        self.limits = limits
        self.holding = holding
        self._process: subprocess.Popen[bytes] | None = None
        self._standing: tuple[str, ...] | None = None
        self._served = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            self._end()

    def protections(self) -> tuple[str, ...]:
        """The names of the protections that stand, as the process said before it read anything.

        ``seal_off.STEPS`` holds all of them, with what each means. Empty when no process could answer.
        """
        try:
            return self._attended(self._greeting)
        except StoppedError:
            return ()

    def read(self, raw: bytes, *, anchors: AnchorSet = PUBLIC) -> Reading:
        """Read a message as ``tragitto_pec.read`` does. Never raises for anything the message does."""
        if len(raw) > self.limits.message_bytes:
            return unreadable(deciding("message-too-large", limit=str(self.limits.message_bytes)))
        try:
            answer = self.ask(READING, raw, Trusting(anchors, self.limits))
            return unpack_reading(*answer)
        except FrameError as error:
            self.close()
            return unreadable(deciding("reader-stopped", problem=str(error)))
        except StoppedError as stopped:
            return unreadable(deciding(stopped.code, **stopped.facts))

    def form_fields(self, pdf: bytes) -> FormReading:
        """Read a form as ``tragitto_pec.forms.read_fields`` does, with ``stopped`` as a further problem."""
        try:
            return self.ask(FIELDS, pdf, Nothing())[0]
        except StoppedError:
            return FormReading(problem="stopped")

    def ask[O, A](self, question: Question[O, A], body: bytes, options: O) -> tuple[A, bytes]:
        """Have a question answered about ``body``: the answer, and the raw bytes beside it.

        Raises ``StoppedError`` when the process ended before it answered, or answered what no honest one
        would.
        """
        request = Request(question.name, msgspec.Raw(msgspec.json.encode(options)))
        head, contents = self._attended(lambda process: self._exchange(process, request, body))
        try:
            return answer_of(question, head), contents
        except FrameError as error:
            self.close()
            raise StoppedError("reader-stopped", problem=str(error)) from None

    def _attended[T](self, talk: Callable[[subprocess.Popen[bytes]], T]) -> T:
        """Talk with the process; the watchdog ends it when that takes too long."""
        with self._lock:
            process = self._running()
            is_late = threading.Event()
            watchdog = threading.Timer(self.bounds.wall_seconds, _kill, (process, is_late))
            watchdog.daemon = True
            watchdog.start()
            try:
                return talk(process)
            except (OSError, FrameError):
                raise self._why(process, is_late) from None
            finally:
                watchdog.cancel()

    def _greeting(self, process: subprocess.Popen[bytes]) -> tuple[str, ...]:
        """The first thing a process says: which protections stand. Kept, for it says it once."""
        if self._standing is None:
            assert process.stdout is not None
            try:
                self._standing = msgspec.json.decode(
                    read_frame(process.stdout, _MOST_GREETING) or b"", type=tuple[str, ...]
                )
            except msgspec.DecodeError as error:
                raise FrameError("no greeting") from error
            for name, content in self.holding().items():
                self._exchange(process, Request(holds=name), content)
        return self._standing

    def _exchange(
        self, process: subprocess.Popen[bytes], request: Request, body: bytes
    ) -> tuple[bytes, bytes]:
        """Send one request and wait for its answer."""
        self._greeting(process)
        assert process.stdin is not None
        assert process.stdout is not None
        write_frame(process.stdin, msgspec.json.encode(request))
        write_frame(process.stdin, body)
        process.stdin.flush()
        answer = read_frame(process.stdout, _MOST_ANSWER)
        contents = read_frame(process.stdout, len(body) + _MOST_ANSWER)
        if answer is None or contents is None:
            raise FrameError("no answer")
        return answer, contents

    def _why(self, process: subprocess.Popen[bytes], is_late: threading.Event) -> StoppedError:
        """Say why there was no answer, and leave no process behind."""
        status = self._end()
        if is_late.is_set():
            return StoppedError("reader-out-of-time", limit=f"{self.bounds.wall_seconds:g}")
        if status == -signal.SIGXCPU:
            return StoppedError("reader-out-of-time", limit=str(self.bounds.cpu_seconds))
        if status == OUT_OF_MEMORY:
            return StoppedError("reader-out-of-memory")
        return StoppedError("reader-stopped", problem=f"status {status}")

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, renewed after its share of messages."""
        if self._process and (self._served >= self.bounds.messages or self._process.poll() is not None):
            self._end()
        if self._process is None:
            self._process, self._served, self._standing = _start(self.bounds), 0, None
        self._served += 1
        return self._process

    def _end(self) -> int:
        """Let the process go: the end of its input ends it, and a second later it is killed."""
        process, self._process = self._process, None
        if process is None:
            return 0
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
        process.stdout.close()
        return process.wait()


def _kill(process: subprocess.Popen[bytes], is_late: threading.Event) -> None:
    is_late.set()
    process.kill()


def _start(bounds: Bounds) -> subprocess.Popen[bytes]:
    """Start the process with an environment of its own: no settings, no secrets, no user's site."""
    package = Path(__file__).resolve().parents[1]
    return subprocess.Popen(  # noqa: S603  our own interpreter and module
        [
            *(sys.executable, "-P", "-s", "-X", "utf8", "-W", "ignore"),
            *("-m", "tragitto_pec.confined_child"),
            *(str(bounds.memory_bytes), str(bounds.cpu_seconds)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(package)},
        close_fds=True,
    )

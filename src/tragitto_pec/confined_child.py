"""The limited process that reads: bytes in by one pipe, values out by another, nothing else.

Started by ``confined``; its arguments are limits as numbers. First it loads all it may ever need, then
it seals itself off and says which protections stand, and only then does it look at a request. It answers
each with one answer and trusts nothing of its input beyond the frame's length. No file may spoil the
answer about the next one: what one leaves behind is collected, and who was refused memory ends.
"""

from __future__ import annotations

import contextlib
import encodings
import gc
import importlib
import math
import mimetypes
import os
import pkgutil
import resource
import sys
import time
from importlib.machinery import BuiltinImporter, FrozenImporter
from types import CodeType
from typing import BinaryIO

import cryptography
import msgspec
import pypdf

from tragitto_pec.confined_questions import QUESTIONS
from tragitto_pec.questions import HELD
from tragitto_pec.seal_off import seal_off
from tragitto_pec.wire import OUT_OF_MEMORY, Request, read_frame, write_frame

_ANSWERS = 3
#: A number no profiler or debugger takes (``sys.monitoring``).
_WATCHING = 3
#: After so many new pages of memory, 16 MiB of the usual ones, what no longer serves is collected.
_MUCH = 4096


def main() -> None:
    """Say which protections stand, then answer requests until the input ends."""
    memory, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    end_without_memory()
    answers = _apart_from_prints()
    load_everything()
    write_frame(answers, msgspec.json.encode(seal_off(_ANSWERS)))
    answers.flush()
    # What was loaded stays, so that looking for what does not takes a millisecond.
    gc.freeze()
    collected = _pages_taken()
    while (head := read_frame(sys.stdin.buffer)) is not None:
        _allow_seconds(cpu_seconds)
        _answer(msgspec.json.decode(head, type=Request), read_frame(sys.stdin.buffer) or b"", answers)
        if _pages_taken() - collected > _MUCH:
            gc.collect()
            collected = _pages_taken()


def end_without_memory() -> None:
    """From now on the process ends where memory is refused, whoever would have caught the ``MemoryError``.

    The readers, and libraries under them, take any exception for a fault of the file. This one may be the
    fault of a file before it, and a process that answers on could misjudge all that come after it.
    """
    sys.monitoring.use_tool_id(_WATCHING, "tragitto")
    sys.monitoring.register_callback(_WATCHING, sys.monitoring.events.RAISE, _end_without_memory)
    sys.monitoring.set_events(_WATCHING, sys.monitoring.events.RAISE)


def _end_without_memory(_code: CodeType, _offset: int, error: BaseException) -> None:
    if isinstance(error, MemoryError):
        os._exit(OUT_OF_MEMORY)


def _pages_taken() -> int:
    """How many pages of memory were ever given to the process, also those it gave back."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def load_everything() -> None:
    """Load what is otherwise loaded on first use, and nothing from files after that.

    A sealed process can open no file. An unknown character set is then simply unknown.
    """
    for package in (encodings, cryptography, pypdf):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            # Some are for other systems, or for libraries that are not here.
            with contextlib.suppress(ImportError):
                importlib.import_module(module.name)
    mimetypes.init()
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter]


def _apart_from_prints() -> BinaryIO:
    """The pipe for answers; whatever a library prints goes nowhere and is not taken for an answer."""
    os.dup2(1, _ANSWERS)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return os.fdopen(_ANSWERS, "wb")


def _allow_seconds(seconds: int) -> None:
    """The limit counts from the start of the process, so it moves on with each request."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


def _answer(request: Request, body: bytes, answers: BinaryIO) -> None:
    if request.holds:
        HELD[request.holds] = body
        head, contents = b"null", b""
    else:
        head, contents = _found(request, body)
    write_frame(answers, head)
    write_frame(answers, contents)
    answers.flush()


def _found(request: Request, body: bytes) -> tuple[bytes, bytes]:
    question = QUESTIONS[request.question]
    answer, contents = question.find(body, msgspec.json.decode(request.options, type=question.options))
    return msgspec.json.encode(answer), contents


if __name__ == "__main__":
    main()

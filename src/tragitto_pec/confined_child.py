"""The limited process that reads: bytes in by one pipe, values out by another, nothing else.

Started by ``confined``; its arguments are limits as numbers. It answers each request with one frame
and trusts nothing of its input beyond the frame's length.
"""

from __future__ import annotations

import math
import os
import resource
import sys
import time
from typing import BinaryIO

import msgspec

from tragitto_pec.anchors import AnchorSet
from tragitto_pec.forms import read_fields
from tragitto_pec.limits import Limits
from tragitto_pec.reader import read
from tragitto_pec.wire import Request, pack_reading, read_frame, write_frame


def main() -> None:
    """Answer requests until the input ends."""
    memory, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not be taken for an answer.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit(memory)
    while (head := read_frame(sys.stdin.buffer)) is not None:
        body = read_frame(sys.stdin.buffer) or b""
        _allow_seconds(cpu_seconds)
        _answer(msgspec.json.decode(head, type=Request), body, answers)


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def _allow_seconds(seconds: int) -> None:
    """The limit counts from the start of the process, so it moves on with each request."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


def _answer(request: Request, body: bytes, answers: BinaryIO) -> None:
    if request.wants == "fields":
        write_frame(answers, msgspec.json.encode(read_fields(body)))
        write_frame(answers, b"")
    else:
        anchors: AnchorSet = request.anchors
        limits: Limits = request.limits
        head, contents = pack_reading(read(body, anchors=anchors, limits=limits))
        write_frame(answers, head)
        write_frame(answers, contents)
    answers.flush()


if __name__ == "__main__":
    main()

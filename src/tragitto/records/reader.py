"""The confined reader of this process: started with the first message, ended with the process."""

import atexit
from collections.abc import Callable
from typing import Any

import msgspec

from tragitto.records import queries
from tragitto_pec import Reading
from tragitto_pec.confined import Confined
from tragitto_pec.forms import FormReading

#: Reasons that may pass: the machine was short of something, and the message is not to blame for sure.
PASSING = ("reader-stopped", "reader-out-of-time", "reader-out-of-memory")
#: The word of a form for the same.
FORM_STOPPED = "stopped"

_confined = Confined()
atexit.register(_confined.close)


class ReaderStopped(Exception):
    """The reader gave no answer; trying again may help."""


def read(raw: bytes, *, is_last_try: bool = False) -> Reading:
    """Read a message in the limited process, trusting what this deployment trusts.

    Raises `ReaderStopped` when it was ended before it answered, twice. After many tries that is what
    there is to say about the message, and `is_last_try` gives it as the reading. When no process can be
    had at all the message is never to blame: raises `ReaderStopped` in any case.
    """
    reading = _tried_twice(lambda: _confined.read(raw, anchors=queries.anchors()), _is_passing)
    if _is_passing(reading) and not is_last_try:
        raise ReaderStopped
    return reading


def form_of(pdf: bytes, *, is_last_try: bool = False) -> dict[str, Any] | None:
    """The fields of a PDF form, read in the limited process; None for what is no PDF at all.

    Raises `ReaderStopped` as `read` does.
    """
    if b"%PDF-" not in pdf[:1024]:
        return None
    reading = _tried_twice(lambda: _confined.form_fields(pdf), _is_form_passing)
    if _is_form_passing(reading) and not is_last_try:
        raise ReaderStopped
    form = msgspec.to_builtins(reading)
    assert isinstance(form, dict)
    return form


def _tried_twice[T](ask: Callable[[], T], is_passing: Callable[[T], bool]) -> T:
    """The answer, asked for again when the first one may pass."""
    try:
        answer = ask()
        return ask() if is_passing(answer) else answer
    except OSError as error:  # too many open files or processes, no memory for another
        raise ReaderStopped from error


def _is_passing(reading: Reading) -> bool:
    return any(reading.has(code) for code in PASSING)


def _is_form_passing(form: FormReading) -> bool:
    return form.problem == FORM_STOPPED

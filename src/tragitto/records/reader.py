"""The confined reader of this process: started with the first message, ended with the process."""

import atexit
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from tragitto.records import queries, trusted_list
from tragitto.records.registries import template_of
from tragitto_pec import Reading
from tragitto_pec.archives import ArchiveReading, is_archive, unpack_archive
from tragitto_pec.confined import Confined, StoppedError
from tragitto_pec.confined_questions import ARCHIVE, PICTURE, SHEET, SIGNED, Nothing
from tragitto_pec.forms import FormReading
from tragitto_pec.picture import MOST_SIDE, PictureAsked, PictureSeen
from tragitto_pec.questions import Question
from tragitto_pec.reading import Reason
from tragitto_pec.scan import ScanReading, transcribe_all
from tragitto_pec.sheets import SheetReading
from tragitto_pec.signatures import NONE, Evidence, FileVerdict, SignatureReading
from tragitto_pec.signatures.asking import Signed
from tragitto_pec.vocabulary import Weight

#: Reasons that may pass: the machine was short of something, and the message is not to blame for sure.
PASSING = ("reader-stopped", "reader-out-of-time", "reader-out-of-memory")
#: The word of a form, a scan and an archive for the same.
STOPPED = "stopped"
#: What is said of a file whose signatures could not be looked at after many tries.
UNREAD = SignatureReading(FileVerdict.UNREADABLE, (Reason(PASSING[0], Weight.DECIDING),))


def _held() -> Mapping[str, bytes]:
    """What each process is given to hold: the trusted list is taken apart once, not for each file."""
    global _list_held  # noqa: PLW0603  which list the process at work holds
    _list_held = trusted_list.version()
    return trusted_list.held()


_list_held = (0, 0)
_confined = Confined(holding=_held)
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


def signed(
    raw: bytes,
    *,
    moment: datetime,
    beside: bytes | None = None,
    evidence: Evidence = NONE,
    is_last_try: bool = False,
) -> tuple[SignatureReading, bytes]:
    """What the signatures of a file say at `moment`, and the bytes that are signed.

    `beside` is the file that a signature travels beside, `evidence` what is known of revocations. Judged by
    the trusted list this deployment has stored now, in the limited process. Raises `ReaderStopped` as `read`
    does.
    """
    if trusted_list.version() != _list_held:
        _confined.close()  # the next process holds the new list
    body = raw if beside is None else raw + beside
    options = Signed(moment, evidence, beside=None if beside is None else len(beside))
    if answered := _answered(SIGNED, body, options):
        return answered
    if not is_last_try:
        raise ReaderStopped
    return UNREAD, b""


def form_of(pdf: bytes, *, is_last_try: bool = False) -> dict[str, Any] | None:
    """The fields of a PDF form, read in the limited process; None for what is no PDF at all.

    Raises `ReaderStopped` as `read` does.
    """
    if not is_pdf(pdf):
        return None
    reading: FormReading = _tried_twice(lambda: _confined.form_fields(pdf), _is_stopped)
    return _plain(reading, is_last_try=is_last_try)


def scan_of(file: bytes, *, is_last_try: bool = False) -> dict[str, Any] | None:
    """What the codes and fields of a printed form propose; None for what bears none of our codes.

    Further forms whose pages are in the same file stand under `others`. The pages are drawn in the limited
    process, words are recognised by a program apart: that takes seconds. Raises `ReaderStopped` as `read`
    does.
    """
    readings: tuple[ScanReading, ...] = _tried_twice(
        lambda: transcribe_all(file, template_of, _confined), lambda found: any(map(_is_stopped, found))
    )
    first, *others = (_plain(reading, is_last_try=is_last_try) for reading in readings)
    return {**first, "others": others} if first["code"] or first["problem"] == STOPPED else None


def archive_of(raw: bytes, *, is_last_try: bool = False) -> ArchiveReading | None:
    """The files of a zip archive, opened in the limited process; None for what is none.

    Raises `ReaderStopped` as `read` does.
    """
    if not is_archive(raw):
        return None
    answered = _answered(ARCHIVE, raw, Nothing())
    if answered is None:
        if not is_last_try:
            raise ReaderStopped
        return ArchiveReading(problem=STOPPED)
    try:
        reading = unpack_archive(*answered)
    except ValueError as error:
        raise ReaderStopped from error
    return None if reading.problem == "not-an-archive" else reading


def sheet_of(raw: bytes) -> SheetReading:
    """The rows of a spreadsheet, read in the limited process; what stopped it twice is unreadable.

    Raises `ReaderStopped` when no process can be had at all.
    """
    answered = _answered(SHEET, raw, Nothing())
    return answered[0] if answered else SheetReading(problem="unreadable")


def picture_of(raw: bytes, *, most_side: int = MOST_SIDE, is_grey: bool = False) -> tuple[PictureSeen, bytes]:
    """A photo or a PDF of some pages as one plain JPEG, or as pixels in grey, drawn in the limited process.

    What stopped it twice is unreadable.
    """
    answered = _answered(PICTURE, raw, PictureAsked(most_side=most_side, is_grey=is_grey))
    return answered or (PictureSeen(problem="unreadable"), b"")


def is_pdf(file: bytes) -> bool:
    """Whether a file looks like a PDF near its beginning, as far as its readers do."""
    return b"%PDF-" in file[:1024]


def _answered[O, A](question: Question[O, A], body: bytes, options: O) -> tuple[A, bytes] | None:
    """The answer, asked for again when the process was ended; None when it was ended twice."""
    for _try in range(2):
        try:
            return _confined.ask(question, body, options)
        except StoppedError:
            continue
        except OSError as error:  # too many open files or processes, no memory for another
            raise ReaderStopped from error
    return None


def _tried_twice[T](ask: Callable[[], T], is_passing: Callable[[T], bool]) -> T:
    """The answer, asked for again when the first one may pass."""
    try:
        answer = ask()
        return ask() if is_passing(answer) else answer
    except OSError as error:  # too many open files or processes, no memory for another
        raise ReaderStopped from error


def _is_passing(reading: Reading) -> bool:
    return any(reading.has(code) for code in PASSING)


def _is_stopped(reading: FormReading | ScanReading) -> bool:
    return reading.problem == STOPPED


def _plain(reading: FormReading | ScanReading, *, is_last_try: bool) -> dict[str, Any]:
    """The reading as plain values. Raises `ReaderStopped` for one that was ended, but at the last try."""
    if _is_stopped(reading) and not is_last_try:
        raise ReaderStopped
    plain = msgspec.to_builtins(reading)
    assert isinstance(plain, dict)
    return plain

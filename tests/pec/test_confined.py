"""The limited process: the same answers, and only one message lost when it dies."""

from __future__ import annotations

import io
import os

import msgspec
import pytest

from tests.pec.forms.making import with_looks
from tests.pec.signatures.stage import BRUNO, MORNING
from tests.pec.signatures.stage import NOON as SIGNED_NOON
from tests.pec.stage import ANCHORS, ENVELOPE, LETTER, NOON, deciding, reading
from tragitto_pec import Verdict
from tragitto_pec.confined import Bounds, Confined, StoppedError
from tragitto_pec.confined_questions import READING, SIGNED
from tragitto_pec.limits import MIB, Limits
from tragitto_pec.signatures import FileVerdict
from tragitto_pec.signatures.asking import Signed
from tragitto_pec.wire import (
    OUT_OF_MEMORY,
    FrameError,
    answer_of,
    pack_reading,
    read_frame,
    unpack_reading,
    write_frame,
)


@pytest.fixture(scope="module")
def confined():
    with Confined() as reader:
        yield reader


def process_of(reader: Confined) -> int:
    """The number of the process that reads."""
    return reader._process.pid


def environment_of(process: int) -> bytes:
    """What the process was started with; nothing where even that may be seen by root alone."""
    try:
        with open(f"/proc/{process}/environ", "rb") as environment:
            return environment.read()
    except PermissionError:
        return b""


@pytest.mark.parametrize("raw", [ENVELOPE, LETTER.as_message(NOON), b"", b"\xff" * 100, ENVELOPE[:900]])
def test_the_answer_is_the_same_as_without_a_process_between(confined, raw):
    assert confined.read(raw, anchors=ANCHORS) == reading(raw)


def test_contents_come_along(confined):
    result = confined.read(ENVELOPE, anchors=ANCHORS)

    assert result.attachments[0].content() == LETTER.enclosures[0].content


def test_one_process_serves_many_messages(confined):
    confined.read(b"")
    first = process_of(confined)
    confined.read(b"")

    assert process_of(confined) == first


@pytest.mark.slow
def test_a_process_is_renewed_after_its_share():
    with Confined(Bounds(messages=1)) as reader:
        reader.read(b"")
        first = process_of(reader)
        reader.read(b"")

        assert process_of(reader) != first


@pytest.mark.slow
def test_a_process_that_dies_costs_one_message_at_most():
    with Confined() as reader:
        reader.read(b"")
        os.kill(process_of(reader), 9)
        os.waitid(os.P_PID, process_of(reader), os.WEXITED | os.WNOWAIT)

        assert reader.read(ENVELOPE, anchors=ANCHORS).verdict is Verdict.VALID


def test_too_long_by_the_clock():
    with Confined(Bounds(wall_seconds=0.02)) as reader:
        result = reader.read(ENVELOPE, anchors=ANCHORS)

    assert (result.verdict, deciding(result)) == (Verdict.UNREADABLE, ["reader-out-of-time"])


@pytest.mark.slow
def test_too_long_by_its_own_work():
    """A PDF whose many objects must be searched for; the clock alone would wait much longer."""
    objects = b"".join(b"%d 0 obj<</T(x)>>endobj\n" % number for number in range(1, 700_000))

    with Confined(Bounds(cpu_seconds=0)) as reader:
        assert reader.form_fields(b"%PDF-1.7\n" + objects + b"trailer<</Root 1 0 R>>").problem == "stopped"
        assert reader.read(ENVELOPE, anchors=ANCHORS).verdict is Verdict.VALID


@pytest.mark.slow
def test_too_much_memory():
    with Confined(Bounds(memory_bytes=200 * MIB)) as reader:
        large = reader.read(b"Content-Type: a/b\r\nSubject: x\r\n\r\n" + bytes(120 * MIB))
        small = reader.read(ENVELOPE, anchors=ANCHORS)

    assert large.verdict is Verdict.UNREADABLE
    assert deciding(large) == ["reader-out-of-memory"]
    assert small.verdict is Verdict.VALID


@pytest.mark.slow
def test_a_reader_that_would_live_on_without_memory_is_ended():
    large = BRUNO.p7m(bytes(40 * MIB), at=MORNING)

    with Confined(Bounds(memory_bytes=250 * MIB)) as reader:
        reader.read(b"")
        process = reader._process

        with pytest.raises(StoppedError) as stopped:
            reader.ask(SIGNED, large, Signed(moment=SIGNED_NOON))
        small = reader.read(ENVELOPE, anchors=ANCHORS)

    assert stopped.value.code == "reader-out-of-memory"
    assert process.returncode == OUT_OF_MEMORY
    assert small.verdict is Verdict.VALID


@pytest.mark.slow
def test_what_one_file_took_is_free_for_the_next():
    greedy = with_looks(8, 60 * MIB)
    large = BRUNO.p7m(bytes(40 * MIB), at=MORNING)

    with Confined(Bounds(memory_bytes=800 * MIB)) as reader:
        fields = reader.form_fields(greedy).fields
        process = process_of(reader)
        answer, _content = reader.ask(SIGNED, large, Signed(moment=SIGNED_NOON))

        assert process_of(reader) == process
    assert len(fields) == 8
    assert answer.verdict is FileVerdict.INTACT


def test_too_large_is_not_even_sent():
    reader = Confined(limits=Limits(message_bytes=10))

    assert deciding(reader.read(ENVELOPE)) == ["message-too-large"]
    assert reader._process is None


def test_a_form_that_is_none(confined):
    assert confined.form_fields(b"not a pdf").problem == "not-a-pdf"


def test_a_form_that_stops_the_process():
    with Confined(Bounds(wall_seconds=0.02)) as reader:
        assert reader.form_fields(b"%PDF-1.7").problem == "stopped"


def test_the_process_knows_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("TRAGITTO_SECRET_KEY", "planted")
    with Confined() as reader:
        reader.read(b"")

        assert b"planted" not in environment_of(process_of(reader))


def test_a_reading_travels_whole():
    assert unpack_reading(*pack_reading(reading(ENVELOPE))) == reading(ENVELOPE)


@pytest.mark.parametrize("spoil", [lambda c: c + b"x", lambda c: c[:-1], lambda c: b"x" + c[1:]])
def test_contents_that_do_not_agree_with_their_reading_are_refused(spoil):
    bare, contents = pack_reading(reading(ENVELOPE))

    with pytest.raises(FrameError):
        unpack_reading(bare, spoil(contents))


@pytest.mark.parametrize(
    "spoil", [lambda head: head.replace(b'"valid"', b'"certain"'), lambda _head: b"\x80\x04pickle"]
)
def test_an_answer_of_another_type_is_refused(spoil):
    head = msgspec.json.encode(pack_reading(reading(ENVELOPE))[0])

    with pytest.raises(FrameError):
        answer_of(READING, spoil(head))


def test_what_is_held_is_given_to_each_new_process():
    given = []
    with Confined(Bounds(messages=1), holding=lambda: given.append(1) or {"list": b"once"}) as reader:
        reader.read(b"")
        reader.read(b"")

    assert len(given) == 2


def test_a_frame_cut_short_or_too_large_is_refused():
    stream = io.BytesIO()
    write_frame(stream, b"twelve bytes")
    whole = stream.getvalue()

    assert read_frame(io.BytesIO(whole)) == b"twelve bytes"
    assert read_frame(io.BytesIO()) is None
    for source, most in ((whole[:-1], None), (whole[:5], None), (whole, 11)):
        with pytest.raises(FrameError):
            read_frame(io.BytesIO(source), most)

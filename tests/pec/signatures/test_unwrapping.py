"""What was wrapped to be signed comes out the same, whatever the tool that wrapped it."""

from __future__ import annotations

import base64
import time

import pytest
from asn1crypto import cms

from tests.pec.signatures.stage import BRUNO, CARLA, LETTER, MORNING, NOON, codes, content, read, signer
from tragitto_pec.rehearsal.encodings import ENCODINGS
from tragitto_pec.rehearsal.messages import Style
from tragitto_pec.rehearsal.signing import together
from tragitto_pec.signatures import Container, FileVerdict, Integrity, Qualified
from tragitto_pec.signatures.limits import LAYERS, SIGNERS
from tragitto_pec.signatures.unwrapping import unwrap


def nested(depth: int) -> bytes:
    """A letter signed as often as that."""
    raw = LETTER
    for _layer in range(depth):
        raw = BRUNO.p7m(raw, at=MORNING)
    return raw


def crowded(count: int) -> bytes:
    """A letter with one signature as often as that."""
    info = cms.ContentInfo.load(BRUNO.p7m(LETTER))
    info["content"]["signer_infos"] = [info["content"]["signer_infos"][0]] * count
    return info.dump()


@pytest.mark.parametrize("form", ENCODINGS)
@pytest.mark.parametrize("size", [0, 1, 4096, 100_000])
def test_every_encoding_gives_the_content(form, size):
    letter = LETTER * (size // len(LETTER) + 1) if size else b""
    raw = BRUNO.p7m(letter, form, at=MORNING)

    reading = read(raw)

    assert (reading.verdict, reading.container, reading.layers) == (FileVerdict.INTACT, Container.CADES, 1)
    assert (content(raw), reading.content_size) == (letter, len(letter))


def test_a_byte_order_mark_before_the_text_changes_nothing():
    assert content(b"\xef\xbb\xbf" + BRUNO.p7m(LETTER, "lines")) == LETTER


def test_text_of_text_of_text_is_read_too():
    raw = base64.b64encode(BRUNO.p7m(LETTER, "twice"))

    assert (content(raw), codes(read(raw))) == (LETTER, ["several-encodings"])


def test_bytes_behind_are_named():
    raw = BRUNO.p7m(LETTER) + b"something else"

    assert (content(raw), codes(read(raw))) == (LETTER, ["trailing-bytes"])


def test_layers_lie_in_each_other():
    reading = read(CARLA.p7m(BRUNO.p7m(LETTER)))

    assert [(one.layer, one.name) for one in reading.signers] == [(1, "Carla Conti"), (2, "Bruno Bianchi")]


def test_ten_layers_are_taken_off():
    assert (content(nested(LAYERS)), read(nested(LAYERS)).layers) == (LETTER, LAYERS)


@pytest.mark.parametrize("depth", [LAYERS + 1, 20])
def test_more_layers_are_too_deep(depth):
    reading = read(nested(depth))

    assert (reading.verdict, codes(reading)) == (FileVerdict.TOO_DEEP, ["too-many-layers"])
    assert content(nested(depth)) == b""


def test_signers_side_by_side_are_each_judged():
    reading = read(together(LETTER, [BRUNO, CARLA], at=MORNING))

    assert sorted((one.name, one.qualified) for one in reading.signers) == [
        ("Bruno Bianchi", Qualified.QUALIFIED),
        ("Carla Conti", Qualified.QUALIFIED),
    ]


def test_fifty_signers_are_read_and_a_thousand_are_not():
    reading = read(together(LETTER, [BRUNO] * SIGNERS, at=MORNING))
    beyond = read(crowded(1000))

    assert (reading.verdict, len(reading.signers)) == (FileVerdict.INTACT, SIGNERS)
    assert (beyond.verdict, beyond.signers, codes(beyond)) == (FileVerdict.TOO_DEEP, (), ["too-many-signers"])


def test_a_signature_beside_its_file():
    raw = BRUNO.p7m(LETTER, "detached", at=MORNING)

    assert read(raw, detached=LETTER).verdict is FileVerdict.INTACT
    assert content(raw, detached=LETTER) == LETTER


def test_a_signature_beside_another_file():
    raw = BRUNO.p7m(LETTER, "detached", at=MORNING)

    assert read(raw, detached=LETTER + b".").verdict is FileVerdict.ALTERED


def test_a_signature_without_its_file_still_tells_whose_it_is():
    raw = BRUNO.p7m(LETTER, "detached", at=MORNING)

    assert read(raw).verdict is FileVerdict.UNVERIFIED
    assert (signer(raw).name, signer(raw).integrity, codes(signer(raw))) == (
        "Bruno Bianchi",
        Integrity.UNSUPPORTED,
        ["no-content"],
    )


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00", LETTER, b"%PDF-1.7 nothing", b"\x30\x03\x02\x01\x05", b"MIIB", b"MI" * 999, b"PK\x03\x04"],
)
def test_other_files_are_unsigned(raw):
    reading = read(raw)

    assert (reading.verdict, reading.container, reading.reasons) == (FileVerdict.UNSIGNED, Container.NONE, ())


@pytest.mark.parametrize("kept", [30, 100, 900])
def test_half_a_signature_is_unreadable(kept):
    reading = read(BRUNO.p7m(LETTER)[:kept])

    assert (reading.verdict, codes(reading)) == (FileVerdict.UNREADABLE, ["signature-unreadable"])


def test_certificates_alone_sign_nothing():
    reading = read(together(LETTER, [], style=Style()))

    assert (reading.verdict, codes(reading)) == (FileVerdict.UNSIGNED, ["no-signer"])


def test_a_file_in_many_pieces_takes_no_longer_than_in_one():
    raw = BRUNO.p7m(b"\x00" * 20_000_000, "ber", at=MORNING)

    started = time.process_time()
    found = unwrap(raw)

    assert len(found.content or b"") == 20_000_000
    assert time.process_time() - started < 2


def test_the_moment_of_the_message_is_the_one_that_counts():
    assert signer(BRUNO.p7m(LETTER, at=MORNING)).judged_at == NOON

"""Whatever is done to a signed file, it is answered: never an error, never more signed than there was."""

from __future__ import annotations

import re

import msgspec
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.pec.signatures.changing import refilled
from tests.pec.signatures.stage import (
    BRUNO,
    CARLA,
    LETTER,
    LIST,
    MORNING,
    NOON,
    STAMPER,
    content,
    form,
    read,
    signed_form,
)
from tragitto_pec.rehearsal.signing import together
from tragitto_pec.signatures import Evidence, FileVerdict, SignatureReading, open_signed

SEEDS = [
    BRUNO.p7m(LETTER, at=MORNING, stamper=STAMPER),
    BRUNO.p7m(LETTER, "ber", at=MORNING),
    BRUNO.p7m(LETTER, "pem", at=MORNING),
    together(LETTER, [BRUNO, CARLA], at=MORNING),
    CARLA.p7m(BRUNO.p7m(LETTER)),
    STAMPER.tsd(BRUNO.p7m(LETTER), MORNING),
    STAMPER.m7m(BRUNO.p7m(LETTER), MORNING),
    STAMPER.reply(LETTER, MORNING),
]
FORMS = [
    signed_form(),
    BRUNO.sign_pdf(form(), at=MORNING, stamper=STAMPER),
    CARLA.sign_pdf(signed_form(), "second", at=MORNING),
    refilled(signed_form(), places="30"),
]
# What no signature covers is the place of the signature itself.
_GAP = re.compile(rb"<[0-9A-Fa-f]{1000,}>")
GENUINE = frozenset(_GAP.sub(b"<>", one) for one in (*FORMS, *(content(form) for form in FORMS)))
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def mutated(draw, seeds):
    """A seed with a few bytes changed, cut out or put in."""
    raw = bytearray(draw(st.sampled_from(seeds)))
    for _turn in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(raw) - 1))
        way = draw(st.sampled_from(["change", "cut", "insert", "double"]))
        size = draw(st.integers(1, 40))
        if way == "change":
            raw[at] ^= draw(st.integers(1, 255))
        elif way == "cut":
            del raw[at : at + size]
        elif way == "insert":
            raw[at:at] = draw(st.binary(min_size=1, max_size=40))
        else:
            raw[at:at] = raw[at : at + size]
        if not raw:
            return b""
    return bytes(raw)


def answered(raw):
    """The reading and the content, found sound: it can travel, and it belongs to its content."""
    reading, found = open_signed(raw, moment=NOON, trust=LIST)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=SignatureReading) == reading
    assert reading.content_size == len(found)
    return reading, found


@QUICK
@given(mutated(SEEDS))
def test_a_mutated_signature_is_answered(raw):
    reading, found = answered(raw)

    good = [signer for signer in reading.signers if signer.is_good]
    if reading.verdict is FileVerdict.INTACT and good and reading.layers == 1:
        assert found == LETTER


@QUICK
@given(mutated(FORMS))
def test_a_mutated_form_is_answered(raw):
    reading, found = answered(raw)

    if reading.verdict is FileVerdict.INTACT:
        assert _GAP.sub(b"<>", found) in GENUINE


@QUICK
@given(st.binary(max_size=300))
@example(b"\x30\x80")
@example(b"\x30\x84\xff\xff\xff\xff")
@example(b"\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")
@example(b"Content-Type: multipart/mixed\n\ntimestamp-reply")
@example(b"%PDF-1.7 /ByteRange")
@example(b"-----BEGIN PKCS7-----")
def test_anything_is_answered(raw):
    assert answered(raw)[0].verdict is not FileVerdict.INTACT


@QUICK
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_evidence_is_answered(crl, ocsp):
    reading = read(SEEDS[0], evidence=Evidence((crl,), (ocsp,)))

    assert reading.verdict is FileVerdict.INTACT


@QUICK
@given(mutated([STAMPER.reply(LETTER, MORNING), BRUNO.p7m(LETTER, "detached")]), st.binary(max_size=50))
def test_a_signature_beside_any_file_is_answered(raw, beside):
    reading = open_signed(raw, moment=NOON, trust=LIST, detached=beside)[0]

    assert reading.verdict is not FileVerdict.INTACT

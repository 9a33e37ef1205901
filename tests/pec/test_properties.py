"""What holds for any bytes at all: an answer, the same answer, and no proof out of what was changed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from fuzzing.mutating import blindly, changed
from fuzzing.seeds import seeds_of
from fuzzing.stage import ANCHORS, BRUNO, LETTER, NOON, PROVIDER, SIGNED_FILE, SIGNED_P7M, TRUST
from fuzzing.targets import TARGETS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pec.forms.making import FILLED
from tests.pec.hostile import flipped, span_of_signed_part
from tragitto_pec import Verdict, read
from tragitto_pec.forms import read_fields
from tragitto_pec.letter import letter_of
from tragitto_pec.signatures import FileVerdict, open_signed

ENVELOPE = PROVIDER.envelope(LETTER, at=NOON)
SIGNED_PDF = BRUNO.sign_pdf(FILLED, at=NOON)
FIRST, LAST = span_of_signed_part(ENVELOPE)
#: Reading these takes long enough to be left to the fuzzing.
SLOW = {"paper", "picture", "crops", "signed-pdf", "fields"}
QUICK = sorted(set(TARGETS) - SLOW)


def few(examples: int) -> settings:
    """So many examples, the same in every run of the suite."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


seeds_once = cache(seeds_of)
numbers = st.integers(0, 2**32)


@pytest.mark.parametrize("name", QUICK)
@given(raw=st.binary(max_size=300))
@few(12)
def test_any_bytes_get_an_answer(name, raw):
    TARGETS[name].run(raw)


@pytest.mark.parametrize("name", sorted(TARGETS))
@given(number=numbers)
@few(4)
def test_any_changed_file_gets_an_answer(name, number):
    chance, target = Random(number), TARGETS[name]
    seed = chance.choice(seeds_once(name))

    target.run(changed(seed, target.shape, chance, blindly(chance), target.most_bytes))


@given(number=numbers)
@few(25)
def test_a_message_reads_the_same_twice(number):
    chance = Random(number)
    raw = changed(chance.choice(seeds_once("mail")), "mail", chance, blindly(chance), 20_000)

    assert read(raw, anchors=ANCHORS) == read(raw, anchors=ANCHORS)
    assert letter_of(raw) == letter_of(raw)


@given(number=numbers)
@few(15)
def test_a_signed_file_reads_the_same_twice(number):
    chance = Random(number)
    raw = changed(chance.choice(seeds_once("p7m")), "der", chance, blindly(chance), 20_000)

    assert open_signed(raw, moment=NOON, trust=TRUST) == open_signed(raw, moment=NOON, trust=TRUST)


@given(number=numbers)
@few(3)
def test_a_form_reads_the_same_twice(number):
    chance = Random(number)
    raw = changed(FILLED, "pdf", chance, blindly(chance), 20_000)

    assert read_fields(raw) == read_fields(raw)


masks = st.integers(1, 255)


@given(at=st.integers(FIRST, LAST - 1), mask=masks)
@few(60)
def test_no_byte_of_the_sealed_part_can_be_changed(at, mask):
    result = read(flipped(ENVELOPE, at, mask), anchors=ANCHORS)

    # Line ends are restored before the seal is looked at: such a change is none.
    is_same = flipped(ENVELOPE, at, mask).replace(b"\r\n", b"\n") == ENVELOPE.replace(b"\r\n", b"\n")
    assert is_same or (result.verdict is not Verdict.VALID and result.certified_at is None)


@given(at=st.integers(0, len(SIGNED_FILE) - 1), mask=masks)
@few(20)
def test_no_byte_of_a_signed_file_can_be_changed(at, mask):
    begin = SIGNED_P7M.index(SIGNED_FILE)

    result, _content = open_signed(flipped(SIGNED_P7M, begin + at, mask), moment=NOON, trust=TRUST)

    assert result.verdict is not FileVerdict.INTACT


@given(at=st.integers(0, SIGNED_PDF.index(b"/ByteRange") - 1), mask=masks)
@few(12)
def test_no_byte_of_a_signed_pdf_can_be_changed(at, mask):
    result, _content = open_signed(flipped(SIGNED_PDF, at, mask), moment=NOON, trust=TRUST)

    assert result.verdict is not FileVerdict.INTACT


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
names = st.sampled_from(
    ["Date", "Subject", "X-Trasporto", "X-Ricevuta", "To", "Received", "Reply-To", "X-Date"]
)
moments = st.datetimes().map(lambda at: at.strftime("%a, %d %b %Y %H:%M:%S +0000"))


@given(lines=st.lists(st.tuples(names, words | moments), min_size=1, max_size=4))
@few(40)
def test_whatever_the_header_says_the_instant_is_the_sealed_one(lines):
    head = "".join(f"{name}: {value}\r\n" for name, value in lines).encode()

    result = read(head + ENVELOPE, anchors=ANCHORS)

    assert result.certified_at in (None, NOON)
    assert result.verdict is Verdict.VALID


@given(number=numbers)
@few(40)
def test_no_change_makes_another_instant(number):
    chance = Random(number)

    result = read(changed(ENVELOPE, "mail", chance, blindly(chance), 20_000), anchors=ANCHORS)

    assert result.certified_at in (None, NOON)


@given(subject=words, text=words)
@few(25)
def test_what_the_provider_seals_is_what_is_read(subject, text):
    letter = replace(LETTER, subject=" ".join(subject.split()), text=text)

    result = read(PROVIDER.envelope(letter, at=NOON), anchors=ANCHORS)

    assert (result.verdict, result.certified_at) == (Verdict.VALID, NOON)
    assert result.subject == letter.subject

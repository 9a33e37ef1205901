"""Files built to show something other than what was signed: refused, or left to a person, never accepted."""

from __future__ import annotations

import pytest

from tests.pec.signatures.changing import (
    hidden,
    overlaid,
    page_added,
    re_saved,
    reason_replaced,
    replaced,
    signature_drawn,
    with_range,
)
from tests.pec.signatures.stage import BRUNO, CARLA, MORNING, codes, content, form, read, signed_form, signer
from tragitto_pec.signatures import Changes, FileVerdict

SIGNED = signed_form()


@pytest.mark.parametrize("attack", [replaced, hidden, overlaid, page_added])
def test_what_is_shown_later_is_not_what_was_signed(attack):
    attacked = attack(SIGNED)

    reading = read(attacked)

    assert (reading.verdict, reading.changes) == (FileVerdict.CHANGED_AFTER, Changes.OTHER)
    assert content(attacked) == SIGNED


def test_a_signature_drawn_over_a_field_is_a_change():
    """Shadow attack "overlay" with the one thing that may be added to a signed form."""
    attacked = CARLA.sign_pdf(signature_drawn(SIGNED, (100, 500, 300, 520)), "over", at=MORNING)

    reading = read(attacked)

    assert (reading.verdict, reading.reasons[1].facts) == (FileVerdict.CHANGED_AFTER, {"fields": "places"})
    assert content(attacked) == SIGNED


def test_a_signature_drawn_beside_the_fields_is_an_ordinary_one():
    drawn = CARLA.sign_pdf(signature_drawn(SIGNED, (100, 100, 300, 150)), "over", at=MORNING)

    assert (read(drawn).verdict, content(drawn)) == (FileVerdict.INTACT, drawn)


def test_a_signature_that_is_written_over_covers_nothing():
    attacked = reason_replaced(SIGNED)

    assert (read(attacked).verdict, content(attacked)) == (FileVerdict.REFUSED, b"")
    assert codes(signer(attacked)) == ["not-covered"]


@pytest.mark.parametrize(
    "change",
    [
        lambda numbers: [numbers[0], numbers[1], numbers[2], numbers[3] - 9],
        lambda numbers: [numbers[0], numbers[1] - 9, numbers[2], numbers[3]],
        lambda numbers: [numbers[0], numbers[1], numbers[2] + 9, numbers[3] - 9],
        lambda numbers: [1, numbers[1] - 1, numbers[2], numbers[3]],
        lambda numbers: [numbers[0], numbers[1], numbers[2]],
        lambda _numbers: [0, 0, 0, 0],
        lambda numbers: [numbers[0], 9, numbers[2], 9],
        lambda numbers: [numbers[0], numbers[1], numbers[2], 99999],
    ],
)
def test_other_byte_ranges_never_pass(change):
    attacked = with_range(SIGNED, change)

    reading = read(attacked)

    assert reading.verdict in (FileVerdict.REFUSED, FileVerdict.ALTERED, FileVerdict.UNREADABLE)
    assert content(attacked) == b""


def test_something_beside_the_signature_in_its_gap_is_refused():
    """What is signed leaves out the signature's own place; zeros there can be turned into a second object."""
    at = SIGNED.rindex(b"00>") - 200
    attacked = SIGNED[:at] + b"> /Reason (no) <" + SIGNED[at + 16 :]

    reading = read(attacked)

    assert reading.verdict in (FileVerdict.REFUSED, FileVerdict.UNREADABLE)
    assert content(attacked) == b""


def test_a_hole_before_the_end_is_refused():
    attacked = with_range(
        SIGNED[:-40] + b"%" + b"x" * 39 + SIGNED[-40:], lambda numbers: [*numbers[:3], numbers[3]]
    )

    assert read(attacked).verdict is not FileVerdict.INTACT


@pytest.mark.parametrize("place", [20, 1000, -30])
def test_one_byte_is_enough(place):
    attacked = bytearray(SIGNED)
    attacked[place] ^= 1

    assert read(bytes(attacked)).verdict in (FileVerdict.ALTERED, FileVerdict.UNREADABLE)


def test_a_file_that_was_written_anew_no_longer_fits():
    assert read(re_saved(SIGNED)).verdict in (FileVerdict.ALTERED, FileVerdict.REFUSED)


def test_something_before_the_beginning_is_unreadable():
    reading = read(b"GIF89a\n" + SIGNED)

    assert (reading.verdict, content(b"GIF89a\n" + SIGNED)) == (FileVerdict.UNREADABLE, b"")


def test_a_long_tail_is_unreadable():
    assert read(SIGNED + b"x" * 4096).verdict is FileVerdict.UNREADABLE


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_half_a_file_is_never_intact(kept):
    assert read(SIGNED[: int(len(SIGNED) * kept)]).verdict is not FileVerdict.INTACT


def test_a_broken_signature_beside_a_good_one_is_altered():
    twice = bytearray(BRUNO.sign_pdf(SIGNED, "second", at=MORNING))
    twice[-20] ^= 1

    assert read(bytes(twice)).verdict in (FileVerdict.ALTERED, FileVerdict.UNREADABLE)


def test_a_form_with_the_word_alone_is_unsigned():
    assert read(form() + b"\n%/ByteRange [0 1 2 3]\n").verdict is FileVerdict.UNSIGNED

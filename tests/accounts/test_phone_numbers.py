"""Telephone numbers as people write them, in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.accounts.rules import ITALIAN, PHONE, in_ascii, mobile_number, phone_number

AMINA = "+212612345678"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0612345678", AMINA),
        ("06 12 34 56 78", AMINA),
        ("٠٦١٢٣٤٥٦٧٨", AMINA),
        ("\u202a+212 6 12-34-56-78\u202c", AMINA),
        ("00212612345678", AMINA),
        ("212612345678", AMINA),
        ("+212 (0)6 12 34 56 78", AMINA),
        ("0712345678", "+212712345678"),
        ("333 1234567", "+393331234567"),
        ("+39 333 1234567", "+393331234567"),
        ("393331234567", "+393331234567"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
    ],
)
def test_a_mobile_number_has_one_form(written, kept):
    assert mobile_number(written) == kept


@pytest.mark.parametrize(
    "written",
    ["", "06", "nina", "0522 12 34 56", "+212522123456", "02 1234567", "+39 02 1234567", "+0612345678",
     "061234567", "+212 6 12 34 56 7", "1" * 20, "+1234567890123456"],
)  # fmt: skip
def test_what_takes_no_text_message_is_refused(written):
    with pytest.raises(ValueError):
        mobile_number(written)


@given(st.integers(600_000_000, 799_999_999).map(str), st.lists(st.sampled_from(" .-/()"), max_size=9))
def test_separators_and_prefixes_change_nothing(digits, separators):
    spaced = "".join(a + b for a, b in zip(digits, [*separators, *" " * 9], strict=False))

    assert {mobile_number(prefix + spaced) for prefix in ("0", "+212", "00212", "+212 (0)")} == {
        f"+212{digits}"
    }


@given(st.text())
def test_whatever_is_typed_is_a_number_in_form_or_refused(written):
    try:
        kept = mobile_number(written)
    except ValueError:
        return
    assert PHONE.fullmatch(kept)
    assert mobile_number(kept) == kept


def test_an_office_in_rome_keeps_its_zero():
    """The same digits are a landline in Rome on an employer's form, a mobile in Morocco at sign-in."""
    assert phone_number("06 12345678", ITALIAN) == "+390612345678"
    assert mobile_number("06 12345678") == AMINA


def test_digits_of_any_script_are_read():
    assert in_ascii(" ١٢٣ 456\u200f") == "123456"

"""What is sealed is read by this house alone, for what it was sealed for, as long as it was meant to hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.kernel.sealing import Unreadable, sealed, unsealed


@given(text=st.text(max_size=80))
def test_what_was_sealed_is_read_again(text):
    assert unsealed(sealed(text, purpose="a"), purpose="a") == text


def test_nothing_of_it_can_be_read_in_an_address():
    assert not set(sealed("bruno@example.test", purpose="a")) & set("=@/?&#%")


@pytest.mark.parametrize(
    "change", [lambda key: key[:-4], lambda key: f"{key}AAAA", lambda key: "", lambda key: "é"]
)
def test_what_is_not_whole_is_not_read(change):
    with pytest.raises(Unreadable):
        unsealed(change(sealed("x", purpose="a")), purpose="a")


def test_sealed_for_one_thing_it_is_good_for_no_other():
    with pytest.raises(Unreadable):
        unsealed(sealed("x", purpose="a"), purpose="b")


def test_too_old_it_is_not_read():
    with pytest.raises(Unreadable):
        unsealed(sealed("x", purpose="a"), purpose="a", max_age=-1)


def test_a_key_that_was_changed_still_reads(settings):
    before = sealed("x", purpose="a")

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"

    assert unsealed(before, purpose="a") == "x"

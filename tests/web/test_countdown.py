"""How long until the closing, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from tests.conftest import NOON
from tragitto.web.parts.countdown import closing, opening, stretch


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=3, hours=4, minutes=59), "3 days and 4 hours"),
        (timedelta(days=6, hours=23), "6 days and 23 hours"),
        (timedelta(days=66, hours=8), "66 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1, minutes=59), "1 day"),
        (timedelta(hours=1, minutes=1), "1 hour and 1 minute"),
        (timedelta(minutes=2, seconds=59), "2 minutes"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(0), "less than a minute"),
    ],
)
def test_a_length_is_told_in_its_two_largest_units(length, words):
    assert stretch(length) == words


def test_the_last_second_still_closes_and_the_next_one_is_closed():
    last = NOON - timedelta(seconds=1)

    assert closing(NOON, last) == "Closes in less than a minute"
    assert closing(NOON, NOON) == "Closed less than a minute ago"


def test_what_opens_is_told_alike():
    assert opening(NOON + timedelta(days=2), NOON) == "Opens in 2 days"


def test_the_night_the_clocks_go_back_has_an_hour_more():
    before = datetime(2025, 10, 25, 22, tzinfo=UTC)  # midnight in Rome
    after = datetime(2025, 10, 26, 23, tzinfo=UTC)  # the next midnight there

    assert closing(after, before) == "Closes in 1 day and 1 hour"


@given(some.timedeltas(timedelta(0), timedelta(days=4000)), some.sampled_from(["it", "fr", "ar", "en"]))
def test_every_length_has_words_in_every_language(length, language):
    with translation.override(language):
        assert "{" not in stretch(length)

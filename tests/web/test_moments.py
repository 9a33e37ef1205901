"""Days and instants in words."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from tragitto.web.parts import moments

CERTIFIED_AT = datetime(2025, 7, 31, 21, 59, 59, tzinfo=UTC)


def test_an_instant_is_told_to_the_second_in_the_zone_that_counts():
    with translation.override("it"):
        words = moments.instant_in_words(CERTIFIED_AT, "Europe/Rome")

    assert words == "31 luglio 2025, 23:59:59 (Europe/Rome)"


@pytest.mark.parametrize(
    ("language", "words"),
    [("it", "1 agosto 2025"), ("fr", "1 août 2025"), ("ar", "1 أغسطس 2025"), ("en", "1 August 2025")],
)
def test_a_day_is_told_in_the_language_of_the_page(language, words):
    with translation.override(language):
        assert moments.day_in_words(date(2025, 8, 1)) == words


def test_machines_get_the_offset():
    assert moments.instant_for_machines(CERTIFIED_AT, "Europe/Rome") == "2025-07-31T23:59:59+02:00"


def test_thousandths_are_kept_where_the_provider_gave_them():
    at = CERTIFIED_AT.replace(microsecond=420_000)

    assert moments.instant_for_machines(at, "Europe/Rome") == "2025-07-31T23:59:59.420+02:00"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        moments.instant_in_words(datetime(2025, 7, 31, 23, 59, 59), "Europe/Rome")

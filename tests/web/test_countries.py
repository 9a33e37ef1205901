"""Countries have a name in each of the four languages, and the one people come from stands first."""

from tragitto.kernel.texts import missing_languages
from tragitto.web.parts import countries


def test_every_country_has_a_name_in_each_language():
    assert [code for code, text in countries.names().items() if missing_languages(text)] == []


def test_the_country_of_origin_stands_first():
    listed = countries.choices("fr", "MAR")

    assert listed[0] == ("MAR", "Maroc")
    assert listed[1:] == tuple(sorted(listed[1:], key=lambda each: each[1]))


def test_what_is_no_country_keeps_its_code():
    assert countries.name_of("XXA", "it") == "XXA"

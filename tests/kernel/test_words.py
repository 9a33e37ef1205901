"""The kernel's words: texts, periods, codes, registries, one way to write a value."""

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tragitto.kernel.canonical import canonical_json, csv_table
from tragitto.kernel.codes import ALPHABET, new_code
from tragitto.kernel.periods import Period
from tragitto.kernel.registries import Registry, UnknownName, WrongParameters
from tragitto.kernel.texts import in_language, missing_languages

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_a_text_names_the_languages_it_lacks():
    assert missing_languages({"it": "Bando", "fr": " ", "en": "Call"}) == ("fr", "ar")


def test_a_text_falls_back_to_italian():
    assert in_language({"it": "Bando", "fr": "Appel"}, "fr-ma") == "Appel"
    assert in_language({"it": "Bando"}, "ar") == "Bando"


def test_a_period_owns_its_start_and_not_its_end():
    may = Period(date(2025, 5, 1), date(2025, 6, 1))

    assert [may.covers(day) for day in (date(2025, 5, 1), date(2025, 5, 31), date(2025, 6, 1))] == [
        True,
        True,
        False,
    ]


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(date(2025, 5, 2), date(2025, 5, 2))


@given(DAYS, DAYS, DAYS, DAYS)
def test_periods_overlap_when_a_day_belongs_to_both(a, b, c, d):
    one = Period(min(a, b), max(a, b) + timedelta(days=1))
    other = Period(min(c, d), max(c, d) + timedelta(days=1))

    assert one.overlaps(other) == (
        one.covers(max(one.start, other.start)) and other.covers(max(one.start, other.start))
    )


def test_codes_have_no_letters_that_look_alike():
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")
    assert set(new_code("E").removeprefix("E-")) <= set(ALPHABET)


class Months(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    months: int


def registry() -> Registry:
    made = Registry("guard")

    @made.register("active_for", needs=Months)
    def active_for(case, wanted):
        """The enterprise has been active long enough."""

    return made


def test_a_registry_reads_parameters_into_their_type():
    assert registry().get("active_for").read({"months": 12}) == Months(12)


def test_a_registry_refuses_parameters_it_cannot_read():
    with pytest.raises(WrongParameters, match=r"active_for.*months"):
        registry().get("active_for").read({"months": "a year"})
    with pytest.raises(WrongParameters, match="unknown field"):
        registry().get("active_for").read({"months": 1, "days": 2})


def test_a_registry_names_the_nearest_words():
    with pytest.raises(UnknownName, match=r"no guard is called 'active_fro' \(near: active_for\)"):
        registry().get("active_fro")


def test_a_name_is_given_once():
    made = registry()

    with pytest.raises(ValueError, match="two functions offer the guard 'active_for'"):
        made.register("active_for")(lambda case: None)


def test_a_moment_is_written_the_same_in_every_zone():
    rome = datetime(2025, 7, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=2)))

    assert canonical_json({"at": rome}) == canonical_json({"at": rome.astimezone(UTC)})
    assert canonical_json({"b": 1, "a": [True, None]}) == b'{"a":[true,null],"b":1}'


def test_a_fraction_is_refused():
    with pytest.raises(TypeError, match="float"):
        canonical_json({"share": 0.1})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        (" \u00a0=1+1", "' \u00a0=1+1"),
        ("\n=1+1", "'\n'=1+1"),
        ("ok;=1+1", "ok;'=1+1"),
        ("ok;  @SUM(A1)", "ok;'  @SUM(A1)"),
        ("ok\t-1", "ok\t'-1"),
        ("ok\r\n+1", "ok\r'\n'+1"),
        ("\uff1d1", "'\uff1d1"),
        (["ok", "=1+1"], "ok;' =1+1"),
        ("a = b; c-d", "a = b; c-d"),
        (True, "true"),
        (None, ""),
    ],
)
def test_nothing_in_a_table_runs_in_a_spreadsheet_wherever_it_begins_a_cell(value, written):
    told = csv_table([[value, "last"]]).decode()

    assert list(csv.reader(io.StringIO(told, newline=""))) == [[written, "last"]]

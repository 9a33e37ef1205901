"""Which row answers for a day, and what is said when none does."""

from datetime import date

import pytest

from tests.law.making import a_row
from tragitto.law.rules import NoPeriod, UnknownCode, ValueNotFound, parameter_on, rows_of

FIRST = a_row(value=8, start=date(2024, 1, 1), end=date(2025, 1, 1))
SECOND = a_row(value=15, start=date(2025, 3, 1), end=date(2026, 1, 1))


def test_the_first_day_of_a_period_belongs_to_it():
    assert parameter_on([FIRST, SECOND], "trial.term", date(2025, 3, 1)) == SECOND


def test_the_end_of_a_period_does_not_belong_to_it():
    assert parameter_on([FIRST, SECOND], "trial.term", date(2024, 12, 31)) == FIRST

    with pytest.raises(NoPeriod):
        parameter_on([FIRST, SECOND], "trial.term", date(2025, 1, 1))


def test_a_day_between_two_periods_names_the_gap():
    with pytest.raises(NoPeriod) as refusal:
        parameter_on([FIRST, SECOND], "trial.term", date(2025, 2, 1))

    assert str(refusal.value) == (
        "No period of trial.term covers 2025-02-01: "
        "nothing is known from 2025-01-01 until 2025-03-01 (excluded)."
    )


def test_a_day_before_all_periods_names_the_first():
    with pytest.raises(NoPeriod) as refusal:
        parameter_on([FIRST, SECOND], "trial.term", date(2020, 1, 1))

    assert str(refusal.value).endswith("the first known period begins on 2024-01-01.")


def test_a_day_after_all_periods_names_the_last():
    with pytest.raises(NoPeriod) as refusal:
        parameter_on([FIRST, SECOND], "trial.term", date(2026, 1, 1))

    assert str(refusal.value).endswith("the last known period ended on 2026-01-01 (excluded).")


def test_an_unknown_code_names_the_nearest():
    with pytest.raises(UnknownCode) as refusal:
        parameter_on([FIRST], "trial.tern", date(2024, 1, 1))

    assert str(refusal.value) == "No legal parameter is called trial.tern. Did you mean trial.term?"


def test_a_value_sought_in_vain_raises_with_what_was_sought():
    row = a_row(value=None, start=None, not_found="no number of days was found")

    with pytest.raises(ValueNotFound) as refusal:
        parameter_on([row], "trial.term", date(2025, 1, 1))

    assert str(refusal.value) == "The value of trial.term is not known: no number of days was found"


def test_an_unknown_start_answers_from_the_day_its_source_covers():
    row = a_row(start=None, covered_from=date(2025, 6, 1))

    assert parameter_on([row], "trial.term", date(2025, 6, 1)) == row
    with pytest.raises(NoPeriod):
        parameter_on([row], "trial.term", date(2025, 5, 31))


def test_a_dated_source_answers_until_the_day_it_covers():
    row = a_row(covered_until=date(2025, 6, 1))

    assert parameter_on([row], "trial.term", date(2025, 5, 31)) == row
    with pytest.raises(NoPeriod):
        parameter_on([row], "trial.term", date(2025, 6, 1))


def test_a_reference_names_code_start_and_wording():
    assert FIRST.reference == f"trial.term@2024-01-01#{FIRST.digest}"


@pytest.mark.parametrize("changes", [{"note": "said better"}, {"value": 31}, {"end": date(2030, 1, 1)}])
def test_another_wording_has_another_reference(changes):
    assert a_row(**changes).reference != a_row().reference


def test_the_earlier_of_end_and_cover_is_the_last_day_answered():
    row = a_row(end=date(2025, 6, 1), covered_until=date(2025, 9, 1))

    assert row.answers_until == date(2025, 6, 1)


def test_rows_of_a_code_come_in_order_of_time():
    assert rows_of([SECOND, FIRST], "trial.term") == [FIRST, SECOND]


def test_a_citation_reads_act_then_article():
    assert a_row().citation == "L. 1/2024 art. 1"

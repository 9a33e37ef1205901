"""The judge of the pack, first seen saying no."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.law.making import TITLE, a_pack, a_row
from tragitto.law.rules import check_pack
from tragitto.law.vocabulary import Unit


def codes(*rows):
    return [finding.code for finding in check_pack(a_pack(*rows))]


def test_a_sound_pack_has_no_finding():
    assert codes(a_row()) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"title": TITLE | {"ar": " "}}, "language_missing"),
        ({"code": "Trial.Term"}, "code_malformed"),
        ({"code": "other.term"}, "code_malformed"),
        ({"code": "trial"}, "code_malformed"),
        ({"end": date(2023, 1, 1)}, "period_empty"),
        ({"end": date(2024, 1, 1)}, "period_empty"),
        ({"act": ""}, "citation_missing"),
        ({"article": ""}, "citation_missing"),
        ({"source": "hearsay"}, "source_unknown"),
        ({"source": ""}, "source_missing"),
        ({"choice": True}, "choice_without_reason"),
        ({"reason": "because"}, "choice_without_reason"),
        ({"moment": "whenever"}, "moment_unknown"),
        ({"moment": ""}, "moment_unknown"),
        ({"unit": Unit.EUR}, "moment_idle"),
        ({"value": None}, "not_found_unsaid"),
        ({"not_found": "nothing was found"}, "not_found_idle"),
        ({"start": None}, "cover_missing"),
        ({"value": "thirty"}, "value_of_wrong_kind"),
        ({"value": -1}, "value_of_wrong_kind"),
        ({"value": Decimal("1.5")}, "value_of_wrong_kind"),
        ({"unit": Unit.RULE, "moment": ""}, "value_of_wrong_kind"),
        ({"unit": Unit.FRACTION, "moment": "", "value": "a third"}, "value_of_wrong_kind"),
    ],
)
def test_each_slip_is_found(changes, finding):
    assert codes(a_row(**changes)) == [finding]


def test_periods_that_overlap_are_refused():
    assert codes(a_row(end=date(2025, 1, 2)), a_row(start=date(2025, 1, 1))) == ["overlap"]


def test_an_open_period_followed_by_another_is_refused():
    assert codes(a_row(), a_row(start=date(2025, 1, 1))) == ["overlap"]


def test_a_gap_between_periods_is_refused():
    assert codes(a_row(end=date(2025, 1, 1)), a_row(start=date(2025, 1, 2))) == ["gap"]


def test_periods_that_meet_are_sound():
    assert codes(a_row(end=date(2025, 1, 1)), a_row(start=date(2025, 1, 1))) == []


def test_a_moment_without_a_language_is_refused():
    pack = replace(a_pack(a_row()), moments={"filed": TITLE | {"fr": ""}})

    assert [finding.code for finding in check_pack(pack)] == ["language_missing"]


def test_a_finding_says_which_parameter_and_what():
    (finding,) = check_pack(a_pack(a_row(act="")))

    assert finding.text == "trial.term: act and article must both be named"
    assert finding.facts == {"parameter": "trial.term"}

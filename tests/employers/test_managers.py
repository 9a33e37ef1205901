"""Who is given a request: by territory, sector, load, idleness, and always the same one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.conftest import NOON
from tragitto.employers.rules.lists import division_titles, province_names, sections
from tragitto.employers.rules.managers import Candidate, choose

BERGAMO = Candidate("U-A", "G-A", frozenset({"BG"}), frozenset({"25"}))
BRESCIA = Candidate("U-B", "G-B", frozenset({"BS"}), frozenset({"25"}))
EVERYWHERE = Candidate("U-C", "G-C")


def chosen(*candidates: Candidate, province: str = "BG", division: str = "25") -> str:
    found = choose(candidates, province=province, division=division)
    return found.manager if found else ""


def test_nobody_is_chosen_from_nobody():
    assert chosen() == ""


def test_whoever_looks_after_the_province_comes_first():
    busy = replace(BERGAMO, open_enquiries=9)

    assert chosen(BRESCIA, busy) == "U-A"


def test_a_portfolio_without_provinces_looks_after_all():
    assert chosen(BRESCIA, EVERYWHERE) == "U-C"


def test_within_the_province_whoever_knows_the_sector_comes_first():
    other_sector = replace(BERGAMO, manager="U-0", divisions=frozenset({"10"}))

    assert chosen(other_sector, replace(BERGAMO, open_enquiries=9)) == "U-A"


def test_the_province_counts_for_more_than_the_sector():
    other_sector = replace(BERGAMO, manager="U-Z", divisions=frozenset({"10"}), open_enquiries=9)

    assert chosen(other_sector, BRESCIA) == "U-Z"


def test_an_unknown_sector_is_everybodys():
    assert chosen(replace(BERGAMO, open_enquiries=1), EVERYWHERE, division="") == "U-C"


def test_the_load_is_weighed_by_the_share():
    double = replace(EVERYWHERE, manager="U-Z", share=2, open_enquiries=3)

    assert chosen(double, replace(EVERYWHERE, open_enquiries=2)) == "U-Z"


def test_among_equals_whoever_was_idle_longest():
    lately = replace(EVERYWHERE, manager="U-A", last_given_at=NOON)
    long_ago = replace(EVERYWHERE, manager="U-Z", last_given_at=NOON - timedelta(days=9))

    assert chosen(lately, long_ago) == "U-Z"
    assert chosen(lately, long_ago, replace(EVERYWHERE, manager="U-ZZ")) == "U-ZZ"


def test_then_the_code_decides():
    assert chosen(replace(EVERYWHERE, manager="U-B"), replace(EVERYWHERE, manager="U-A")) == "U-A"


_AREAS = some.frozensets(some.sampled_from(["BG", "BS", "MI"]), max_size=3)
_SECTORS = some.frozensets(some.sampled_from(["10", "25", "28"]), max_size=3)
_MOMENTS = some.none() | some.integers(0, 9).map(lambda days: NOON - timedelta(days=days))
CANDIDATES = some.lists(
    some.builds(
        Candidate,
        manager=some.sampled_from(["U-A", "U-B", "U-C", "U-D"]),
        portfolio=some.sampled_from(["G-1", "G-2", "G-3"]),
        provinces=_AREAS,
        divisions=_SECTORS,
        share=some.integers(1, 3),
        open_enquiries=some.integers(0, 5),
        last_given_at=_MOMENTS,
    ),
    max_size=6,
    unique_by=lambda one: (one.manager, one.portfolio),
)
PLACES = {"province": some.sampled_from(["BG", "MI", "RM"]), "division": some.sampled_from(["", "25", "99"])}


@given(candidates=CANDIDATES, random=some.randoms(), **PLACES)
def test_the_same_question_has_the_same_answer_in_any_order(candidates, random, province, division):
    shuffled = random.sample(candidates, len(candidates))

    assert choose(candidates, province=province, division=division) == choose(
        shuffled, province=province, division=division
    )


@given(candidates=CANDIDATES, **PLACES)
def test_nobody_from_outside_while_somebody_inside_is_there(candidates, province, division):
    found = choose(candidates, province=province, division=division)

    inside = [one for one in candidates if one.looks_after(province)]
    expert = [one for one in inside if one.knows(division)]
    assert (found is None) == (not candidates)
    assert found is None or found.is_in_territory == bool(inside)
    assert not expert or (found is not None and found.is_in_sector)


@given(candidates=CANDIDATES, **PLACES)
def test_nobody_inside_has_a_lighter_load_than_the_one_chosen(candidates, province, division):
    found = choose(candidates, province=province, division=division)

    experts = [one for one in candidates if one.looks_after(province) and one.knows(division)]
    taken = [
        one for one in experts if found and (one.manager, one.portfolio) == (found.manager, found.portfolio)
    ]
    assert [one for one in experts for best in taken if one.load < best.load] == []


@pytest.mark.parametrize(("code", "name"), [("BG", "Bergamo"), ("FC", "Forlì-Cesena"), ("AQ", "L'Aquila")])
def test_provinces_are_known_by_name(code, name):
    assert province_names()[code] == name


def test_every_division_of_ateco_stands_in_one_section():
    listed = [code for section in sections() for code, _title in section.divisions]

    assert (len(listed), set(listed)) == (len(set(listed)), set(division_titles()))
    assert "25" in listed

"""What stands behind a statement on a day, and how long somebody worked."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates.making import SHIPPED
from tragitto.candidates.rules.abilities import (
    Paper,
    Study,
    Tongue,
    Work,
    country_of,
    evidence,
    level_of,
    mark_of_statement,
    months_worked,
    tells_who,
    wrong_paper,
    wrong_skill,
    wrong_study,
    wrong_tongue,
    wrong_work,
)
from tragitto.candidates.vocabulary import Evidence, Proof
from tragitto.schemes.pack import RosterSpec, read_pack
from tragitto.schemes.vocabulary import SkillGroup, SkillScale

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Job:
    """A time at work."""

    begins_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Statement:
    """Something said, with what stands behind it."""

    proof: str
    confirmed_by: str = ""


@pytest.fixture(scope="module")
def spec() -> RosterSpec:
    """The shipped roster."""
    (folder,) = [path for path in SHIPPED.iterdir() if path.is_dir()]
    roster = read_pack(folder).roster
    assert roster is not None
    return roster


def months(year: int, first: int, last: int | None = None) -> Job:
    """A job from a month until a month of a year."""
    return Job(date(year, first, 1), date(year, last, 1) if last else None)


def test_both_ends_of_a_job_are_worked_in():
    assert months_worked([months(2024, 1, 3)], TODAY) == 3


def test_a_job_that_goes_on_counts_until_this_month():
    assert months_worked([months(2026, 10)], TODAY) == 2


def test_two_jobs_side_by_side_are_counted_once():
    assert months_worked([months(2024, 1, 6), months(2024, 4, 9)], TODAY) == 9


def test_two_jobs_that_meet_in_a_month_share_it():
    assert months_worked([months(2024, 1, 3), months(2024, 3, 4)], TODAY) == 4


def test_a_job_inside_another_adds_nothing():
    assert months_worked([months(2024, 1, 12), months(2024, 4, 5)], TODAY) == 12


_DAYS = st.dates(date(2015, 1, 1), TODAY).map(lambda day: day.replace(day=1))
_JOBS = st.lists(st.tuples(_DAYS, st.none() | _DAYS), max_size=6).map(
    lambda told: [Job(begin, end) for begin, end in told if end is None or end >= begin]
)


def counted(jobs: list[Job]) -> int:
    """The same by hand: every month in which somebody worked, once."""
    found = set()
    for job in jobs:
        day = job.begins_on
        while day <= min(job.ends_on or TODAY, TODAY):
            found.add((day.year, day.month))
            day = (day + timedelta(days=32)).replace(day=1)
    return len(found)


@given(_JOBS)
def test_no_month_is_counted_twice_or_lost(jobs):
    assert months_worked(jobs, TODAY) == counted(jobs)


@given(_JOBS.filter(lambda jobs: len(jobs) <= 4))
def test_the_order_of_telling_changes_nothing(jobs):
    assert len({months_worked(order, TODAY) for order in permutations(jobs)}) == 1


def test_the_count_by_hand_can_say_no():
    """Without this, the property above would pass with a count that repeats the code."""
    assert counted([months(2024, 1, 6), months(2024, 4, 9)]) == 9


@pytest.mark.parametrize(
    ("statement", "valid_until", "expected"),
    [
        (Statement(Proof.SAID), None, Evidence.SAID),
        (Statement(Proof.SAID), date(2020, 1, 1), Evidence.SAID),
        (Statement(Proof.PAPER), None, Evidence.HANDED_IN),
        (Statement(Proof.PAPER, "U-CARLA"), None, Evidence.SEEN),
        (Statement(Proof.PAPER, "U-CARLA"), TODAY, Evidence.SEEN),
        (Statement(Proof.PAPER, "U-CARLA"), TODAY - timedelta(days=1), Evidence.EXPIRED),
        (Statement(Proof.TESTED, "U-CARLA"), None, Evidence.TESTED),
        (Statement(Proof.TESTED, "U-CARLA"), TODAY - timedelta(days=1), Evidence.EXPIRED),
    ],
)
def test_what_stands_behind_a_statement(statement, valid_until, expected):
    assert evidence(statement, valid_until, TODAY) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"role": "  "}, {"role": "no_role"}),
        ({"role": "x" * 201}, {"role": "too_long"}),
        ({"words": "x" * 2001}, {"words": "too_long"}),
        ({"country": "Maroc"}, {"country": "no_state"}),
        ({"begins_on": None}, {"begins_on": "no_month"}),
        ({"begins_on": date(2027, 1, 1)}, {"begins_on": "not_yet"}),
        ({"begins_on": date(1900, 1, 1)}, {"begins_on": "not_yet"}),
        ({"ends_on": date(2027, 1, 1)}, {"ends_on": "still_there"}),
        ({"ends_on": date(2023, 12, 31)}, {"ends_on": "ends_before"}),
        ({"ends_on": date(2024, 1, 1)}, {}),
    ],
)
def test_what_is_wrong_with_work(changes, expected):
    told = {"role": "Soudeur", "begins_on": date(2024, 1, 15), **changes}

    assert wrong_work(Work(**told), TODAY) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"title": ""}, {"title": "no_title"}),
        ({"level_code": "unheard-of"}, {"level_code": "unknown_level"}),
        ({"country": "Maroc"}, {"country": "no_state"}),
        ({"year": 2027}, {"year": "no_year"}),
        ({"year": 1900}, {"year": "no_year"}),
    ],
)
def test_what_is_wrong_with_a_diploma(spec, changes, expected):
    assert wrong_study(Study(**{"title": "BTS", **changes}), spec, TODAY) == expected


def test_a_level_says_the_country_and_the_indicative_eqf(spec):
    level = spec.diplomas[-1]
    study = Study(title="Diplôme", level_code=level.code, country="FRA")

    assert (country_of(study, spec), level_of(study, spec)) == (level.country, level.eqf)


def test_a_diploma_without_a_level_has_no_eqf(spec):
    assert level_of(Study(title="Diplôme", country="FRA"), spec) is None


def test_a_diploma_of_no_country_is_of_where_people_come_from(spec):
    assert country_of(Study(title="Diplôme"), spec) == spec.origin


@pytest.mark.parametrize(
    ("tongue", "level", "expected"),
    [
        ("it", "A2", {}),
        ("xx", "A2", {"tongue": "unknown_tongue"}),
        ("it", "A3", {"level": "unknown_level"}),
    ],
)
def test_what_is_wrong_with_a_language(spec, tongue, level, expected):
    assert wrong_tongue(Tongue(tongue=tongue, level=level), spec) == expected


def test_a_certificate_has_no_degree(spec):
    held = next(each for each in spec.skills if each.scale is SkillScale.HELD)

    assert wrong_skill(held.code, "alone", spec) == {"mastery": "no_degree"}


def test_a_skill_that_the_roster_does_not_ask_for_is_seen(spec):
    assert wrong_skill("unheard-of", "", spec) == {"skill": "unknown_skill"}


def test_no_certificate_is_valid_for_longer_than_its_standard(spec):
    held = next(each for each in spec.skills if each.group is SkillGroup.CERTIFICATE)
    last = TODAY.replace(year=TODAY.year + held.valid_months // 12)

    assert wrong_paper(held.code, Paper(valid_until=last), spec, TODAY) == {}
    assert wrong_paper(held.code, Paper(valid_until=last + timedelta(days=1)), spec, TODAY) == {
        "valid_until": "valid_too_long"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salda acciaio inox in posizione PF dal 2019", False),
        ("La signora El Idrissi salda bene", True),
        ("Chiamare 06 12 34 56 78", True),
        ("Scrivere a amina@example.org", True),
        ("أمينة تجيد اللحام", True),
        ("El. rivestito, PA e PB, 3 mm", False),
    ],
)
def test_a_text_that_tells_who_the_person_is(text, expected):
    assert tells_who(text, ["EL IDRISSI", "AMINA", "أمينة"]) is expected


def test_another_number_is_another_paper():
    assert mark_of_statement(Paper(number="1")) == mark_of_statement(Paper(number="1"))
    assert mark_of_statement(Tongue(tongue="it", level="A1")) != mark_of_statement(
        Tongue(tongue="it", level="A2")
    )

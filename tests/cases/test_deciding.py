"""Decisions carry their reasons and a number without gaps; documents count once accepted."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.conftest import FILED, TERM
from tests.conftest import NOON
from tragitto.cases import actions, guards, permissions, rules
from tragitto.cases.actions import Grounds
from tragitto.cases.guards import DocumentValidFor
from tragitto.cases.models import Decision, DecisionYear
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.records.models import Document

pytestmark = pytest.mark.django_db
PASSPORT = DocumentValidFor(kind="passport", months=6)


def decide(case, actor, at=NOON, reasons=("Complete.",)):
    return actions.decide(case=case, outcome="admitted", grounds=Grounds(reasons), actor=actor, at=at)


@pytest.fixture
def passport(db) -> Document:
    return Document.objects.create(
        code="D-1", sha256="0" * 64, size=1, media_type="application/pdf", kept_at=FILED
    )


def test_a_decision_without_a_reason_is_none(reviewed, dario):
    with pytest.raises(Blocked):
        decide(reviewed, dario, reasons=[" "])


def test_an_officer_and_the_house_do_not_decide(reviewed, carla):
    for actor in (carla, Actor.system("task")):
        with pytest.raises(NotAllowed):
            decide(reviewed, actor)


def test_a_closed_case_is_decided_no_more(reviewed, dario):
    decide(reviewed, dario)
    actions.advance(case=reviewed, step="accept", actor=dario, at=NOON)

    with pytest.raises(Blocked):
        decide(reviewed, dario)


def test_a_decision_keeps_the_law_rows_of_its_terms_and_the_call(reviewed, dario):
    decision = decide(reviewed, dario)

    assert [row.split("@")[0] for row in decision.law_rows] == [TERM]
    assert decision.call_hash == "hash-of-the-call"


def test_numbers_run_without_gaps_even_past_a_failed_one(reviewed, dario):
    first = decide(reviewed, dario)
    with pytest.raises(RuntimeError), transaction.atomic():
        decide(reviewed, dario)
        raise RuntimeError
    second = decide(reviewed, dario)

    assert (first.number, second.number) == (1, 2)


def test_the_year_is_that_of_rome(reviewed, dario):
    last_evening = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)

    decision = decide(reviewed, dario, at=last_evening)

    assert (decision.year, decision.number) == (2026, 1)


def test_a_gap_is_refused_at_the_commit(reviewed, dario):
    decide(reviewed, dario)
    DecisionYear.objects.update(last=5)
    decide(reviewed, dario)

    with pytest.raises(IntegrityError, match="leaves a gap"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_decisions_only_grow(reviewed, dario):
    decide(reviewed, dario)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Decision.objects.update(reasons=["Other."])


def test_nobody_decides_what_they_proposed_in_the_database_either(reviewed, dario):
    grounds = Grounds(["Complete."], proposed_by=dario.code)

    with pytest.raises(IntegrityError, match="decision_by_a_second_person"), transaction.atomic():
        actions.decide(case=reviewed, outcome="admitted", grounds=grounds, actor=dario, at=NOON)


# --- documents ---------------------------------------------------------------------------------------------


def filed(case, document, actor, valid_until=None):
    return actions.file_document(
        case=case, document=document, kind="passport", valid_until=valid_until, actor=actor, at=NOON
    )


def guard(case) -> bool:
    """Whether the guard lets pass."""
    return guards.document_valid_for(case, PASSPORT, on=NOON.date()) == ""


def test_no_document_no_step(case):
    assert not guard(case)


def test_a_document_proves_nothing_before_somebody_accepts_it(case, passport, carla):
    paper = filed(case, passport, carla, date(2030, 1, 1))

    assert not guard(case)
    actions.accept_document(filed=paper, actor=carla, at=NOON)
    assert guard(case)


@pytest.mark.parametrize(
    ("until", "passes"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (None, True)]
)
def test_a_document_must_stay_valid_long_enough(case, passport, carla, until, passes):
    actions.accept_document(filed=filed(case, passport, carla, until), actor=carla, at=NOON)

    assert guard(case) == passes


def test_filing_the_same_document_again_changes_nothing(case, passport, carla):
    assert filed(case, passport, carla) == filed(case, passport, carla)


def test_a_stranger_files_nothing(case, passport, stranger):
    with pytest.raises(NotAllowed):
        filed(case, passport, stranger)


def test_the_house_accepts_nothing(case, passport, carla):
    with pytest.raises(NotAllowed):
        actions.accept_document(filed=filed(case, passport, carla), actor=Actor.system("task"), at=NOON)


def test_a_document_is_accepted_once(case, passport, carla):
    paper = filed(case, passport, carla)
    actions.accept_document(filed=paper, actor=carla, at=NOON)

    with pytest.raises(Stale):
        actions.accept_document(filed=paper, actor=carla, at=NOON)


# --- the table and the arithmetic --------------------------------------------------------------------------

TABLE = {
    "case.open": ({"officer"}, True),
    "case.assign": ({"officer", "reviewer"}, False),
    "case.state_conflict": ({"officer", "reviewer"}, False),
    "case.propose": ({"officer", "reviewer"}, False),
    "case.decide": ({"reviewer"}, False),
    "case.file": ({"officer", "reviewer"}, True),
    "case.accept_document": ({"officer", "reviewer"}, False),
    "case.hand_over": ({"officer", "reviewer"}, False),
}


@pytest.mark.parametrize("verb", sorted(permissions.VERBS))
def test_the_table_of_verbs(verb, call, carla, dario, stranger):
    roles, house = TABLE[verb]

    assert permissions.may(carla, verb, call) == ("officer" in roles)
    assert permissions.may(dario, verb, call) == ("reviewer" in roles)
    assert permissions.may(Actor.system("task"), verb, call) == house
    assert not permissions.may(stranger, verb, call)
    everything = frozenset({"officer", "reviewer"})
    assert not permissions.may(replace(carla, roles=everything, organisation="elsewhere"), verb, call)


def test_whole_months_end_on_the_same_day():
    assert rules.whole_months(date(2025, 1, 31), date(2025, 2, 28)) == 0
    assert rules.whole_months(date(2025, 7, 1), date(2026, 1, 1)) == 6


@given(st.dates(), st.dates())
def test_whole_months_never_overstate(start, end):
    months = rules.whole_months(min(start, end), max(start, end))

    assert 0 <= months <= (max(start, end) - min(start, end)).days / 28

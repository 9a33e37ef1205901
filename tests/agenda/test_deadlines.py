"""Deadlines: set with their reasons, seen by the office that holds them, met once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from tests.conftest import NOON
from tragitto.accounts.models import Organisation
from tragitto.agenda import actions, queries
from tragitto.agenda.models import Deadline
from tragitto.kernel.refusals import NotAllowed, NotFound, Stale
from tragitto.law.rules import Length, calendar_of, count_term
from tragitto.law.vocabulary import Unit
from tragitto.ledger.models import Entry

pytestmark = pytest.mark.django_db
CALENDAR = calendar_of("IT", first_year=2025, last_year=2026)


@pytest.fixture
def office(db):
    return Organisation.objects.create(code="office", name="Ufficio", kind="office")


@pytest.fixture
def put(office, carla):
    def _put(days: int = 30, subject: str = "C-1", kind: str = "review") -> Deadline:
        starts_on = date(2025, 7, 1)
        term = count_term(start=starts_on, length=Length(days, Unit.DAYS, "art. 1"), calendar=CALENDAR)
        due = actions.Due(starts_on=starts_on, term=term, law_rows=("a@2025-01-01#0",))
        return actions.set_deadline(subject=subject, kind=kind, holder=office, due=due, actor=carla, at=NOON)

    return _put


def test_a_deadline_says_why_it_ends_when_it_ends(put):
    deadline = put()

    assert deadline.due_on == date(2025, 7, 31)
    assert deadline.law_rows == ["a@2025-01-01#0"]
    assert all(step["citation"] for step in deadline.reasons)


def test_setting_it_anew_ends_the_old_one(put):
    first, second = put(30), put(60)

    first.refresh_from_db()
    assert first.is_met
    assert not second.is_met


def test_two_open_ones_of_a_kind_cannot_be(put):
    first = put(30)

    first.pk, first.code, first.met_at, first.met_by = None, "T-TWICE", None, ""

    with pytest.raises(IntegrityError, match="deadline_open_once"), transaction.atomic():
        first.save()


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": date(2026, 1, 1)},
        {"due_at": NOON + timedelta(days=300)},
        {"reasons": []},
        {"law_rows": ["another@2025-01-01#0"]},
        {"starts_on": date(2025, 6, 1)},
        {"subject": "C-2"},
    ],
    ids=str,
)
def test_what_a_deadline_says_never_changes(put, change):
    put()

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Deadline.objects.update(**change)


def test_a_met_deadline_stays_met(put, carla):
    actions.meet(deadline=put(), actor=carla, at=NOON)

    for change in ({"met_at": None, "met_by": ""}, {"met_at": NOON + timedelta(days=1)}, {"met_by": "U-X"}):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Deadline.objects.update(**change)


def test_no_deadline_is_ever_deleted(put):
    put()

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Deadline.objects.all().delete()


def test_what_is_due_comes_most_urgent_first(put, carla):
    late, soon = put(60, "C-1"), put(30, "C-2")

    assert list(queries.due(actor=carla)) == [soon, late]
    assert list(queries.due(actor=carla, before=soon.due_at + timedelta(seconds=1))) == [soon]


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_due_costs_one_query(put, carla, count, django_assert_num_queries):
    for number in range(count):
        put(subject=f"C-{number}")

    with django_assert_num_queries(1):
        assert len(list(queries.due(actor=carla))) == count


def test_the_last_second_is_still_in_time(put, carla):
    deadline = put()

    actions.meet(deadline=deadline, actor=carla, at=deadline.due_at + timedelta(microseconds=999_999))

    assert Entry.objects.get(verb="deadline.met").facts["in_time"] is True


def test_the_next_second_is_late(put, carla):
    deadline = put()

    actions.meet(deadline=deadline, actor=carla, at=deadline.due_at + timedelta(seconds=1))

    assert Entry.objects.get(verb="deadline.met").facts["in_time"] is False


def test_it_is_met_once(put, carla):
    deadline = put()
    actions.meet(deadline=deadline, actor=carla, at=NOON)

    with pytest.raises(Stale):
        actions.meet(deadline=deadline, actor=carla, at=NOON)


def test_another_office_neither_sees_nor_meets_it(put, carla):
    deadline = put()
    neighbour = replace(carla, organisation="elsewhere")

    assert list(queries.due(actor=neighbour)) == []
    with pytest.raises(NotAllowed):
        actions.meet(deadline=deadline, actor=neighbour, at=NOON)


def test_a_stranger_sees_nothing(put, stranger):
    deadline = put()

    assert list(queries.of_subject(actor=stranger, subject="C-1")) == []
    with pytest.raises(NotFound):
        queries.get_for(actor=stranger, code=deadline.code)

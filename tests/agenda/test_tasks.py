"""Tasks: given, done, passed on when they are late, seen by the office that holds them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOON
from tragitto.accounts.models import Organisation
from tragitto.agenda import actions, queries
from tragitto.agenda.models import Task
from tragitto.kernel.refusals import NotAllowed, Stale
from tragitto.ledger.models import Entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ABOUT = {"subject": "Q-1", "kind": "call_back"}


@pytest.fixture
def office(db):
    return Organisation.objects.create(code="office", name="Ufficio", kind="office")


@pytest.fixture
def put(office, carla):
    def _put(due_at=NOON + DAY, subject="Q-1", kind="call_back", assignee="U-CARLA") -> Task:
        doing = actions.Doing(due_at, assignee)
        return actions.set_task(subject=subject, kind=kind, holder=office, doing=doing, actor=carla, at=NOON)

    return _put


def test_setting_it_anew_gives_it_another_moment_and_takes_it_back_to_nobody_told(put, carla):
    first = put(NOON - DAY)
    actions.escalate_task(task=first, actor=carla, at=NOON)

    again = put(NOON + DAY, assignee="U-DARIO")

    assert (again.pk, again.due_at, again.assignee, again.level) == (first.pk, NOON + DAY, "U-DARIO", 0)


def test_two_open_ones_of_a_kind_cannot_be(put):
    first = put()

    first.pk, first.code = None, "T-TWICE"

    with pytest.raises(IntegrityError, match="task_open_once"), transaction.atomic():
        first.save()


def test_what_is_done_is_nobodys_task_any_more(put, carla):
    put()

    done = actions.do_task(**ABOUT, actor=carla, at=NOON)

    assert (done.done_by, list(queries.tasks(actor=carla))) == ("U-CARLA", [])
    assert Entry.objects.get(verb="task.done").facts["in_time"] is True


def test_a_task_that_nobody_set_cannot_be_done(office, carla):
    assert actions.do_task(**ABOUT, actor=carla, at=NOON) is None


def test_another_office_may_not_do_it_and_does_not_see_it(put, carla):
    put()
    another = replace(carla, organisation="elsewhere")

    with pytest.raises(NotAllowed):
        actions.do_task(**ABOUT, actor=another, at=NOON)
    assert list(queries.tasks(actor=another)) == []


def test_an_observer_may_not_do_it(put, carla):
    put()

    with pytest.raises(NotAllowed):
        actions.do_task(**ABOUT, actor=replace(carla, roles=frozenset({"observer"})), at=NOON)


def test_a_stranger_sees_none(put, stranger):
    put()

    assert list(queries.tasks(actor=stranger)) == []


def test_a_late_task_rises_a_level_each_time(put, carla):
    late = put(NOON - DAY)

    actions.escalate_task(task=late, actor=carla, at=NOON)
    risen = actions.escalate_task(task=late, actor=carla, at=NOON)

    assert (risen.level, risen.escalated_at) == (2, NOON)


@pytest.mark.parametrize("due_at", [NOON + DAY, NOON + timedelta(seconds=1)])
def test_a_task_in_time_does_not_rise(put, carla, due_at):
    with pytest.raises(Stale):
        actions.escalate_task(task=put(due_at), actor=carla, at=NOON)


def test_a_done_task_does_not_rise(put, carla):
    late = put(NOON - DAY)
    actions.do_task(**ABOUT, actor=carla, at=NOON)

    with pytest.raises(Stale):
        actions.escalate_task(task=late, actor=carla, at=NOON)


def test_given_to_somebody_else_it_is_as_late_as_it_was(put, carla):
    late = actions.escalate_task(task=put(NOON - DAY), actor=carla, at=NOON)

    given = actions.give_task(**ABOUT, assignee="U-DARIO", actor=carla, at=NOON)

    assert (given.assignee, given.due_at, given.level) == ("U-DARIO", late.due_at, 1)


def test_what_was_passed_on_comes_first_then_the_most_urgent(put, carla):
    urgent, passed_on, later = put(NOON, "Q-1"), put(NOON + DAY, "Q-2"), put(NOON + DAY * 2, "Q-3")
    actions.escalate_task(task=passed_on, actor=carla, at=NOON + DAY)

    assert list(queries.tasks(actor=carla)) == [passed_on, urgent, later]


def test_late_ones_are_those_before_the_moment(put, carla):
    late = put(NOON - DAY, "Q-1")
    put(NOON + DAY, "Q-2")

    assert list(queries.late_tasks(actor=carla, kind="call_back", before=NOON)) == [late]


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_tasks_costs_one_query(put, carla, count, django_assert_num_queries):
    for number in range(count):
        put(subject=f"Q-{number}")

    with django_assert_num_queries(1):
        assert len(queries.tasks(actor=carla, assignee="U-CARLA")) == count

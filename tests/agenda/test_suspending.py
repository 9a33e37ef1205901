"""Clocks that stand: replaced and never shortened, carried over, lifted once, seen by their office."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOON
from tragitto.accounts.models import Organisation
from tragitto.agenda import actions, queries
from tragitto.agenda.models import Deadline, Suspension
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Stale
from tragitto.law.rules import Length, calendar_of, count_term
from tragitto.law.vocabulary import Unit
from tragitto.ledger.models import Entry

pytestmark = pytest.mark.django_db
CALENDAR = calendar_of("IT", first_year=2025, last_year=2026)
HOUSE = Actor.system("test")
STARTS = date(2025, 7, 1)


def due(days: int) -> actions.Due:
    term = count_term(start=STARTS, length=Length(days, Unit.DAYS, "art. 1"), calendar=CALENDAR)
    return actions.Due(starts_on=STARTS, term=term, law_rows=("a@2025-01-01#0",))


@pytest.fixture
def office(db):
    return Organisation.objects.create(code="office", name="Ufficio", kind="office")


@pytest.fixture
def put(office):
    def _put(days: int = 30, kind: str = "review", why: str = "") -> Deadline:
        told = {"subject": "C-1", "kind": kind, "holder": office, "due": due(days), "why": why}
        return actions.set_deadline(**told, actor=HOUSE, at=NOON)

    return _put


def stop(deadline: Deadline, on: date = date(2025, 7, 10), limit: int = 30) -> Suspension | None:
    pause = actions.Pause(
        kind="asking", stopped_on=on, limit_on=on + timedelta(days=limit), law_rows=["b@2025-01-01#0"]
    )
    return actions.suspend(deadline=deadline, pause=pause, actor=HOUSE, at=NOON)


def lift(suspension: Suspension, days: int, until: date = date(2025, 7, 20)) -> Deadline:
    return actions.lift(suspension=suspension, ends_on=until, due=due(days), actor=HOUSE, at=NOON)


def test_a_clock_stands_from_the_day_after_the_event(put):
    suspension = stop(put())

    assert (suspension.starts_on, suspension.limit_on) == (date(2025, 7, 11), date(2025, 8, 9))
    assert queries.open_suspension(subject="C-1", kind="review") == suspension


def test_lifting_it_puts_a_later_deadline_in_its_place(put):
    first = put(30)

    second = lift(stop(first), 39)

    first.refresh_from_db()
    assert (first.is_met, second.is_met) == (True, False)
    assert queries.open_suspension(subject="C-1", kind="review") is None
    assert [each.ends_on for each in queries.stops_of(subject="C-1", kind="review")] == [date(2025, 7, 20)]


def test_standing_still_cannot_shorten_a_term(put):
    suspension = stop(put(30))

    with pytest.raises(Blocked) as refusal:
        lift(suspension, 29)

    assert [each.code for each in refusal.value.findings] == ["term_shortened"]
    assert queries.open_suspension(subject="C-1", kind="review") == suspension


def test_what_runs_already_is_not_lifted_again(put):
    suspension = stop(put(30))
    lift(suspension, 39)

    with pytest.raises(Stale):
        lift(suspension, 50)


def test_a_clock_that_stands_is_not_stopped_again(put):
    deadline = put()
    stop(deadline)

    assert stop(deadline) is None


def test_a_term_that_was_over_stays_over(put):
    deadline = put(30)

    assert stop(deadline, on=deadline.due_on + timedelta(days=1)) is None


def test_what_has_been_met_is_not_stopped(put):
    deadline = put()
    actions.meet_all(subject="C-1", actor=HOUSE, at=NOON)

    with pytest.raises(Stale):
        stop(deadline)


def test_a_deadline_set_anew_stands_as_the_old_one_did_and_no_day_counts_twice(put):
    first = stop(put(30))

    put(45, why="filed_earlier")

    again = queries.open_suspension(subject="C-1", kind="review")
    assert (again.starts_on, again.limit_on) == (first.starts_on, first.limit_on)
    assert queries.stops_of(subject="C-1", kind="review") == []
    assert queries.times_stopped(subject="C-1", kind="review", by="asking") == 1


def test_the_limit_of_a_standing_clock_can_move(put):
    suspension = stop(put())

    moved = actions.move_limit(suspension=suspension, limit_on=date(2025, 9, 1), actor=HOUSE, at=NOON)

    assert (moved.starts_on, moved.limit_on) == (suspension.starts_on, date(2025, 9, 1))
    assert list(queries.over_limit(on=date(2025, 9, 1))) == []
    assert list(queries.over_limit(on=date(2025, 9, 2))) == [moved]


def test_what_is_met_while_its_clock_stands_is_met_in_time(put):
    stop(put(30))

    actions.meet_all(subject="C-1", actor=HOUSE, at=NOON + timedelta(days=200))

    assert Entry.objects.get(verb="deadline.met").facts["in_time"] is True


def test_a_clock_of_a_met_deadline_stands_no_more(put):
    stop(put())
    actions.meet_all(subject="C-1", actor=HOUSE, at=NOON)

    assert queries.open_suspension(subject="C-1", kind="review") is None


def test_another_office_sees_no_clock_stand(put, office, carla, stranger):
    suspension = stop(put())
    other = Actor(carla.code, "another", carla.roles, "office")

    assert [list(queries.standing_still(actor=each)) for each in (carla, other, stranger)] == [
        [suspension], [], [],
    ]  # fmt: skip


@pytest.mark.parametrize("change", [{"limit_on": date(2026, 1, 1)}, {"kind": "x"}], ids=str)
def test_a_suspension_is_never_changed(put, change):
    stop(put())

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Suspension.objects.update(**change)


@pytest.mark.parametrize("count", [1, 3])
def test_which_clocks_stand_is_asked_in_one_query(put, django_assert_num_queries, count):
    deadlines = [put(30, kind=f"review-{number}") for number in range(count)]
    for deadline in deadlines:
        stop(deadline)

    with django_assert_num_queries(1):
        assert len(queries.stands_by(deadlines)) == count

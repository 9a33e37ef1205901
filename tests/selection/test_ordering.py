"""Proposals for many people: ordered, computed in the background once, as whoever ordered them."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.candidates.making import NOON
from tests.selection.making import TINA, WATCHER, make_round
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.selection.actions import ordering
from tragitto.selection.models import Run
from tragitto.selection.queries import computing
from tragitto.selection.rules.changes import Changes
from tragitto.selection.tasks.proposing import propose_shortlists

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    """More people than a page waits for."""
    monkeypatch.setattr(computing, "_AT_ONCE", 2)
    return make_round(posts=1, candidates=3)


def jobs() -> list[dict]:
    return list(ProcrastinateJob.objects.filter(task_name=computing.JOB).values_list("args", flat=True))


def test_for_few_people_it_is_made_at_once():
    made = make_round(posts=1, candidates=3)

    found = ordering.propose_or_order(round=made.round, actor=TINA, at=NOON)

    assert (found, jobs()) == (Run.objects.get(), [])


def test_for_many_people_it_is_ordered_once(made):
    for _time in range(2):
        assert ordering.propose_or_order(round=made.round, actor=TINA, at=NOON) is None

    assert len(jobs()) == 1
    assert computing.is_computing(made.round)


def test_the_job_makes_it_as_whoever_ordered_it(made):
    changes = Changes(per_seat=1)
    ordering.propose_or_order(round=made.round, changes=changes, note="Fewer?", actor=TINA, at=NOON)

    (args,) = jobs()
    propose_shortlists(**args)

    found = Run.objects.get()
    assert (found.run_by, found.note, found.parameters["changes"]) == (TINA.code, "Fewer?", {"per_seat": 1})


def test_a_round_closed_meanwhile_is_not_run(made):
    ordering.propose_or_order(round=made.round, actor=TINA, at=NOON)
    made.round.closed_at = NOON
    made.round.save(update_fields=["closed_at"])

    (args,) = jobs()
    propose_shortlists(**args)

    assert Run.objects.count() == 0


def test_who_may_not_run_orders_nothing(made):
    with pytest.raises(NotAllowed):
        ordering.propose_or_order(round=made.round, actor=WATCHER, at=NOON)

    assert jobs() == []


def test_a_what_if_without_a_why_is_not_ordered(made):
    with pytest.raises(Blocked):
        ordering.propose_or_order(round=made.round, changes=Changes(per_seat=1), actor=TINA, at=NOON)

    assert jobs() == []

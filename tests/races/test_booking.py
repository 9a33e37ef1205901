"""Fifty people reach for one slot of a firm at once: one has it, the others are told so in words."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from tests.employers.conftest import pack, publish_all  # noqa: F401
from tests.plugin import RUNNER
from tests.selection.making import NOON, TINA, make_round
from tests.selection.meeting_days import accepted, opened
from tragitto.kernel.refusals import Refusal
from tragitto.selection.actions.booking import book
from tragitto.selection.models import Meeting, MeetingDay
from tragitto.selection.queries.meetings import slots_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BOOKERS = 50


@pytest.fixture
def world(transactional_db, pack):  # noqa: F811
    """Fifty people who accepted one firm, and a day of meetings."""
    publish_all(pack)
    made = make_round(posts=1, candidates=BOOKERS, seats=BOOKERS)
    rows = accepted(made, {0: list(range(BOOKERS))})
    return rows, opened(made)


def reach(rows, day: MeetingDay, act: Callable[..., object]) -> list[str]:
    """What comes of everybody reaching at once: the code of a refusal, or nothing."""
    slot = slots_of(day)[0].begins_at
    ready = Barrier(BOOKERS)

    def one(row) -> str:
        ready.wait(timeout=60)
        try:
            act(row, day, slot)
        except Refusal as refused:
            return refused.findings[0].code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(BOOKERS) as pool:
        return list(pool.map(one, rows))


def booked(row, day, slot) -> None:
    book(shortlisted=row, day=day, starts_at=slot, actor=TINA, at=NOON)


#: All have looked before one of them writes: the worst moment, every time.
LOOKED = Barrier(BOOKERS)


def written(row, day, slot) -> None:
    """Looks whether the slot is free and writes, as a program would that has no constraint to lean on."""
    taken = Meeting.objects.filter(employer=row.post.position.expression.employer, starts_at=slot).exists()
    LOOKED.wait(timeout=60)
    if not taken:
        Meeting.objects.create(
            code=f"M-{row.code}",
            day=day,
            shortlisted=row,
            candidate=row.candidate,
            employer=row.post.position.expression.employer,
            starts_at=slot,
            ends_at=slot + timedelta(minutes=30),
            state="planned",
            state_at=NOON,
            state_by="U",
        )


def test_of_fifty_one_has_the_slot(world):
    rows, day = world

    outcomes = reach(rows, day, booked)

    assert outcomes.count("") == 1
    assert set(outcomes) == {"", "slot_taken"}
    assert Meeting.objects.count() == 1


@contextmanager
def without(name: str) -> Iterator[None]:
    """The table of meetings without this constraint, as the owner alone can have it."""
    constraint = next(each for each in Meeting._meta.constraints if each.name == name)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        with connection.schema_editor() as editor:
            editor.remove_constraint(Meeting, constraint)
        cursor.execute(f"SET ROLE {RUNNER}")
        try:
            yield
        finally:
            cursor.execute("SET ROLE NONE")
            cursor.execute("DELETE FROM meeting")
            with connection.schema_editor() as editor:
                editor.add_constraint(Meeting, constraint)
            cursor.execute(f"SET ROLE {RUNNER}")


def test_without_the_constraint_all_fifty_would_have_it(world):
    """The twin: looking first and writing then is not enough."""
    rows, day = world

    with without("meeting_employer_once_at_a_time"):
        reach(rows, day, written)

        assert Meeting.objects.count() == BOOKERS

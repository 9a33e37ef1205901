"""Two changes of one day at once: what either writes down stays, and nobody interprets in two places."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from tests.employers.conftest import pack, publish_all  # noqa: F401
from tests.selection.making import BRUNO, NOON, TINA, make_round
from tests.selection.meeting_days import published
from tragitto.kernel.refusals import Blocked
from tragitto.selection.actions import meeting_days
from tragitto.selection.actions.booking import cancel
from tragitto.selection.actions.day_changes import choose_interpreter
from tragitto.selection.models import Availability, Interpreter, Meeting

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db, pack):  # noqa: F811
    """Every call is published."""
    publish_all(pack)


def both(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """What comes of `second`, begun while `first` has not committed yet: refusals, in the order of ending."""
    held, done, refused = Event(), Event(), list[str]()

    def early() -> None:
        with transaction.atomic():
            first()
            held.set()
            done.wait(1)
        connection.close()

    def late() -> None:
        held.wait(20)
        try:
            second()
        except Blocked as refusal:
            refused.append(refusal.findings[0].code)
        finally:
            done.set()
            connection.close()

    threads = [Thread(target=early), Thread(target=late)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    return refused


def test_a_firm_that_cancels_two_hours_at_once_is_kept_free_at_both(world):
    made = make_round(posts=1, candidates=2, seats=2)
    _day, (one, other) = published(made, {0: [0, 1]})
    at = NOON.replace(hour=20)
    cancel_of = [lambda it=it: cancel(meeting=it, ground="", actor=BRUNO, at=at) for it in (one, other)]

    both(*cancel_of)

    said = Availability.objects.get(employer=made.firms[0])
    assert said.cannot == sorted([one.starts_at, other.starts_at])


def interpreted(fresh: str) -> tuple[Meeting, Interpreter]:
    """A meeting of a round of its own, and who could interpret there under this address."""
    made = make_round(posts=1, candidates=1)
    day, _meetings = published(made, {0: [0]})
    meeting = Meeting.objects.get(day=day)
    guide, _secret = meeting_days.add_interpreter(
        round=made.round, name="Fatima", email=fresh, languages=["ar"], actor=TINA, at=NOON
    )
    return meeting, guide


def test_one_address_interprets_in_one_place_at_a_time(world):
    pairs = [interpreted("fatima@example.org") for _round in range(2)]
    choose = [
        lambda it=it, who=who: choose_interpreter(meeting=it, interpreter=who, actor=TINA, at=NOON)
        for it, who in pairs
    ]

    assert both(*choose) == ["interpreter_not_free"]
    assert Meeting.objects.filter(interpreter__isnull=False).count() == 1

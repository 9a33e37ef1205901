"""Interpreters: asked for, given, free only when they can; their own link is all they need."""

from datetime import timedelta

import pytest

from tests.selection.making import AMINA, HOUSE, NOON, STRANGER, TINA, Made, make_round
from tests.selection.meeting_days import accepted, asked
from tests.selection.test_meetings import finding
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.selection.actions import available, meeting_days
from tragitto.selection.actions.booking import move
from tragitto.selection.actions.reminding import remind
from tragitto.selection.models import Interpreter, Meeting
from tragitto.selection.queries.meetings import slots_of


@pytest.fixture
def made() -> Made:
    """Three posts of three firms, nine people."""
    return make_round()


def test_who_wishes_an_interpreter_gets_one(made: Made):
    accepted(made, {0: [0, 1]})
    guide, _secret = meeting_days.add_interpreter(
        round=made.round, name="Imane", email="imane@example.org", languages=["ar"], actor=TINA, at=NOON
    )
    day = asked(made)
    available.say(day=day, who=made.amina, cannot=[], interpreted_from="ar", actor=AMINA, at=NOON)

    meeting_days.plan(day=day, actor=TINA, at=NOON)
    meeting_days.publish_plan(day=day, actor=TINA, at=NOON)

    assert Meeting.objects.get(candidate=made.amina).interpreter == guide
    assert Meeting.objects.exclude(candidate=made.amina).get().interpreter is None


def test_an_interpreter_answers_by_their_own_link_alone(made: Made):
    accepted(made, {0: [0]})
    guide, _secret = meeting_days.add_interpreter(
        round=made.round, name="Imane", email="imane@example.org", languages=["ar"], actor=TINA, at=NOON
    )
    day = asked(made)
    own = Actor(guide.code, roles=frozenset({available.INTERPRETER}), door="public")

    available.say(day=day, who=guide, cannot=[], actor=own, at=NOON)

    with pytest.raises(NotAllowed):
        available.say(day=day, who=guide, cannot=[], actor=STRANGER, at=NOON)


def test_an_interpreter_added_again_has_a_new_link(made: Made):
    given = [
        meeting_days.add_interpreter(
            round=made.round, name="Imane", email="Imane@example.org", languages=["ar"], actor=TINA, at=NOON
        )
        for _again in range(2)
    ]

    assert given[0][1] != given[1][1]
    assert Interpreter.objects.count() == 1


def test_an_interpreter_without_a_language_is_refused(made: Made):
    with pytest.raises(Blocked) as refused:
        meeting_days.add_interpreter(
            round=made.round, name="Imane", email="imane@example.org", languages=[], actor=TINA, at=NOON
        )

    assert finding(refused) == ["interpreter_incomplete"]


def told(guide: Interpreter) -> list[str]:
    """The occasions of which the interpreter was told, without codes."""
    entries = Entry.objects.filter(verb="interpreter.told", subject=guide.code).order_by("pk")
    return [str(each.facts["key"]).split(":")[0] for each in entries]


def test_an_interpreter_is_told_when_asked_booked_moved_and_reminded(made: Made):
    accepted(made, {0: [0]})
    guide, _secret = meeting_days.add_interpreter(
        round=made.round, name="Imane", email="imane@example.org", languages=["ar"], actor=TINA, at=NOON
    )
    day = asked(made)
    available.say(day=day, who=made.amina, cannot=[], interpreted_from="ar", actor=AMINA, at=NOON)
    meeting_days.plan(day=day, actor=TINA, at=NOON)
    (meeting,) = meeting_days.publish_plan(day=day, actor=TINA, at=NOON)
    moved = move(meeting=meeting, starts_at=slots_of(day)[-1].begins_at, actor=AMINA, at=NOON)
    remind(actor=HOUSE, at=moved.starts_at - timedelta(hours=2))

    assert told(guide) == ["asked", "meeting", "meeting", "remind"]

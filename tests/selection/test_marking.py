"""What became of a meeting: marked by the desk once it has begun, never by anybody else."""

import pytest

from tests.selection.making import AMINA, TINA, Made, make_round
from tests.selection.meeting_days import published
from tests.selection.test_booking import LATER, finding, of_amina
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.selection.actions.booking import cancel, mark
from tragitto.selection.vocabulary import MeetingState


@pytest.fixture
def made() -> Made:
    """Three posts of three firms, nine people; Amina and another person meet the first firm."""
    found = make_round()
    published(found, {0: [0, 1]})
    return found


@pytest.mark.parametrize(
    "state", [MeetingState.HELD, MeetingState.CANDIDATE_MISSED, MeetingState.EMPLOYER_MISSED]
)
def test_the_desk_marks_what_became_of_it(made: Made, state):
    meeting = of_amina(made)

    assert mark(meeting=meeting, state=state, actor=TINA, at=meeting.ends_at).state == state


def test_nothing_is_marked_before_it_has_begun(made: Made):
    with pytest.raises(Blocked) as refused:
        mark(meeting=of_amina(made), state=MeetingState.HELD, actor=TINA, at=LATER)

    assert finding(refused) == ["not_begun"]


def test_a_cancelled_meeting_is_not_marked(made: Made):
    meeting = cancel(meeting=of_amina(made), ground="", actor=AMINA, at=LATER)

    with pytest.raises(Blocked) as refused:
        mark(meeting=meeting, state=MeetingState.HELD, actor=TINA, at=meeting.ends_at)

    assert finding(refused) == ["meeting_over"]


def test_the_person_marks_nothing(made: Made):
    meeting = of_amina(made)

    with pytest.raises(NotAllowed):
        mark(meeting=meeting, state=MeetingState.HELD, actor=AMINA, at=meeting.ends_at)

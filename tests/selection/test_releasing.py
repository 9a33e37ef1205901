"""Meetings of who takes no part any more are cancelled; the time goes to who waits."""

from datetime import timedelta

import pytest

from tests.selection.making import AMINA, HOUSE, NOON, WATCHER, Made, make_round
from tests.selection.meeting_days import published
from tests.selection.shortlisted import say
from tests.selection.test_booking import waiting
from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.refusals import NotAllowed
from tragitto.selection.actions.releasing import release
from tragitto.selection.models import Meeting, RoundPost, Shortlisted
from tragitto.selection.vocabulary import MeetingState

LATER = NOON + timedelta(hours=3)


@pytest.fixture
def made() -> Made:
    """Amina meets the first firm."""
    found = make_round(posts=1, candidates=3)
    published(found, {0: [0]})
    return found


def test_meetings_of_who_takes_part_stand(made):
    assert release(actor=HOUSE, at=LATER) == 0


def said_no(made: Made) -> None:
    say(Shortlisted.objects.get(candidate=made.amina), Answer.DECLINED)


def withdrew(made: Made) -> None:
    Candidate.objects.filter(pk=made.amina.pk).update(status="withdrawn")


def gave_up(made: Made) -> None:
    Shortlisted.objects.filter(candidate=made.amina).update(given_up_at=NOON)


def firm_left(made: Made) -> None:
    RoundPost.objects.filter(pk=made.posts[0].pk).update(left_at=NOON, left_ground="No.")


@pytest.mark.parametrize("leave", [said_no, gave_up, firm_left, withdrew])
def test_the_meeting_of_who_left_is_cancelled(made, leave):
    leave(made)

    assert release(actor=HOUSE, at=LATER) == 1
    assert Meeting.objects.get().state == MeetingState.CANCELLED


def test_again_it_cancels_nothing_more(made):
    said_no(made)

    assert [release(actor=HOUSE, at=LATER) for _twice in range(2)] == [1, 0]


def test_the_time_goes_to_who_waits(made):
    was, row = Meeting.objects.get(), waiting(made)
    said_no(made)

    release(actor=HOUSE, at=LATER)

    assert Meeting.objects.get(shortlisted=row).starts_at == was.starts_at


def test_a_meeting_that_has_begun_is_for_the_desk_to_mark(made):
    said_no(made)

    assert release(actor=HOUSE, at=Meeting.objects.get().starts_at) == 0


@pytest.mark.parametrize("actor", [AMINA, WATCHER])
def test_only_who_arranges_or_the_house_releases(made, actor):
    gave_up(made)
    Candidate.objects.filter(pk=made.amina.pk).update(account="")

    with pytest.raises(NotAllowed):
        release(actor=actor, at=LATER)

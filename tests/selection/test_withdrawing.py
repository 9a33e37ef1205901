"""Leaving a round: a person, or a firm with its position; the place on the roster stays."""

import pytest

from tests.selection.making import BIANCA, BRUNO, HOUSE, NOON, STRANGER, TINA, WATCHER, Made, make_round
from tests.selection.matched import LATER, all_sent, asked, confirmed, offered, person
from tests.selection.meeting_days import published
from tragitto.candidates.models import Candidate
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.selection.actions.proposing import take_back
from tragitto.selection.actions.releasing import release
from tragitto.selection.actions.withdrawing import withdraw_person, withdraw_post
from tragitto.selection.models import Match, Meeting, RoundPost


@pytest.fixture
def made() -> Made:
    """Amina is matched with Bruno's post."""
    found = make_round(posts=2, candidates=2)
    asked(found, {0: [0], 1: [1]})
    all_sent(found, wishes={0: [[0]]}, ranks={0: [[0]]})
    confirmed(found)
    return found


def leave(made, actor=None, ground="") -> int:
    who = actor or person(made, 0)
    return withdraw_person(candidate=made.amina, round=made.round, ground=ground, actor=who, at=LATER)


def status(made) -> str:
    return Candidate.objects.get(pk=made.amina.pk).status


def test_the_match_ends_and_the_place_is_back(made):
    assert (leave(made), leave(made)) == (1, 0)

    assert (Match.objects.get().end, status(made)) == ("candidate_withdrew", "active")


def test_an_open_offer_is_declined_with_it(made):
    offer = offered(Match.objects.select_related("post__round").get())
    leave(made)

    offer.refresh_from_db()
    assert offer.answer == "declined"


@pytest.mark.parametrize("actor", [BRUNO, STRANGER, WATCHER])
def test_nobody_else_takes_a_person_out(made, actor):
    with pytest.raises(NotAllowed):
        leave(made, actor, "Because")


def test_the_desk_says_why(made):
    with pytest.raises(Blocked) as refusal:
        leave(made, TINA)

    assert [each.code for each in refusal.value.findings] == ["ground_missing"]
    assert leave(made, TINA, "Told us by telephone") == 1


def test_a_meeting_to_come_is_cancelled():
    made = make_round(posts=1, candidates=1)
    published(made, {0: [0]})

    withdraw_person(candidate=made.amina, round=made.round, actor=person(made, 0), at=NOON)
    release(actor=HOUSE, at=NOON)

    assert Meeting.objects.get().state == "cancelled"


def test_a_firm_leaves_and_its_people_are_back(made):
    assert withdraw_post(post=made.posts[0], ground="No more work", actor=BRUNO, at=LATER) == 1
    assert withdraw_post(post=made.posts[0], ground="No more work", actor=BRUNO, at=LATER) == 0

    assert (Match.objects.get().end, status(made)) == ("employer_withdrew", "active")
    assert RoundPost.objects.get(pk=made.posts[0].pk).left_at == LATER


def test_an_open_offer_goes_with_the_firm(made):
    offer = offered(Match.objects.select_related("post__round").get())
    withdraw_post(post=made.posts[0], ground="No more work", actor=BRUNO, at=LATER)

    offer.refresh_from_db()
    assert offer.answer == "taken_back"


@pytest.mark.parametrize("actor", [BIANCA, STRANGER, WATCHER])
def test_nobody_else_takes_a_post_out(made, actor):
    with pytest.raises(NotAllowed):
        withdraw_post(post=made.posts[0], ground="Because", actor=actor, at=LATER)


def test_a_firm_says_why(made):
    with pytest.raises(Blocked) as refusal:
        withdraw_post(post=made.posts[0], ground=" ", actor=BRUNO, at=LATER)

    assert [each.code for each in refusal.value.findings] == ["ground_missing"]


def test_who_is_matched_is_not_taken_off_the_shortlist(made):
    with pytest.raises(Blocked) as refused:
        take_back(row=Match.objects.get().shortlisted, ground="Ill", actor=TINA, at=LATER)

    assert [each.code for each in refused.value.findings] == ["is_matched"]

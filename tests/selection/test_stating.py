"""What may be stated of a post late in a round: seats within what is free, demands as people were asked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.selection.making import NOON, TINA, Made, make_position, make_post, make_round
from tests.selection.matched import LATER, all_sent, asked, confirmed, run_match
from tests.selection.shortlisted import proposing_run, shown_shortlists
from tragitto.kernel.refusals import Blocked, Stale
from tragitto.selection.actions.posts import state_post
from tragitto.selection.actions.shortlisting import take_up
from tragitto.selection.models import RoundPost, Shortlisted
from tragitto.selection.queries.rounds import posts_of
from tragitto.selection.queries.runs import to_take_up
from tragitto.selection.queries.shortlists import rows_of
from tragitto.selection.rules.demands import Demands

AS_ASKED = Demands(least_levels={"it": "A2"}, shifts=["day"])


@pytest.fixture
def made() -> Made:
    """Two people asked for the two seats of Bruno's post; both sides ranked each other."""
    found = make_round(posts=1, candidates=2, seats=2)
    asked(found, {0: [0, 1]})
    all_sent(found, wishes={0: [[0]], 1: [[0]]}, ranks={0: [[0], [1]]})
    return found


def state(made: Made, seats: int = 2, demands: Demands = AS_ASKED, ground: str = "") -> RoundPost:
    return state_post(post=made.posts[0], demands=demands, seats=seats, ground=ground, actor=TINA, at=LATER)


def refused(act) -> list[str]:
    with pytest.raises((Blocked, Stale)) as refusal:
        act()
    return [each.code for each in refusal.value.findings]


def test_seats_that_another_round_filled_are_not_given_twice(made):
    confirmed(made)
    made.round.closed_at = LATER
    made.round.save(update_fields=["closed_at"])
    made.posts[0].left_at, made.posts[0].left_ground = LATER, "round 2"
    made.posts[0].save(update_fields=["left_at", "left_ground"])
    second = make_round(posts=0, candidates=0, at=LATER)
    post = make_post(second.round, made.posts[0].position, seats=1, at=LATER)

    again = Made(second.round, [post], made.firms, made.candidates, made.call)

    assert refused(lambda: state(again, 1)) == ["too_many_seats"]


def test_a_firm_that_named_no_number_has_one_seat():
    made = make_round(posts=0, candidates=0)
    post = make_post(made.round, make_position(made.call, seats=None))

    assert refused(lambda: state(replace(made, posts=[post]), 2)) == ["too_many_seats"]


def test_there_are_no_fewer_seats_than_people_matched(made):
    confirmed(made)

    assert refused(lambda: state(made, 1, ground="One machine fewer")) == ["too_few_seats"]


def test_the_database_itself_keeps_the_seats_of_matches(made):
    confirmed(made)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoundPost.objects.filter(pk=made.posts[0].pk).update(seats=1)


def test_what_people_were_asked_by_stays(made):
    harder = Demands(least_levels={"it": "C2"}, shifts=["day"])

    assert refused(lambda: state(made, demands=harder)) == ["demands_frozen"]


def test_what_nobody_was_asked_by_may_change():
    made = make_round(posts=1, candidates=1)

    assert state(made, 1, Demands(least_levels={"it": "C2"})).least_levels == {"it": "C2"}


def test_after_rankings_were_asked_for_seats_change_for_a_ground(made):
    assert refused(lambda: state(made, 1)) == ["ground_missing"]

    assert state(made, 1, ground="One machine fewer").seats_ground == "One machine fewer"


def test_no_seat_changes_while_a_match_waits_for_the_second_person(made):
    run_match(made)

    assert refused(lambda: state(made, 1, ground="One machine fewer")) == ["match_waits"]


# --- a run that is old ---


def test_a_second_run_makes_no_list_longer_than_the_rules_say():
    made = make_round(posts=1, candidates=6)
    first, second = proposing_run(made, {0: [0, 1, 2]}), proposing_run(made, {0: [3, 4, 5]})
    take_up(run=first, actor=TINA, at=NOON)

    assert refused(lambda: take_up(run=second, actor=TINA, at=NOON)) == ["run_is_old"]
    assert Shortlisted.objects.count() == 3


def test_who_comes_later_stands_after_those_on_the_list():
    made = make_round(posts=1, candidates=3)
    take_up(run=proposing_run(made, {0: [0, 1]}), actor=TINA, at=NOON)

    (later,) = take_up(run=proposing_run(made, {0: [2]}), actor=TINA, at=NOON)

    assert later.place == 3


def test_older_proposals_are_offered_no_more():
    made = make_round(posts=1, candidates=3)
    proposing_run(made, {0: [0]})
    second = proposing_run(made, {0: [1]})

    take_up(run=second, actor=TINA, at=NOON)

    assert list(to_take_up(made.round)) == []


def test_the_lists_of_a_closed_round_stay_when_its_positions_go_on():
    made = make_round(posts=1, candidates=2)
    shown_shortlists(made, {0: [0, 1]})
    made.round.closed_at = NOON + timedelta(hours=1)
    made.round.save(update_fields=["closed_at"])
    made.posts[0].left_at, made.posts[0].left_ground = NOON + timedelta(hours=2), "round 2"
    made.posts[0].save(update_fields=["left_at", "left_ground"])

    assert (rows_of(made.round).count(), posts_of(made.round).count()) == (2, 1)

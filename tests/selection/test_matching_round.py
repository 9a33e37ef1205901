"""The match of a round: run by one, confirmed by another, checked by everybody, made anew after a loss."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.selection.making import BRUNO, OUTSIDER, TINA, UGO, WATCHER, Made, make_round
from tests.selection.matched import (
    ASKED_AT,
    LATER,
    SAID_AT,
    all_sent,
    asked,
    confirmed,
    offered,
    pair,
    person,
    rematched,
    run_match,
    sent,
    standing,
)
from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.selection.actions import matching, offering
from tragitto.selection.actions.running import rerun
from tragitto.selection.actions.withdrawing import withdraw_person, withdraw_post
from tragitto.selection.models import Adoption, Match, RoundPost
from tragitto.selection.queries.matches import match_of, own_result, result_of

AGAIN = LATER + timedelta(days=1)


@pytest.fixture
def round_of_nine() -> Made:
    """Three posts of one seat, nine people: three at each post, of whom 0 and 1 are wanted twice."""
    made = make_round(posts=3, candidates=9)
    asked(made, {0: [0, 1, 2], 1: [0, 1, 3], 2: [4, 5, 1]})
    all_sent(
        made,
        wishes={0: [[0], [1]], 1: [[0], [1], [2]], 2: [[0]], 3: [[1]], 4: [[2]], 5: [[2]]},
        ranks={0: [[0], [1], [2]], 1: [[0], [1], [3]], 2: [[4, 5], [1]]},
    )
    return made


def statuses(made: Made, *numbers: int) -> list[str]:
    return [Candidate.objects.get(pk=made.candidates[each].pk).status for each in numbers]


def test_nobody_and_no_post_would_both_rather_have_each_other(round_of_nine):
    run = run_match(round_of_nine)

    assert (run.proof["faults"], run.proof["placed"], Match.objects.count()) == ([], 3, 0)


def test_confirmed_it_stands_and_people_are_under_way(round_of_nine):
    confirmed(round_of_nine)

    found = standing(round_of_nine)
    assert (found[0], found[1], len(found)) == (0, 1, 3)
    assert statuses(round_of_nine, 0, 1, 2) == ["reserved", "reserved", "active"]


def test_the_number_of_the_lot_is_shown_with_the_match(round_of_nine):
    confirmed(round_of_nine)

    round_of_nine.round.refresh_from_db()
    assert round_of_nine.round.seed_shown_at == LATER


def test_a_tie_is_drawn_with_the_number_of_the_round(round_of_nine):
    run = run_match(round_of_nine)

    assert rerun(run=run, actor=TINA, at=LATER).is_same


@pytest.mark.parametrize("number", range(6))
def test_everybody_checks_it_from_their_own_list(round_of_nine, number):
    confirmed(round_of_nine)

    found = own_result(round_of_nine.candidates[number], round_of_nine.round)

    assert found is not None
    reached = next((line.post.pk for line in found.lines if line.is_reached), None)
    assert reached == (found.match.post_id if found.match else None)


def test_there_is_no_result_before_it_is_confirmed(round_of_nine):
    run_match(round_of_nine)

    assert own_result(round_of_nine.amina, round_of_nine.round) is None


def test_the_desk_reads_people_and_posts(round_of_nine, django_assert_num_queries):
    run = run_match(round_of_nine)

    with django_assert_num_queries(4):
        found = match_of(run)

    assert (found.placed, [len(each.people) for each in found.posts]) == (3, [1, 1, 1])


def test_a_post_reads_whom_it_has(round_of_nine):
    confirmed(round_of_nine)

    assert [each.candidate for each in result_of(round_of_nine.posts[0])] == [round_of_nine.amina]


def test_who_ran_it_does_not_confirm_it(round_of_nine):
    run = run_match(round_of_nine)

    with pytest.raises(NotAllowed) as refusal:
        matching.confirm_match(run=run, actor=TINA, at=LATER)

    assert [each.code for each in refusal.value.findings] == ["second_person"]
    assert Match.objects.count() == 0


def test_confirmed_twice_it_is_confirmed_once(round_of_nine):
    run = run_match(round_of_nine)
    confirmed(round_of_nine, run)

    assert confirmed(round_of_nine, run) == []
    assert (Adoption.objects.filter(run=run).count(), Match.objects.count()) == (1, 3)


def test_a_run_from_before_somebody_left_is_not_confirmed(round_of_nine):
    run = run_match(round_of_nine)
    amina = person(round_of_nine, 0)
    withdraw_person(candidate=round_of_nine.amina, round=round_of_nine.round, actor=amina, at=LATER)

    with pytest.raises(Stale):
        confirmed(round_of_nine, run)


@pytest.mark.parametrize("actor", [WATCHER, OUTSIDER, BRUNO])
def test_only_the_desk_runs_it(round_of_nine, actor):
    with pytest.raises(NotAllowed):
        matching.match_round(round=round_of_nine.round, actor=actor, at=LATER)


def test_it_waits_for_who_may_still_rank():
    made = make_round(posts=1, candidates=1)
    asked(made, {0: [0]})

    with pytest.raises(Blocked) as refusal:
        run_match(made, SAID_AT)

    assert [each.code for each in refusal.value.findings] == ["still_ranking"]


def test_it_does_not_wait_once_all_have_sent():
    made = make_round(posts=1, candidates=1)
    asked(made, {0: [0]})
    all_sent(made, wishes={0: [[0]]}, ranks={0: [[0]]})

    assert run_match(made, SAID_AT).result["matches"] == {made.amina.code: made.posts[0].code}


def test_nothing_is_matched_where_one_side_said_nothing():
    made = make_round(posts=1, candidates=1)
    asked(made, {0: [0]})
    sent(made, made.amina, [[pair(made, 0, 0).code]], person(made, 0))

    with pytest.raises(Blocked) as refusal:
        run_match(made)

    assert [each.code for each in refusal.value.findings] == ["nobody_ranked"]


def test_it_is_not_run_before_rankings_were_asked_for():
    made = make_round(posts=1, candidates=1)

    with pytest.raises(Blocked) as refusal:
        run_match(made, ASKED_AT)

    assert [each.code for each in refusal.value.findings] == ["not_asked"]


def test_confirmed_it_is_not_run_from_the_beginning(round_of_nine):
    confirmed(round_of_nine)

    with pytest.raises(Blocked) as refusal:
        run_match(round_of_nine, AGAIN)

    assert [each.code for each in refusal.value.findings] == ["matched_already"]


def test_there_is_nothing_to_make_anew_before_the_first(round_of_nine):
    with pytest.raises(Blocked) as refusal:
        matching.rematch(round=round_of_nine.round, actor=TINA, at=LATER)

    assert [each.code for each in refusal.value.findings] == ["not_matched"]


def test_no_post_gets_more_people_than_seats(round_of_nine):
    confirmed(round_of_nine)
    live = Match.objects.get(candidate=round_of_nine.amina)
    other = pair(round_of_nine, 0, 2)

    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.create(
            code="MT-ONE-MORE", post=live.post, candidate=other.candidate, shortlisted=other, run=live.run,
            matched_at=LATER, matched_by=UGO.code,
        )  # fmt: skip


def test_after_a_loss_the_seat_goes_down_the_lists(round_of_nine):
    confirmed(round_of_nine)
    amina = person(round_of_nine, 0)
    withdraw_person(candidate=round_of_nine.amina, round=round_of_nine.round, actor=amina, at=AGAIN)

    run = rematched(round_of_nine, AGAIN)

    who = {each.code: at for at, each in enumerate(round_of_nine.candidates)}
    moves = {who[each["candidate"]]: each["why"] for each in run.result["moves"]}
    assert moves == {0: "left", 1: "seat_free", 3: "seat_free"}
    found = standing(round_of_nine)
    assert (found[1], found[3], 0 in found) == (0, 1, False)
    assert statuses(round_of_nine, 0, 1, 3) == ["active", "reserved", "reserved"]


def test_who_left_has_their_place_on_the_roster(round_of_nine):
    before = round_of_nine.amina.seniority_at
    confirmed(round_of_nine)

    withdraw_person(
        candidate=round_of_nine.amina, round=round_of_nine.round, actor=person(round_of_nine, 0), at=AGAIN
    )

    now = Candidate.objects.get(pk=round_of_nine.amina.pk)
    assert (now.status, now.seniority_at) == ("active", before)


def test_nobody_is_moved_away_from_an_offer(round_of_nine):
    confirmed(round_of_nine)
    held = Match.objects.select_related("post").get(candidate=round_of_nine.candidates[1])
    offered(held, Actor("U-FIRM1", door="portal"))
    withdraw_person(
        candidate=round_of_nine.amina, round=round_of_nine.round, actor=person(round_of_nine, 0), at=AGAIN
    )

    rematched(round_of_nine, AGAIN)

    found = standing(round_of_nine)
    assert (found[1], found[2]) == (1, 0)


def test_a_firm_that_leaves_sends_its_person_down_their_list(round_of_nine):
    confirmed(round_of_nine)
    withdraw_post(post=round_of_nine.posts[0], ground="No more work", actor=BRUNO, at=AGAIN)

    run = rematched(round_of_nine, AGAIN)

    who = {each.code: at for at, each in enumerate(round_of_nine.candidates)}
    moves = {who[each["candidate"]]: each["why"] for each in run.result["moves"]}
    assert moves == {0: "seat_gone", 1: "put_out"}
    assert (standing(round_of_nine)[0], statuses(round_of_nine, 0, 1)) == (1, ["reserved", "active"])


def test_a_second_time_after_a_no_everything_still_holds(round_of_nine):
    matches = confirmed(round_of_nine)
    amina = next(each for each in matches if each.candidate_id == round_of_nine.amina.pk)
    offer = offered(amina)
    offering.answer_offer(offer=offer, accepts=False, actor=person(round_of_nine, 0), at=AGAIN)
    rematched(round_of_nine, AGAIN)
    withdraw_person(
        candidate=round_of_nine.candidates[1],
        round=round_of_nine.round,
        actor=person(round_of_nine, 1),
        at=AGAIN + timedelta(hours=1),
    )

    run = rematched(round_of_nine, AGAIN + timedelta(hours=2))

    assert (run.proof["faults"], standing(round_of_nine)[2]) == ([], 0)


def test_an_offer_after_the_run_makes_it_old(round_of_nine):
    matches = confirmed(round_of_nine)
    run = matching.rematch(round=round_of_nine.round, actor=TINA, at=AGAIN)
    amina = next(each for each in matches if each.candidate_id == round_of_nine.amina.pk)
    offered(amina)

    with pytest.raises(Stale):
        matching.confirm_match(run=run, actor=UGO, at=AGAIN)


def test_a_post_that_left_reads_nobody(round_of_nine):
    confirmed(round_of_nine)
    withdraw_post(post=round_of_nine.posts[0], ground="No more work", actor=BRUNO, at=AGAIN)

    assert result_of(RoundPost.objects.select_related("round").get(pk=round_of_nine.posts[0].pk)) == []

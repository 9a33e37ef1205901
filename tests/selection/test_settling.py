"""The end of a round: nobody is left half-way, and who is matched may leave even then."""

import logging
from datetime import timedelta

import pytest

from tests.selection.making import TINA, UGO, WATCHER, Made, make_round
from tests.selection.matched import (
    LATER,
    all_sent,
    asked,
    confirmed,
    firm_actor,
    offered,
    person,
    rematched,
    run_match,
)
from tragitto.candidates.models import Candidate
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.selection.actions import auditing, offering
from tragitto.selection.actions.rounds import close_round
from tragitto.selection.actions.withdrawing import withdraw_person, withdraw_post
from tragitto.selection.models import Match, Offer, RoundPost, Run
from tragitto.selection.queries.matches import own_result


@pytest.fixture
def ranked() -> Made:
    """Amina and Bruno's post named each other; she named another post too, which named nobody."""
    made = make_round(posts=2, candidates=3)
    asked(made, {0: [0, 1], 1: [0, 2]})
    all_sent(made, wishes={0: [[1], [0]], 1: [[0]]}, ranks={0: [[0], [1]]})
    return made


@pytest.fixture
def match(ranked) -> Match:
    """Amina's match, confirmed."""
    return confirmed(ranked)[0]


def accept(made: Made, match: Match) -> Offer:
    offer = offered(match)
    return offering.answer_offer(offer=offer, accepts=True, actor=person(made, 0), at=LATER)


def close(made: Made):
    return close_round(round=made.round, actor=UGO, at=LATER)


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


def test_a_round_is_not_closed_over_the_head_of_who_is_matched(ranked, match):
    with pytest.raises(Blocked) as refusal:
        close(ranked)

    assert codes(refusal) == ["matches_open"]
    assert match.candidate.code in str(refusal.value.findings[0].text)


def test_with_an_accepted_offer_it_is_closed(ranked, match):
    accept(ranked, match)

    assert close(ranked).closed_at == LATER


def test_taken_out_of_the_round_it_is_closed(ranked, match):
    withdraw_person(candidate=ranked.amina, round=ranked.round, actor=person(ranked, 0), at=LATER)

    assert close(ranked).closed_at == LATER


def test_who_accepted_may_still_leave_a_closed_round(ranked, match):
    accept(ranked, match)
    close(ranked)

    withdraw_person(candidate=ranked.amina, round=ranked.round, actor=person(ranked, 0), at=LATER)

    match.refresh_from_db()
    assert (match.end, Candidate.objects.get(pk=ranked.amina.pk).status) == ("candidate_withdrew", "active")


def test_a_firm_may_still_leave_a_closed_round_in_which_it_is_matched(ranked, match):
    accept(ranked, match)
    close(ranked)

    assert withdraw_post(post=ranked.posts[0], ground="The plant closes.", actor=TINA, at=LATER) == 1


def test_who_is_not_matched_finds_a_closed_round_closed(ranked, match):
    accept(ranked, match)
    close(ranked)

    with pytest.raises(Blocked) as refusal:
        withdraw_person(candidate=ranked.candidates[1], round=ranked.round, actor=person(ranked, 1), at=LATER)

    assert codes(refusal) == ["round_not_open"]


def test_the_file_of_a_match_is_not_given_out_before_one_was_confirmed(ranked):
    run = Run.objects.select_related("round__rules", "round__scheme").get(pk=run_match(ranked).pk)

    with pytest.raises(Blocked) as refusal:
        auditing.hand_out(run=run, actor=WATCHER, at=LATER)

    assert codes(refusal) == ["match_not_confirmed"]


def test_after_that_it_is(ranked, match):
    run = Run.objects.select_related("round__rules", "round__scheme").get(pk=match.run_id)

    assert auditing.hand_out(run=run, actor=WATCHER, at=LATER)[:2] == b"PK"


def test_a_person_reads_every_wish_of_theirs_in_its_order(ranked, match):
    lines = own_result(ranked.amina, ranked.round).lines

    posts = [ranked.posts[1].pk, ranked.posts[0].pk]
    assert [(each.post.pk, each.place, each.is_theirs) for each in lines] == [
        (posts[0], 0, False),
        (posts[1], 1, True),
    ]


def test_a_wish_that_named_nobody_reached_nobody(ranked, match):
    assert [each.is_reached for each in own_result(ranked.amina, ranked.round).lines] == [False, True]


def test_who_sent_no_wishes_has_none_to_read(ranked, match):
    found = own_result(ranked.candidates[2], ranked.round)

    assert (found.lines, found.is_named) == ((), False)


def test_an_offer_that_cannot_lapse_keeps_no_other_from_it(caplog, monkeypatch):
    made = make_round(posts=2, candidates=2)
    asked(made, {0: [0], 1: [1]})
    all_sent(made, wishes={0: [[0]], 1: [[1]]}, ranks={0: [[0]], 1: [[1]]})
    first, second = confirmed(made)
    late = offered(first).due_at + timedelta(days=1)
    offered(second, firm_actor(made, 1))
    real = offering.fall_through

    def stumbling(*, candidate, actor, at):
        if candidate.pk == first.candidate_id:
            raise Blocked(Finding("merged", "Merged"))
        real(candidate=candidate, actor=actor, at=at)

    monkeypatch.setattr(offering, "fall_through", stumbling)
    with caplog.at_level(logging.ERROR):
        lapsed = offering.lapse_offers(actor=TINA, at=late)

    assert (lapsed, len(caplog.records)) == (1, 1)


def test_a_matched_firm_may_leave_though_its_position_is_in_the_next_round(ranked, match):
    accept(ranked, match)
    close(ranked)
    RoundPost.objects.filter(pk=ranked.posts[0].pk).update(left_at=LATER, left_ground="round 2")

    assert withdraw_post(post=ranked.posts[0], ground="The plant closes.", actor=TINA, at=LATER) == 1
    assert withdraw_post(post=ranked.posts[0], ground="The plant closes.", actor=TINA, at=LATER) == 0


def test_who_left_is_told_nothing_of_a_match_made_without_them(ranked, match):
    withdraw_person(candidate=ranked.amina, round=ranked.round, actor=person(ranked, 0), at=LATER)
    rematched(ranked, LATER)

    assert own_result(ranked.amina, ranked.round).lines == ()

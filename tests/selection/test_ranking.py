"""Rankings of both sides: drafts, sent once, locked; only who met, and in time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.selection.making import BIANCA, BRUNO, NOON, STRANGER, TINA, WATCHER, Made, make_round
from tests.selection.matched import ASKED_AT, LATER, SAID_AT, asked, firm_actor, pair, person, sent
from tests.selection.meeting_days import accepted, published
from tests.selection.meeting_days import asked as asked_about
from tragitto.candidates.models import Candidate
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.selection.actions import available, ranking
from tragitto.selection.actions.booking import cancel, mark
from tragitto.selection.actions.matching import match_round
from tragitto.selection.actions.meeting_days import plan, publish_plan
from tragitto.selection.models import Ranking, RankingLine
from tragitto.selection.queries.meetings import slots_of
from tragitto.selection.queries.rankings import rankings_of, tiers_of, to_rank_by, to_rank_for
from tragitto.selection.vocabulary import MeetingState


@pytest.fixture
def made() -> Made:
    """Two posts; Amina at both, two others at the first; asked for rankings."""
    found = make_round(posts=2, candidates=3)
    asked(found, {0: [0, 1, 2], 1: [0]})
    return found


def save(made: Made, by, tiers, actor, *, rather_not=(), revision=0, at=SAID_AT) -> Ranking:
    return ranking.save_ranking(
        round=made.round, by=by, tiers=tiers, rather_not=rather_not, revision=revision, actor=actor, at=at
    )


def refused(kind, call) -> list[str]:
    with pytest.raises(kind) as refusal:
        call()
    return [each.code for each in refusal.value.findings]


def test_equals_share_a_tier_and_some_are_rather_not(made):
    first, second, third = (pair(made, 0, number).code for number in range(3))

    found = save(made, made.posts[0], [[first, second]], BRUNO, rather_not=[third])

    assert tiers_of(found) == {first: 1, second: 1, third: None}


def test_saved_again_it_replaces(made):
    first, second = (pair(made, post, 0).code for post in (0, 1))
    save(made, made.amina, [[first], [second]], person(made, 0))

    found = save(made, made.amina, [[second], [], [first]], person(made, 0), revision=1)

    assert (tiers_of(found), found.revision) == ({second: 1, first: 2}, 2)


def test_a_draft_saved_meanwhile_is_not_written_over(made):
    code = pair(made, 0, 0).code
    save(made, made.posts[0], [[code]], BRUNO)

    assert refused(Stale, lambda: save(made, made.posts[0], [], BRUNO)) == ["ranking_changed"]


def test_sent_it_is_changed_no_more(made):
    code = pair(made, 0, 0).code
    sent(made, made.posts[0], [[code]], BRUNO)

    again = lambda: save(made, made.posts[0], [], BRUNO, revision=1)  # noqa: E731
    assert refused(Blocked, again) == ["ranking_sent"]


def test_sent_twice_it_is_sent_once(made):
    found = sent(made, made.posts[0], [[pair(made, 0, 0).code]], BRUNO)

    again = ranking.send_ranking(ranking=found, revision=1, actor=BRUNO, at=SAID_AT + timedelta(hours=1))

    assert again.sent_at == SAID_AT


def test_the_database_locks_what_was_sent(made):
    found = sent(made, made.posts[0], [[pair(made, 0, 0).code]], BRUNO)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ranking.objects.filter(pk=found.pk).update(sent_by="somebody else")
    with pytest.raises(IntegrityError), transaction.atomic():
        RankingLine.objects.filter(ranking=found).update(tier=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        RankingLine.objects.filter(ranking=found).delete()


@pytest.mark.parametrize("actor", [BIANCA, STRANGER, TINA, WATCHER])
def test_nobody_else_ranks_for_a_firm(made, actor):
    assert refused(NotAllowed, lambda: save(made, made.posts[0], [], actor)) == ["not_of_the_firm"]


@pytest.mark.parametrize("actor", [BRUNO, STRANGER, TINA])
def test_nobody_else_ranks_for_a_person(made, actor):
    assert refused(NotAllowed, lambda: save(made, made.amina, [], actor)) == ["not_the_person"]


def test_one_is_named_once(made):
    code = pair(made, 0, 0).code

    assert refused(Blocked, lambda: save(made, made.posts[0], [[code], [code]], BRUNO)) == ["pair_twice"]


def test_only_ones_own_pairs_are_ranked(made):
    other = pair(made, 1, 0).code

    assert refused(Blocked, lambda: save(made, made.posts[0], [[other]], BRUNO)) == ["not_met"]


def test_after_the_term_it_is_too_late(made):
    assert refused(Blocked, lambda: save(made, made.posts[0], [], BRUNO, at=LATER)) == ["too_late"]


def test_at_the_last_moment_it_is_not(made):
    made.round.refresh_from_db()

    assert save(made, made.posts[0], [], BRUNO, at=made.round.rank_by).revision == 1


def test_who_left_is_not_sent_along(made):
    code = pair(made, 0, 0).code
    found = save(made, made.posts[0], [[code]], BRUNO)
    Candidate.objects.filter(pk=made.amina.pk).update(status="paused")

    send = lambda: ranking.send_ranking(ranking=found, revision=1, actor=BRUNO, at=SAID_AT)  # noqa: E731
    assert refused(Blocked, send) == ["pair_gone"]


def test_nothing_is_ranked_before_it_is_asked_for():
    made = make_round(posts=1, candidates=1)
    accepted(made, {0: [0]})

    assert refused(Blocked, lambda: save(made, made.posts[0], [], BRUNO)) == ["not_asked"]


def test_nobody_is_asked_where_nobody_accepted():
    made = make_round(posts=1, candidates=1)

    ask = lambda: ranking.ask_for_rankings(round=made.round, actor=TINA, at=ASKED_AT)  # noqa: E731
    assert refused(Blocked, ask) == ["nobody_to_rank"]


def test_the_watching_office_asks_nobody(made):
    ask = lambda: ranking.ask_for_rankings(round=made.round, actor=WATCHER, at=ASKED_AT)  # noqa: E731

    assert refused(NotAllowed, ask) == ["not_of_the_desk"]


def test_asked_again_the_term_stays(made):
    before = made.round.rank_by

    assert ranking.ask_for_rankings(round=made.round, actor=TINA, at=LATER).rank_by == before


def test_who_missed_the_meeting_is_not_ranked():
    made = make_round(posts=1, candidates=2)
    _day, (first, second) = published(made, {0: [0, 1]})
    at = max(first.ends_at, second.ends_at)
    mark(meeting=first, state=MeetingState.HELD, actor=TINA, at=at)
    mark(meeting=second, state=MeetingState.CANDIDATE_MISSED, actor=TINA, at=at)

    assert [each.pk for each in to_rank_for(made.posts[0], at=at)] == [first.shortlisted_id]
    assert [each.pk for each in to_rank_by(second.candidate, made.round, at=at)] == []


def test_who_cancelled_and_took_no_other_time_is_not_ranked():
    made = make_round(posts=1, candidates=1)
    _day, (meeting,) = published(made, {0: [0]})
    cancel(meeting=meeting, ground="", actor=person(made, 0), at=NOON)

    assert to_rank_for(made.posts[0], at=meeting.ends_at) == []


@pytest.mark.parametrize("whose", ["firm", "office"])
def test_whom_the_other_side_cost_the_meeting_can_be_ranked(whose):
    made = make_round(posts=1, candidates=1)
    _day, (meeting,) = published(made, {0: [0]})
    if whose == "firm":
        mark(meeting=meeting, state=MeetingState.EMPLOYER_MISSED, actor=TINA, at=meeting.ends_at)
    else:
        cancel(meeting=meeting, ground="No power", actor=TINA, at=NOON)

    assert len(to_rank_by(made.amina, made.round, at=meeting.ends_at)) == 1


def test_whom_no_time_was_found_for_can_be_ranked():
    made = make_round(posts=1, candidates=1)
    (row,) = accepted(made, {0: [0]})
    day = asked_about(made)
    *hours, last = [each.begins_at for each in slots_of(day)]
    available.say(day=day, who=made.amina, cannot=hours, actor=person(made, 0), at=NOON)
    available.say(day=day, who=made.firms[0], cannot=[last], actor=BRUNO, at=NOON)
    plan(day=day, actor=TINA, at=NOON + timedelta(hours=1))
    publish_plan(day=day, actor=TINA, at=NOON + timedelta(hours=2))

    assert to_rank_for(made.posts[0], at=LATER) == [row]


def test_before_the_meeting_nobody_is_ranked():
    made = make_round(posts=1, candidates=1)
    published(made, {0: [0]})

    assert to_rank_for(made.posts[0], at=NOON + timedelta(days=3)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_sees_who_has_sent_in_two_queries(count, django_assert_num_queries):
    made = make_round(posts=count, candidates=count)
    asked(made, {each: [each] for each in range(count)})
    sent(made, made.posts[0], [[pair(made, 0, 0).code]], firm_actor(made, 0))

    with django_assert_num_queries(2):
        found = rankings_of(made.round, at=SAID_AT)

    assert [each.is_sent for each in found] == [True, *[False] * (2 * count - 1)]


def test_more_time_is_given_to_who_sent_nothing_after_the_term(made):
    sent(made, made.amina, [[pair(made, 0, 0).code]], person(made, 0))
    at = made.round.rank_by + timedelta(hours=1)

    found = ranking.give_more_time(round=made.round, actor=TINA, at=at)

    assert found.rank_by == at + timedelta(days=3)
    assert sent(made, made.posts[0], [[pair(made, 0, 0).code]], BRUNO, at).sent_at == at
    late = lambda: ranking.give_more_time(round=made.round, actor=TINA, at=at)  # noqa: E731
    assert refused(Blocked, late) == ["still_ranking"]


def test_no_more_time_while_the_term_runs_for_the_watching_office_and_once_a_match_was_run(made):
    give = lambda who, at: ranking.give_more_time(round=made.round, actor=who, at=at)  # noqa: E731
    after = made.round.rank_by + timedelta(hours=1)
    assert refused(Blocked, lambda: give(TINA, SAID_AT)) == ["still_ranking"]
    assert refused(NotAllowed, lambda: give(WATCHER, after)) == ["not_of_the_desk"]

    sent(made, made.amina, [[pair(made, 0, 0).code]], person(made, 0))
    sent(made, made.posts[0], [[pair(made, 0, 0).code]], BRUNO)
    match_round(round=made.round, actor=TINA, at=after)

    assert refused(Blocked, lambda: give(TINA, after)) == ["matched_already"]

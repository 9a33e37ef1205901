"""Trying things out, and two runs side by side: nothing is touched, and every difference has its why."""

import pytest

from tests.candidates.making import NOON
from tests.selection.making import TINA, WATCHER, make_person_on_roster, make_round
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.selection.actions import posts, running, shortlisting
from tragitto.selection.models import RoundPost, Run, Shortlisted
from tragitto.selection.queries.runs import instance_of
from tragitto.selection.rules.changes import AddedPost, Changes
from tragitto.selection.rules.comparing import Side, differences
from tragitto.selection.rules.demands import Demands

pytestmark = pytest.mark.django_db


def tried(made, **changes) -> Run:
    return running.propose(round=made.round, changes=Changes(**changes), note="What if?", actor=TINA, at=NOON)


def sizes(run: Run) -> list[int]:
    return [len(each["candidates"]) for each in run.result["posts"]]


def told(first: Run, second: Run) -> list[tuple[str, bool, str]]:
    sides = [Side(instance_of(each), each.result) for each in (first, second)]
    return [(each.candidate, each.came, each.why) for each in differences(*sides)]


def test_another_number_of_people_for_each_seat():
    assert sizes(tried(make_round(posts=2, candidates=9), per_seat=1)) == [1, 1]


def test_other_seats():
    made = make_round(posts=2, candidates=9)

    assert sizes(tried(made, seats={made.posts[0].code: 2})) == [6, 3]


def test_one_position_more_and_one_fewer():
    made = make_round(posts=2, candidates=9)
    profile = made.posts[0].position.profile.code
    added = AddedPost(code="added", profile=profile, region=made.call.region.code, seats=1)

    found = tried(made, left_out=(made.posts[0].code,), added=(added,))

    assert [each["post"] for each in found.result["posts"]] == [made.posts[1].code, "added"]


def test_other_points():
    made = make_round(posts=1, candidates=1)

    found = tried(made, points={"experience": 0, "language": 7})

    ((line,),) = [each["candidates"] for each in found.result["posts"]]
    parts = {name: score for name, _units, _points, score in line["contributions"]}
    assert (parts["experience"], parts["language"]) == (0, 7)


def test_trying_out_touches_nothing():
    made = make_round(posts=2, candidates=3)
    before = list(RoundPost.objects.values_list("seats", "left_at"))

    tried(made, seats={made.posts[0].code: 2}, left_out=(made.posts[1].code,))

    assert list(RoundPost.objects.values_list("seats", "left_at")) == before
    assert Shortlisted.objects.count() == 0


def test_nothing_of_it_is_taken_up():
    found = tried(make_round(posts=1, candidates=3), per_seat=1)

    with pytest.raises(Blocked) as error:
        shortlisting.take_up(run=found, actor=TINA, at=NOON)

    assert [each.code for each in error.value.findings] == ["what_if"]


def test_it_says_why_it_was_tried():
    made = make_round(posts=1, candidates=1)

    with pytest.raises(Blocked) as error:
        running.propose(round=made.round, changes=Changes(per_seat=1), note=" ", actor=TINA, at=NOON)

    assert [each.code for each in error.value.findings] == ["note_missing"]


def test_a_draft_may_be_tried_out():
    assert sizes(tried(make_round(posts=1, candidates=3, is_published=False), per_seat=2)) == [2]


def test_who_watches_tries_nothing_out():
    made = make_round(posts=1, candidates=1)

    with pytest.raises(NotAllowed):
        running.propose(round=made.round, changes=Changes(per_seat=1), note="?", actor=WATCHER, at=NOON)


def test_the_same_again_gives_the_same_for_what_was_tried_out():
    found = tried(make_round(), per_seat=2, points={"language": 1})

    assert running.rerun(run=found, actor=TINA, at=NOON).is_same


def test_two_equal_runs_differ_in_nothing():
    made = make_round(posts=1, candidates=3)

    first, second = (running.propose(round=made.round, actor=TINA, at=NOON) for _time in range(2))

    assert told(first, second) == []


def test_who_no_longer_suits_went_with_the_reason():
    made = make_round(posts=1, candidates=3)
    first = running.propose(round=made.round, actor=TINA, at=NOON)
    demands = Demands(least_levels={"it": "A2"}, must_skills=["weld-135"])
    posts.state_post(post=made.posts[0], demands=demands, seats=1, actor=TINA, at=NOON)
    second = running.propose(round=made.round, actor=TINA, at=NOON)

    sides = [Side(instance_of(each), each.result) for each in (first, second)]
    found = differences(*sides)

    assert {(each.came, each.why) for each in found} == {(False, "not_eligible_now")}
    assert [[reason.code for reason in each.reasons] for each in found] == [["skills"]] * 3


def test_who_is_new_came():
    made = make_round(posts=1, candidates=1)
    first = running.propose(round=made.round, actor=TINA, at=NOON)
    new = make_person_on_roster(made.scheme, 5, 9)
    second = running.propose(round=made.round, actor=TINA, at=NOON)

    assert told(first, second) == [(new.code, True, "new_person")]
    assert told(second, first) == [(new.code, False, "gone_person")]


def test_a_post_that_takes_part_in_one_run_alone():
    made = make_round(posts=2, candidates=1)
    first = running.propose(round=made.round, actor=TINA, at=NOON)

    second = tried(made, left_out=(made.posts[0].code,))

    assert told(first, second) == [(made.amina.code, False, "no_post")]


def test_fewer_places_are_told_as_evenness():
    made = make_round(posts=1, candidates=3)
    first = running.propose(round=made.round, actor=TINA, at=NOON)

    second = tried(made, per_seat=2)

    assert told(first, second) == [(made.candidates[2].code, False, "evenness")]

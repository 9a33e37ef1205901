"""The pages of runs at the desk: made, read, repeated, tried out, compared, handed out."""

import io
import re
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import BRUNO, NOON, OUTSIDER, TINA, WATCHER, make_round, signed_in
from tragitto.ledger.models import Entry
from tragitto.selection.actions import posts, running
from tragitto.selection.models import Run
from tragitto.selection.rules import audit
from tragitto.selection.rules.changes import Changes
from tragitto.selection.rules.demands import Demands
from tragitto.selection.rules.solved import Solved
from tragitto.selection.rules.solving import SOLVERS
from tragitto.selection.vocabulary import RunKind

pytestmark = pytest.mark.django_db
PAGES = ("run", "run_why")


@pytest.fixture
def made():
    return make_round(posts=2, candidates=4)


@pytest.fixture
def run(made) -> Run:
    return running.propose(round=made.round, actor=TINA, at=NOON)


def body(answer) -> str:
    return answer.content.decode()


def at(name: str, *args: str) -> str:
    return reverse(f"office:{name}", args=args)


def test_the_desk_runs_a_round(made):
    answer = signed_in(TINA).post(at("run_begin", made.round.code))

    assert answer["Location"] == at("run", made.round.code, Run.objects.get().code)


def test_who_watches_reads_runs_and_makes_none(made, run):
    watcher = signed_in(WATCHER)

    assert watcher.get(at("run", made.round.code, run.code)).status_code == 200
    assert watcher.post(at("run_begin", made.round.code)).status_code == 403
    assert "Propose shortlists" not in body(watcher.get(at("round_runs", made.round.code)))


def test_the_wrong_people_see_no_run(made, run):
    address = at("run", made.round.code, run.code)

    assert signed_in(OUTSIDER).get(address).status_code == 404
    assert signed_in(BRUNO).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_run_of_another_round_is_not_there(made, run):
    other = make_round(posts=1, candidates=0)

    assert signed_in(TINA).get(at("run", other.round.code, run.code)).status_code == 404


def test_a_run_shows_people_by_their_codes_alone(made, run):
    page = body(signed_in(TINA).get(at("run", made.round.code, run.code)))

    assert [each.code for each in made.candidates if each.code not in page] == []
    assert made.amina.identity.surnames not in page


def test_a_run_says_its_proof_in_words(made, run):
    page = body(signed_in(WATCHER).get(at("run", made.round.code, run.code)))

    assert "An independent check of the result found no fault." in page
    assert run.result_hash in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_runs_costs_as_much_for_one_as_for_three(made, rows, django_assert_num_queries):
    for _number in range(rows):
        running.propose(round=made.round, actor=TINA, at=NOON)
    client = signed_in(WATCHER)
    client.get(at("round_runs", made.round.code))

    with django_assert_num_queries(9):
        client.get(at("round_runs", made.round.code))


def test_running_again_says_that_the_same_came_out(made, run):
    answer = signed_in(WATCHER).post(at("run_again", made.round.code, run.code), follow=True)

    assert "the same came out, to the last byte" in body(answer)


def test_running_again_says_that_something_else_came_out(made, run, monkeypatch):
    monkeypatch.setitem(SOLVERS, RunKind.SHORTLISTS, lambda *_given: Solved({"posts": []}, {}))

    answer = signed_in(WATCHER).post(at("run_again", made.round.code, run.code), follow=True)

    assert "something else came out" in body(answer)


def why(made, run, candidate: str, post: str):
    address = at("run_why", made.round.code, run.code)
    return signed_in(WATCHER).get(address, {"candidate": candidate, "post": post})


def test_a_pair_that_suits_says_what_counted(made, run):
    page = body(why(made, run, made.amina.code.lower(), made.posts[0].code))

    assert "Suits the position" in page
    assert "person-0001" in page


def test_a_pair_that_does_not_suit_says_every_reason(made):
    demands = Demands(least_levels={"it": "C1"}, must_skills=["weld-135"])
    posts.state_post(post=made.posts[0], demands=demands, seats=1, actor=TINA, at=NOON)
    run = running.propose(round=made.round, actor=TINA, at=NOON)

    page = body(why(made, run, made.amina.code, made.posts[0].code))

    assert "Does not suit the position" in page
    assert len(re.findall(r"level asked C1|Skills missing", page)) == 2


def test_who_was_not_in_the_run_is_said_so(made, run):
    answer = why(made, run, "C-NOBODY", made.posts[0].code)

    assert answer.status_code == 422
    assert "was not in the run" in body(answer)


def test_something_is_tried_out(made):
    answer = signed_in(TINA).post(
        at("what_if", made.round.code), {"note": "Fewer people?", "per_seat": "1", "points_language": "5"}
    )

    tried = Run.objects.get()
    assert answer["Location"] == at("run", made.round.code, tried.code)
    assert (tried.is_what_if, tried.parameters["changes"]) == (
        True,
        {"per_seat": 1, "points": {"language": 5}},
    )


def test_one_position_more_is_tried_out(made):
    profile, region = made.posts[0].position.profile.code, made.call.region.code

    signed_in(TINA).post(
        at("what_if", made.round.code),
        {"note": "One firm more?", "added_profile": profile, "added_region": region, "added_level": "A2"},
    )

    assert [each["post"] for each in Run.objects.get().result["posts"]][-1] == "added"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"note": "?"}, "Change something to try it out."),
        ({"note": "?", "added_profile": "x"}, "Select a valid choice"),
        ({"per_seat": "1"}, "This field is required."),
    ],
)
def test_what_cannot_be_tried_is_said(made, given, said):
    answer = signed_in(TINA).post(at("what_if", made.round.code), given)

    assert answer.status_code == 422
    assert said in body(answer)


def test_who_watches_tries_nothing_out(made):
    answer = signed_in(WATCHER).post(at("what_if", made.round.code), {"note": "?", "per_seat": "1"})

    assert (answer.status_code, Run.objects.count()) == (403, 0)


def test_two_runs_are_compared(made, run):
    tried = running.propose(round=made.round, changes=Changes(per_seat=1), note="Fewer?", actor=TINA, at=NOON)

    page = body(
        signed_in(WATCHER).get(at("compare_runs", made.round.code), {"first": run.code, "second": tried.code})
    )

    assert "Lists were filled otherwise, so that people are seen evenly" in page


def test_equal_runs_are_said_to_be_equal(made, run):
    same = running.propose(round=made.round, actor=TINA, at=NOON)

    page = body(
        signed_in(WATCHER).get(at("compare_runs", made.round.code), {"first": run.code, "second": same.code})
    )

    assert "Both propose the same people for the same positions." in page


def test_a_run_that_is_not_of_the_round_is_not_compared(made, run):
    answer = signed_in(WATCHER).get(
        at("compare_runs", made.round.code), {"first": run.code, "second": "RN-X"}
    )

    assert answer.status_code == 422


def test_the_file_of_a_run_is_handed_out_whole(made, run):
    answer = signed_in(WATCHER).post(at("run_file", made.round.code, run.code))

    assert audit.faults_in(answer.content) == []
    assert answer["Content-Disposition"] == f'attachment; filename="{run.code}.zip"'
    assert Entry.objects.filter(verb="run.handed_out").count() == 1
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()[0] == "README.txt"


def test_a_stranger_takes_no_file_out(made, run):
    address = at("run_file", made.round.code, run.code)

    assert Client().post(address).status_code == 302
    assert signed_in(OUTSIDER).post(address).status_code == 404

"""Runs: what goes in, what comes out, the same again, and who may ask for them."""

import pytest

from tests.candidates.making import NOON
from tests.selection.making import OUTSIDER, RITA, TINA, WATCHER, make_round
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.selection.actions import rounds, running
from tragitto.selection.models import Adoption, Run
from tragitto.selection.queries.runs import instance_of, newest, run_for, runs_of, to_take_up
from tragitto.selection.rules import solving
from tragitto.selection.rules.solved import Solved, hash_of
from tragitto.selection.vocabulary import RunKind
from tragitto_matching.hashing import instance_hash

pytestmark = pytest.mark.django_db


def lists(run: Run) -> dict[str, list[str]]:
    return {each["post"]: [line["candidate"] for line in each["candidates"]] for each in run.result["posts"]}


def test_a_run_proposes_so_many_people_for_each_seat():
    made = make_round(posts=2, candidates=9)

    found = running.propose(round=made.round, actor=TINA, at=NOON)

    assert [len(each) for each in lists(found).values()] == [3, 3]


def test_everybody_is_seen_before_anybody_is_seen_twice():
    made = make_round(posts=3, candidates=9)

    found = running.propose(round=made.round, actor=TINA, at=NOON)

    assert found.result["looks"] == {each.code: 1 for each in made.candidates}


def test_the_parts_of_a_score_add_up_to_it():
    made = make_round(posts=1, candidates=3)

    found = running.propose(round=made.round, actor=TINA, at=NOON)

    lines = found.result["posts"][0]["candidates"]
    assert [sum(part[3] for part in each["contributions"]) for each in lines] == [x["score"] for x in lines]


def test_who_comes_next_is_kept_with_the_run():
    made = make_round(posts=1, candidates=9)

    found = running.propose(round=made.round, actor=TINA, at=NOON)

    (first,) = found.result["posts"]
    assert [each["candidate"] for each in first["candidates"]] == [each.code for each in made.candidates[:3]]
    assert [each["candidate"] for each in first["waiting"]] == [each.code for each in made.candidates[3:6]]


def test_the_same_again_gives_the_same_bytes():
    made = make_round()
    found = running.propose(round=made.round, actor=TINA, at=NOON)

    again = running.rerun(run=found, actor=TINA, at=NOON)

    assert (again.is_same, again.result_hash) == (True, found.result_hash)


def test_two_runs_of_the_same_round_have_the_same_hashes():
    made = make_round()

    first, second = (running.propose(round=made.round, actor=TINA, at=NOON) for _time in range(2))

    assert (first.instance_hash, first.result_hash) == (second.instance_hash, second.result_hash)
    assert (first.number, second.number) == (1, 2)


def test_a_run_that_would_come_out_otherwise_is_found_out(monkeypatch):
    made = make_round()
    found = running.propose(round=made.round, actor=TINA, at=NOON)
    monkeypatch.setitem(solving.SOLVERS, RunKind.SHORTLISTS, lambda *_given: Solved({"posts": []}, {}))

    again = running.rerun(run=found, actor=TINA, at=NOON)

    assert again.is_same is False
    assert Entry.objects.get(verb="run.repeated").facts["same"] is False


def test_a_run_that_an_earlier_version_of_the_engine_made_is_repeated_under_its_own_hash():
    made = make_round()
    now = running.propose(round=made.round, actor=TINA, at=NOON)
    kept = {each.name: getattr(now, each.name) for each in Run._meta.concrete_fields if not each.primary_key}
    asked = (now.instance_hash, now.kind, now.parameters, now.result)
    earlier = {"engine": "1", "code": "RN-EARLIER", "number": 2, "result_hash": hash_of(*asked, engine="1")}

    again = running.rerun(run=Run.objects.create(**kept | earlier), actor=TINA, at=NOON)

    assert (again.is_same, again.made_by, again.engine) == (True, "1", "2")


def test_a_result_with_a_fault_is_not_kept(monkeypatch):
    made = make_round()
    solver = lambda *_given: Solved({"posts": []}, {"faults": ["Somebody is on a list twice."]})  # noqa: E731
    monkeypatch.setitem(solving.SOLVERS, RunKind.SHORTLISTS, solver)

    with pytest.raises(Blocked) as error:
        running.propose(round=made.round, actor=TINA, at=NOON)

    assert [each.code for each in error.value.findings] == ["proof_failed"]
    assert Run.objects.count() == 0


def test_what_went_in_is_kept_as_it_was():
    made = make_round(posts=1, candidates=2)
    found = running.propose(round=made.round, actor=TINA, at=NOON)
    made.candidates[0].profiles.update(years=0)

    kept = instance_of(Run.objects.get(pk=found.pk))

    assert instance_hash(kept) == found.instance_hash
    assert kept.candidates.years.max() > 0


@pytest.mark.parametrize("actor", [WATCHER, OUTSIDER], ids=["who watches", "without a duty"])
def test_others_run_nothing(actor):
    made = make_round(posts=1, candidates=1)

    with pytest.raises(NotAllowed):
        running.propose(round=made.round, actor=actor, at=NOON)


def test_who_has_no_duty_repeats_no_run():
    made = make_round(posts=1, candidates=1)
    found = running.propose(round=made.round, actor=RITA, at=NOON)

    with pytest.raises(NotAllowed):
        running.rerun(run=found, actor=OUTSIDER, at=NOON)


def test_a_draft_and_a_closed_round_are_not_run():
    draft, under_way = (
        make_round(posts=1, candidates=1, is_published=False),
        make_round(posts=1, candidates=0),
    )
    closed = rounds.close_round(round=under_way.round, actor=TINA, at=NOON)

    for each in (draft.round, closed):
        with pytest.raises(Blocked) as error:
            running.propose(round=each, actor=TINA, at=NOON)
        assert [finding.code for finding in error.value.findings] == ["round_not_open"]


def test_a_round_without_posts_is_not_run():
    made = make_round(posts=0, candidates=1)

    with pytest.raises(Blocked) as error:
        running.propose(round=made.round, actor=TINA, at=NOON)

    assert [each.code for each in error.value.findings] == ["no_posts"]


def test_what_is_taken_up_waits_no_longer():
    made = make_round(posts=1, candidates=1)
    found = running.propose(round=made.round, actor=TINA, at=NOON)
    assert list(to_take_up(made.round)) == [found]

    Adoption.objects.create(run=found, adopted_at=NOON, adopted_by=TINA.code)

    assert list(to_take_up(made.round)) == []


def test_runs_are_listed_newest_first_and_found_by_who_may_see_them():
    made = make_round(posts=1, candidates=1)
    first, second = (running.propose(round=made.round, actor=TINA, at=NOON) for _time in range(2))

    assert list(runs_of(made.round)) == [second, first]
    assert newest(made.round, RunKind.SHORTLISTS) == second
    assert run_for(WATCHER, first.code) == first
    with pytest.raises(LookupError):
        run_for(OUTSIDER, first.code)


def test_the_ledger_says_what_was_run_and_names_nobody():
    made = make_round(posts=1, candidates=1)

    found = running.propose(round=made.round, actor=TINA, at=NOON)

    facts = Entry.objects.get(verb="run.made").facts
    assert facts == {"run": found.code, "kind": "shortlists", "what_if": False, "result": found.result_hash}

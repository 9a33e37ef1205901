"""The check refuses every lie of `forging`, and its judges share no line with what they judge."""

import ast
import copy
from pathlib import Path

import numpy as np
import pytest

from tests.house.reading import SRC
from tests.matching import forging
from tests.matching.forging import CROSSED, INSTANCE, LARGEST, MATCH, printed, sealed
from tests.matching.made_up import small
from tests.matching.made_up_lists import WAYS, rounds
from tragitto_matching import commands_check, pairs_check, ranking_check
from tragitto_matching.explaining import contributions, why_not
from tragitto_matching.lottery import lots
from tragitto_matching.stable import match
from tragitto_matching.stable_check import reached, unserved

RESULTS = {
    "pairs": (INSTANCE, printed("pairs"), forging.PAIRS),
    "shortlists": (INSTANCE, printed("shortlists", per_seat=3), forging.SHORTLISTS),
    "assign": (INSTANCE, printed("assign"), forging.ASSIGN),
    "match": (CROSSED, printed("match", CROSSED, **MATCH), forging.MATCHES),
    "largest": (CROSSED, printed("match", CROSSED, **LARGEST), forging.LARGEST_LIES),
    "timetable": (INSTANCE, printed("timetable", slots=0, per_seat=3), forging.TIMETABLE),
}
LIES = [(kind, lie) for kind, (_, _, lies) in RESULTS.items() for lie in lies]


def judged(kind: str, lie: str) -> list[str]:
    instance, made, lies = RESULTS[kind]
    made = copy.deepcopy(made)
    lies[lie](made)
    return commands_check.faults(instance, sealed(made))


@pytest.mark.parametrize("kind", RESULTS)
def test_what_was_not_forged_is_right(kind):
    instance, made, _ = RESULTS[kind]

    assert commands_check.faults(instance, sealed(copy.deepcopy(made))) == []


@pytest.mark.parametrize(("kind", "lie"), LIES)
def test_every_lie_is_refused(kind, lie):
    assert judged(kind, lie) != []


@pytest.mark.parametrize(
    ("kind", "lie", "sentence"),
    [
        ("pairs", "a pair that is none", "C0 is not eligible for P0."),
        ("pairs", "a pair left out", "C35 is left out though eligible for P0."),
        ("pairs", "a point more", "C18 has another score for P0."),
        (
            "shortlists",
            "a worse total, prices that wrap",
            "The prices do not prove that the total score is the greatest.",
        ),
        ("shortlists", "a list turned round", "A list is not in the order of the scores."),
        (
            "assign",
            "nobody anywhere",
            "The prices do not prove that this is best: another might score up to 253 more.",
        ),
        (
            "assign",
            "nobody anywhere, scale 0",
            "The scale 0 is no number of units to a point that can be computed with.",
        ),
        (
            "match",
            "best for the others",
            "Another stable match is better for candidates: C11, C23 would change places.",
        ),
        ("match", "of another lot", "The cutoffs are not those of the match."),
        (
            "largest",
            "a friend put first",
            "Who was put first among equals is not who would have gone without a post.",
        ),
        ("largest", "cutoffs of nobody", "The cutoffs are not those of the match."),
        ("timetable", "nobody meets, and it says so", "Meetings wait though there are slots enough for all."),
        ("timetable", "fewer asked for", "The slots are 1000, and not those asked for or the fewest."),
    ],
)
def test_a_lie_is_told_in_one_sentence(kind, lie, sentence):
    assert judged(kind, lie) == [sentence]


def test_a_timetable_of_too_few_slots_is_right_and_one_that_leaves_a_slot_unused_is_not():
    made = printed("timetable", slots=2, per_seat=3)
    idle = copy.deepcopy(made)
    forging.nobody_meets(idle)

    assert made["waiting"] > 0
    assert commands_check.faults(INSTANCE, made) == []
    assert commands_check.faults(INSTANCE, sealed(idle)) == [
        "A meeting waits though both sides are free in one of the slots."
    ]


@pytest.mark.parametrize("kind", ["pairs", "shortlists", "assign", "match", "timetable"])
def test_results_of_many_small_instances_are_right(kind):
    asked = {
        "shortlists": {"per_seat": 2},
        "match": {"proposing": "posts", "ties": "largest", "seed": 5},
        "timetable": {"slots": 0, "per_seat": 2},
    }
    for seed in range(40):
        instance = small(seed, seed % 15, seed % 9)
        made = printed(kind, instance, **asked.get(kind, {}))
        assert commands_check.faults(instance, made) == [], seed


def test_the_pairs_of_the_judge_are_those_that_are_explained():
    """Every cell of two hundred instances: eligible where nothing stands against it, its parts adding up."""
    cells = 0
    for seed in range(200):
        instance = small(seed, 4 + seed % 9, 2 + seed % 5)
        found = pairs_check.eligible(instance)
        post = np.repeat(np.arange(found.posts), np.diff(found.ptr))
        scored = dict(
            zip(zip(found.candidate.tolist(), post.tolist(), strict=True), found.score.tolist(), strict=True)
        )
        for who, to in np.ndindex(len(instance.candidates.codes), found.posts):
            cells += 1
            score = None
            if not why_not(instance, who, to):
                score = sum(part.score for part in contributions(instance, who, to))
            assert scored.get((who, to)) == score, (seed, who, to)
    assert cells > 6_000


def test_the_lots_of_the_judge_are_those_of_the_lottery():
    for seed in (0, 1, 2026, 2**64 - 1):
        assert ranking_check.lots(seed, 500) == lots(seed, 500).tolist()


@pytest.mark.parametrize("side", ["candidates", "posts"])
def test_a_stable_match_is_best_for_a_side_exactly_where_no_ring_is_found(side):
    """Every stable match of ten thousand small rounds, one match of each at a time."""
    many = rounds(10_000, 21)
    lists, stable = many.rankings(), many.stable()
    best = many.way_of(match(lists, many.all_seats, proposing=side).post_of)
    chance = np.random.default_rng(3)
    way = np.where(stable, chance.random(stable.shape), -1).argmax(axis=1)
    others = 0
    for at in np.flatnonzero(way != best).tolist() + np.flatnonzero(way == best)[:300].tolist():
        one = rounds_of(many, at)
        post_of = WAYS[way[at]].astype(np.int32)
        ring = unserved(one.rankings(), one.all_seats, post_of, side)
        assert bool(ring) == (way[at] != best[at]), at
        others += bool(ring)
    assert others > 100


def rounds_of(many, at):
    """One of the rounds alone."""
    part = slice(at, at + 1)
    return type(many)(
        wish=many.wish[part], place=many.place[part], mutual=many.mutual[part], seats=many.seats[part]
    )


def test_all_best_matches_at_once_have_no_ring():
    many = rounds(10_000, 22)
    lists = many.rankings()

    for side in ("candidates", "posts"):
        made = match(lists, many.all_seats, proposing=side)
        assert unserved(lists, many.all_seats, made.post_of, side) == []
        assert reached(lists, many.all_seats, made.post_of) == made.cutoffs.tolist()


def test_a_judge_takes_from_the_pairs_their_form_alone():
    """The import contract forbids what makes answers; `pairs` has both the form and a maker."""
    taken = {}
    for path in sorted(Path(SRC / "tragitto_matching").glob("*.py")):
        is_judge = path.stem.endswith("_check") or path.stem in {"certificate", "judging", "commands_claimed"}
        for node in ast.walk(ast.parse(path.read_text())) if is_judge else ():
            if isinstance(node, ast.ImportFrom) and node.module == "tragitto_matching.pairs":
                taken[path.stem] = [alias.name for alias in node.names]

    assert set(map(tuple, taken.values())) == {("Pairs",)}

"""Ranked lists out of scored pairs, and the stable match out of ranked lists: the engine and its peers.

Scores rank, lots settle equals; the engine's time
for the match includes the search for blocking pairs. What a peer makes of the lists before it solves
(dictionaries of lists) is made before the clock starts; candidates propose.
"""

import hashlib
import sys
from typing import Any

import numpy as np
from benchmarks.matching.made_up import of_size, scored
from benchmarks.matching.measuring import Trial

from tragitto_matching.instance import Ints
from tragitto_matching.kernels import numpy_only
from tragitto_matching.ranking import Rankings, by_score
from tragitto_matching.stable import StableMatch, match
from tragitto_matching.stable_check import blocking_pairs

SEED = 2_026


def ranked(size: str) -> Trial:
    """Both sides' lists from scored pairs."""
    made, pairs = of_size(size), scored(size)

    def run() -> Rankings:
        return by_score(pairs, instance=made, seed=SEED)

    def answer(lists: Rankings) -> dict[str, Any]:
        return {"pairs": len(lists.post), "digest": _digest(lists.post, lists.candidate, lists.wish)}

    return Trial(run, answer, run)


def ranked_cold(size: str) -> Trial:
    """The same, the first time in a process, to which the system has yet to give the memory."""
    return ranked(size)._replace(warm=None, runs=1)


def engine(size: str, proposing: Any = "candidates", ties: Any = "lottery") -> Trial:
    """The stable match and its check."""
    lists, seats = _lists(size)

    def run() -> StableMatch:
        made = match(lists, seats, proposing=proposing, ties=ties)
        if blocking_pairs(made.rankings, seats, made.post_of):
            raise AssertionError("a pair blocks")
        return made

    return Trial(run, lambda made: _answer(made.post_of), run)


def numpy(size: str) -> Trial:
    """The path without compiled kernels, check included."""
    lists, seats = _lists(size)

    def run() -> StableMatch:
        with numpy_only():
            made = match(lists, seats)
            blocking_pairs(made.rankings, seats, made.post_of)
        return made

    return Trial(run, lambda made: _answer(made.post_of))


def matching(size: str) -> Trial:
    """The package `matching` as its documentation shows it: a game out of dictionaries, solved."""
    from matching.games import HospitalResident

    lists, seats = _lists(size)
    candidates, posts = _named(lists)
    capacities = {post: int(seats[post]) for post in posts}
    # A game copies its players deeply, each with the players of its list.
    sys.setrecursionlimit(1_000_000)

    def run() -> Any:
        return HospitalResident.create_from_dictionaries(candidates, posts, capacities).solve()

    return Trial(run, lambda solved: _answer(_held(lists, solved)))


def matching_inside(size: str) -> Trial:
    """The algorithm inside `matching`, with the players made and nothing checked."""
    from matching import Player
    from matching.algorithms.hospital_resident import hospital_resident
    from matching.players import Hospital

    lists, seats = _lists(size)
    candidates, posts = _named(lists)

    def run() -> Any:
        people = {i: Player(i) for i in candidates}
        places = {j: Hospital(j, int(seats[j])) for j in posts}
        for i, listed in candidates.items():
            people[i].set_prefs([places[j] for j in listed])
        for j, listed in posts.items():
            places[j].set_prefs([people[i] for i in listed])
        return hospital_resident(list(people.values()), list(places.values()))

    return Trial(run, lambda solved: _answer(_held(lists, solved)))


def algmatch(size: str) -> Trial:
    """The package `algmatch`."""
    from algmatch import HR

    lists, seats = _lists(size)
    candidates, posts = _named(lists)
    given = {
        "residents": {i + 1: [j + 1 for j in row] for i, row in candidates.items()},
        "hospitals": {
            j + 1: {"capacity": int(seats[j]), "preferences": [i + 1 for i in listed]}
            for j, listed in posts.items()
        },
    }
    games = [HR(dictionary=given, optimised_side="residents")]

    def run() -> Any:
        return (games or [HR(dictionary=given, optimised_side="residents")]).pop().get_stable_matching()

    def answer(solved: Any) -> dict[str, Any]:
        pairs = solved["resident_sided"].items()
        return _answer(_posts_of(lists, {int(i[1:]) - 1: int(j[1:]) - 1 for i, j in pairs if j}))

    return Trial(run, answer)


def socialchoicekit(size: str) -> Trial:
    """The package `socialchoicekit`, which takes tables of everybody by every post."""
    from socialchoicekit.deterministic_matching import GaleShapley

    lists, seats = _lists(size)
    theirs = np.full((lists.candidates, lists.posts), np.nan)
    ours = np.full((lists.posts, lists.candidates), np.nan)
    owner = np.repeat(np.arange(lists.candidates), np.diff(lists.candidate_ptr))
    theirs[owner, lists.post] = np.arange(len(owner)) - lists.candidate_ptr[owner] + 1
    ours[lists.post, owner] = lists.place + 1

    def run() -> Any:
        return GaleShapley(zero_indexed=True).scf(theirs, ours, seats.copy())

    return Trial(run, lambda pairs: _answer(_posts_of(lists, {int(i): int(j) for i, j in pairs})))


def _lists(size: str) -> tuple[Rankings, Ints]:
    made = of_size(size)
    lists = by_score(scored(size), instance=made, seed=SEED)
    return lists, made.posts.seats


def _named(lists: Rankings) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The lists as dictionaries; peers want nobody without a list."""
    both = []
    for ptr, entries in ((lists.candidate_ptr, lists.post), (lists.post_ptr, lists.candidate)):
        rows = np.split(entries, ptr[1:-1])
        both.append({number: row.tolist() for number, row in enumerate(rows) if len(row)})
    return both[0], both[1]


def _held(lists: Rankings, solved: Any) -> Ints:
    """The answer of `matching`: posts with their players."""
    return _posts_of(lists, {one.name: post.name for post, players in solved.items() for one in players})


def _posts_of(lists: Rankings, held: dict[int, int]) -> Ints:
    post_of = np.full(lists.candidates, -1, np.int32)
    for candidate, post in held.items():
        post_of[candidate] = post
    return post_of


def _answer(post_of: Ints) -> dict[str, Any]:
    return {"placed": int((post_of >= 0).sum()), "digest": _digest(post_of)}


def _digest(*arrays: Ints) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(array.astype("<i4").tobytes())
    return digest.hexdigest()[:12]

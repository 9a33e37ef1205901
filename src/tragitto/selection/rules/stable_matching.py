"""A run of the match: no person and no post would both rather have each other; checked apart. Pure."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np

from tragitto.selection.rules.solved import Solved
from tragitto_matching import ranking, rematching, stable, stable_check
from tragitto_matching.cutoffs import own_list, verify
from tragitto_matching.instance import Instance, Ints
from tragitto_matching.lottery import seed_of
from tragitto_matching.ranking_lists import Rankings


def solve(_instance: Instance, parameters: Mapping[str, Any]) -> Solved:
    """The match that `parameters` ask for.

    `people` = the codes in the order in which lots are drawn; `posts` = [[code, seats], …] in the order of
    filing; `wishes` = {person: [[post, …], …]} and `ranks` = {post: [[person, …], …]}, tiers of equals, the
    best first; `proposing`, `ties`; `seed` = the number of the lot as it was deposited.

    With `again` the match is made anew after somebody left, so that as few as possible move: `before` =
    {person: post}, `gone` = people who left or whose offer stands, `seats` = {post: seats for the others}, 0
    for a post that left.
    """
    people, posts = parameters["people"], [code for code, _seats in parameters["posts"]]
    seats = np.array([count for _code, count in parameters["posts"]], dtype=np.int32)
    found = stable.match(
        _rankings(people, posts, parameters),
        seats,
        proposing=parameters["proposing"],
        ties=parameters["ties"],
    )
    if "again" in parameters:
        return _again(found.rankings, people, posts, parameters["again"])
    result = _told(found.rankings, found.post_of, found.cutoffs, people, posts)
    unverified = _unverified(found.rankings, found.post_of, found.cutoffs, ())
    proof = _proof(found.rankings, seats, found.post_of, unverified)
    return Solved(result | {"proposals": int(found.proposals)}, proof)


def _rankings(people: list[str], posts: list[str], parameters: Mapping[str, Any]) -> Rankings:
    who = {code: at for at, code in enumerate(people)}
    where = {code: at for at, code in enumerate(posts)}
    return ranking.from_lists(
        [_listed(parameters["wishes"].get(code, ()), where) for code in people],
        [_listed(parameters["ranks"].get(code, ()), who) for code in posts],
        seed=seed_of(parameters["seed"]),
    )


def _listed(tiers: Iterable[Iterable[str]], known: Mapping[str, int]) -> list[list[int]]:
    found = [[known[code] for code in tier if code in known] for tier in tiers]
    return [tier for tier in found if tier]


def _again(lists: Rankings, people: list[str], posts: list[str], asked: Mapping[str, Any]) -> Solved:
    """First who left frees their seats, then posts let go whom they cannot keep: two steps, each proven."""
    who = {code: at for at, code in enumerate(people)}
    where = {code: at for at, code in enumerate(posts)}
    gone = sorted(who[code] for code in asked["gone"])
    lists = _without(lists, [], {(who[person], where[post]) for person, post in asked["barred"]})
    before = np.full(len(people), -1, dtype=np.int32)
    for person, post in asked["before"].items():
        before[who[person]] = where[post]
    seats = np.array([asked["seats"][code] for code in posts], dtype=np.int32)
    staying = before.copy()
    staying[gone] = -1
    there = np.bincount(staying[staying >= 0], minlength=len(posts)).astype(np.int32)
    # Nobody comes to a post that is about to let somebody go.
    first = rematching.after_withdrawal(lists, np.maximum(seats, there), before, gone)
    last = rematching.after_closing(lists, seats, first.post_of, gone)
    why = {move.candidate: move for step in (first, last) for move in step.moved}
    moves = [
        {
            "candidate": people[at],
            "had": _code(posts, before[at]),
            "has": _code(posts, last.post_of[at]),
            "why": why[at].why,
        }
        for at in np.flatnonzero(before != last.post_of).tolist()
    ]
    result = _told(lists, last.post_of, last.cutoffs, people, posts) | {"moves": moves}
    unverified = _unverified(lists, last.post_of, last.cutoffs, gone)
    return Solved(result, _proof(_without(lists, gone), seats, last.post_of, unverified))


def _told(
    lists: Rankings, post_of: Ints, cutoffs: Ints, people: list[str], posts: list[str]
) -> dict[str, Any]:
    """Who has what, and what everybody verifies it by: their own list with their places, and the cutoffs."""
    return {
        "matches": {people[at]: posts[post] for at, post in enumerate(post_of.tolist()) if post >= 0},
        "cutoffs": {code: int(cutoffs[at]) + 1 for at, code in enumerate(posts)},
        "lists": {
            code: [[posts[post], place + 1] for post, place in own_list(lists, at)]
            for at, code in enumerate(people)
        },
    }


def _proof(lists: Rankings, seats: Ints, post_of: Ints, unverified: list[int]) -> dict[str, Any]:
    """What the independent check says, and whether every single list with the cutoffs gives the same."""
    blocking = stable_check.blocking_pairs(lists, seats, post_of)
    faults = [f"person {c} and post {p} would rather have each other" for c, p in blocking]
    faults += [f"post {p} has more people than seats" for p in stable_check.overfull(seats, post_of)]
    faults += [f"person {c} has a post not in the lists" for c in stable_check.unacceptable(lists, post_of)]
    faults += [f"person {c} cannot verify the match by the cutoffs" for c in unverified]
    return {
        "faults": faults,
        "pairs": len(lists.post),
        "placed": int((post_of >= 0).sum()),
        "seats": int(seats.sum()),
    }


def _unverified(lists: Rankings, post_of: Ints, cutoffs: Ints, gone: Collection[int]) -> list[int]:
    """Who would find something else by their own list and the cutoffs."""
    told = {
        person: verify(own_list(lists, person), cutoffs)
        for person in range(lists.candidates)
        if person not in gone
    }
    return [each for each, post in told.items() if (-1 if post is None else post) != post_of[each]]


def _without(lists: Rankings, gone: list[int], barred: Collection[tuple[int, int]] = ()) -> Rankings:
    """The same lists, in their order, without those who left and the pairs that can be no longer."""
    owner = np.repeat(np.arange(lists.candidates, dtype=np.int32), np.diff(lists.candidate_ptr))
    pairs = zip(owner.tolist(), lists.post.tolist(), strict=True)
    keep = ~np.isin(owner, gone) & np.array([pair not in barred for pair in pairs], dtype=np.bool_)
    within = np.arange(len(owner)) - lists.candidate_ptr[owner]
    return ranking.from_tiers(
        candidate=owner[keep],
        post=lists.post[keep],
        wish_tier=within[keep],
        place_tier=lists.place[keep].astype(np.int64),
        shape=(lists.candidates, lists.posts),
    )


def _code(posts: list[str], at: int) -> str:
    return posts[at] if at >= 0 else ""

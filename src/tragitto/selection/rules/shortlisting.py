"""A run of shortlists: so many people for each post, seen as evenly as can be, with a proof. Pure."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from tragitto.selection.rules.contributing import Contributing
from tragitto.selection.rules.instances import without
from tragitto.selection.rules.solved import Solved
from tragitto_matching import shortlists
from tragitto_matching.instance import Instance, Ints
from tragitto_matching.pairs import Pairs, eligible_pairs, top
from tragitto_matching.shortlist_check import Rules, faults


def solve(instance: Instance, parameters: Mapping[str, Any]) -> Solved:
    """Lists for every post of `instance`, as `parameters` ask.

    `per_post` = how many people to add by the code of the post; `standing` = [[post, person], …] who stand
    on lists already: they keep their places and count as seen; `reserve_percent` = the share of the people
    of each profile kept for positions still to come.
    """
    people, posts = _places(instance.candidates.codes), _places(instance.posts.codes)
    standing = [(posts[p], people[c]) for p, c in parameters["standing"] if p in posts and c in people]
    pairs = _but_standing(eligible_pairs(instance), standing)
    asked = parameters["per_post"]
    per_post = np.array([asked.get(code, 0) for code in posts], dtype=np.int32)
    before = np.zeros(len(people), dtype=np.int32)
    for _post, person in standing:
        before[person] += 1
    share = np.full(len(instance.profiles), parameters["reserve_percent"] * 10, dtype=np.int32)
    reserved = shortlists.reserve(instance.candidates.profiles, share)

    rules = Rules(per_post=per_post, looks_before=before, reserved=reserved)
    found = shortlists.shortlist(pairs, per_post, looks_before=before, reserved=reserved)
    nexts = _next(pairs, found.candidate, per_post, reserved)
    told = Contributing(instance)
    lists = [
        {
            "post": code,
            "candidates": [told.line(who, post) for who in _there(found.candidate[post])],
            "waiting": [told.line(who, post) for who in nexts[post]],
        }
        for code, post in posts.items()
    ]
    codes = list(people)
    looks = {codes[at]: int(count) for at, count in enumerate(found.looks) if count}
    return Solved({"posts": lists, "looks": looks}, _proof(pairs, rules, found))


def _places(codes: npt.NDArray[np.str_]) -> dict[str, int]:
    return {code: at for at, code in enumerate(codes.tolist())}


def _there(row: Ints) -> list[int]:
    return [int(who) for who in row if who >= 0]


def _but_standing(pairs: Pairs, standing: list[tuple[int, int]]) -> Pairs:
    drop = np.zeros(len(pairs.candidate), dtype=np.bool_)
    for post, person in standing:
        begin, end = int(pairs.ptr[post]), int(pairs.ptr[post + 1])
        at = begin + int(np.searchsorted(pairs.candidate[begin:end], person))
        if at < end and pairs.candidate[at] == person:
            drop[at] = True
    return without(pairs, drop)


def _next(pairs: Pairs, lists: Ints, per_post: Ints, reserved: np.ndarray) -> list[list[int]]:
    """Who comes next by the score on each list, as many again as the list asks for."""
    free = without(pairs, reserved[pairs.candidate])
    # Of twice as many at least as many again are not on the list itself.
    best = top(free, 2 * int(per_post.max(initial=0)))
    found = []
    for post, row in enumerate(best):
        on = set(_there(lists[post]))
        found.append([who for who in _there(row) if who not in on][: int(per_post[post])])
    return found


def _proof(pairs: Pairs, rules: Rules, found: shortlists.Shortlists) -> dict[str, Any]:
    """What the independent check says, and what the engine gives so that others can check too."""
    proved, compared = found.certificate, found.comparison
    assert rules.reserved is not None
    return {
        "faults": list(faults(pairs, rules, found)),
        "levels": {
            "people": proved.level_of_candidate.tolist(),
            "posts": proved.level_of_post.tolist(),
        },
        "reserved": int(np.count_nonzero(rules.reserved)),
        "comparison": {
            "score": compared.score,
            "best_score": compared.best_score,
            "most": compared.most,
            "best_most": compared.best_most,
            "unseen": compared.unseen,
            "best_unseen": compared.best_unseen,
        },
    }

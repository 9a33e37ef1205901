"""Shortlists: so many people for each post, looks spread over the people as evenly as the pairs allow.

A *look* is a place on a list. **The sense, and its proof.** Among all ways to fill the lists to the same
lengths, the looks here are the evenest: sorted from the highest down, they come first in the order of
words (least maximum, then fewest people with it, and so on), and from the lowest up they come last (the
most for whoever has least). One way is best in both senses at once, and least for every convex sum of
looks (A. Frank, K. Murota, *Decreasing minimization on M-convex sets*, Math. Programming 195, 2022; for
lists of length one: N. Harvey, R. Ladner, L. Lovász, T. Tamir, *Semi-matchings for bipartite graphs and
load balancing*, J. Algorithms 59, 2006). The proof is published with the lists: whole numbers, the
*levels*, one for each person and post, so that

- everybody has as many looks as their level says, or one fewer;
- whoever is on a post's list has at most the post's level, whoever is eligible and not on it at least that.

Then no look can pass, by whatever exchange of places, from anybody to somebody with two fewer. Anyone can
verify that in one pass over the pairs (`shortlist_check`). Levels are prices of linear programming: they
prove the least sum of 1 + 2 + … over everybody's looks.

From the highest looks down, places are handed on along shortest ways, all that do not cross at a time
(E. Dinic, Soviet Math. Dokl. 11, 1970; for lists of length one J. Hopcroft, R. Karp, SIAM J. Comput. 2,
1973).

**Lengths.** A list is as long as the post asks. Where `most_looks` says how many looks a person can have,
people may be too few: then lists are filled in the order of service, each as far as can be without making
a list served before shorter.

**Scores.** Among all lists of those lengths that are as even, these have the greatest total score, proved by
prices (`shortlists_score`). What evenness costs against lists of the best scores alone is part of the result.
"""

from dataclasses import dataclass

import numpy as np

from tragitto_matching import shortlists_compiled, shortlists_plain, shortlists_score
from tragitto_matching.instance import Bits, Ints, Longs
from tragitto_matching.kernels import compiled
from tragitto_matching.pairs import Pairs
from tragitto_matching.shortlists_input import Task
from tragitto_matching.shortlists_score import Prices
from tragitto_matching.timetable_input import Flags

#: No list is longer, and no number of a ratio greater.
_MOST = 2**31 - 1
#: Nobody has had more looks: those still to come can be added without a second thought.
_MOST_BEFORE = 2**30


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The proof: levels that looks are as even as can be, prices that the total score is the greatest."""

    level_of_candidate: Ints
    level_of_post: Ints
    prices: Prices


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Lists of the same posts in two ways: what evenness costs in scores, and what it does for people."""

    score: int
    best_score: int
    #: The most looks that one person has.
    most: int
    best_most: int
    #: People who are eligible for some post and on no list.
    unseen: int
    best_unseen: int


@dataclass(frozen=True, kw_only=True)
class Shortlists:
    """A list for each post, the best score first; of equals the earlier candidate."""

    #: (posts, the longest list), -1 beyond the end of a list.
    candidate: Ints
    #: (candidates,) on how many lists each person is, with those of before.
    looks: Ints
    certificate: Certificate
    #: Beside lists that take the best scores alone (`best_scores`).
    comparison: Comparison


def list_lengths(seats: Ints, *, people: int = 3, places: int = 1) -> Ints:
    """Never more than `people` for every `places` seats: what is left over makes no list longer."""
    if people < 1 or places < 1 or seats.min(initial=0) < 0:
        raise ValueError("A ratio is made of whole numbers of at least 1, and seats are not negative.")
    if people > _MOST or places > _MOST:
        raise ValueError(f"A ratio is made of whole numbers of at most {_MOST}.")
    # A list is never longer than there are people, who are fewer than that.
    return np.minimum(seats.astype(np.int64) * people // places, _MOST).astype(np.int32)


def reserve(profiles: Bits, per_mille: Ints) -> Flags:
    """Who is kept for positions still to come: of each profile never more than its share of the people.

    Those who came to the roster last are kept first. `per_mille` has a share for each profile, the lowest
    bit first. Somebody with several profiles is kept only where every one of them has room for it.
    """
    if per_mille.min(initial=0) < 0 or per_mille.max(initial=0) > 1000:
        raise ValueError("A share is a number of thousandths, from 0 to 1000.")
    offers = (profiles[:, None] >> np.arange(len(per_mille), dtype=np.uint64) & np.uint64(1)).astype(bool)
    room = (offers.sum(0) * per_mille.astype(np.int64) // 1000).tolist()
    kept = np.zeros(len(profiles), np.bool_)
    for who in range(len(profiles) - 1, -1, -1):
        mine = np.flatnonzero(offers[who]).tolist()
        if mine and all(room[profile] for profile in mine):
            kept[who] = True
            for profile in mine:
                room[profile] -= 1
    return kept


def shortlist(
    pairs: Pairs,
    per_post: Ints,
    *,
    order: Ints | None = None,
    most_looks: int = 0,
    looks_before: Ints | None = None,
    reserved: Flags | None = None,
) -> Shortlists:
    """Lists of at most `per_post` people, with looks as even as can be.

    `order` is the order of service, where people are scarce (None = by filing, as the posts stand);
    `most_looks` how many looks a person can have (0 = any number), with `looks_before` on earlier lists;
    `reserved` people are on no list. Raises `ValueError` where the input cannot be meant.
    """
    order, looks_before, most = _looked_at(pairs, per_post, order, looks_before, most_looks)
    on = np.zeros(len(pairs.candidate), np.uint8)
    if reserved is not None:
        if reserved.shape != (pairs.count,) or reserved.dtype != np.bool_:
            raise ValueError("Who is reserved is yes or no for each candidate.")
        on[reserved[pairs.candidate]] = 2
    base = np.zeros(pairs.posts + 1, np.int64)
    np.cumsum(np.minimum(per_post, np.diff(pairs.ptr)), out=base[1:])
    task = Task(pairs=pairs, base=base, on=on, looks=looks_before, order=order, most=most)
    held, level = _even(task)
    shown = np.zeros(len(on), np.uint8)
    shown[held] = 1
    post_level = _post_levels(pairs, held, level)
    shown, prices = shortlists_score.best(task, shown, level, post_level)
    held = np.flatnonzero(shown)
    return Shortlists(
        candidate=_lists(pairs, held),
        looks=(looks_before + np.bincount(pairs.candidate[held], minlength=pairs.count)).astype(np.int32),
        certificate=Certificate(level_of_candidate=level, level_of_post=post_level, prices=prices),
        comparison=_compared(task, held, best_scores(pairs, per_post, reserved=reserved)),
    )


def _even(task: Task) -> tuple[Longs, Ints]:
    """One of the evenest ways: the pairs on lists, and the level of each candidate."""
    library = compiled()
    if library is None:
        held, level = shortlists_plain.even(task)
    else:
        held, level = shortlists_compiled.even(library, task)
    return held[held >= 0], level


def best_scores(pairs: Pairs, per_post: Ints, *, reserved: Flags | None = None) -> Longs:
    """The pairs that lists by score alone would hold; of equal scores the earlier candidate comes first."""
    free = np.arange(len(pairs.candidate)) if reserved is None else np.flatnonzero(~reserved[pairs.candidate])
    post = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr))[free]
    by_score = np.lexsort((-pairs.score[free], post))
    free, post = free[by_score], post[by_score]
    begin = np.searchsorted(post, np.arange(pairs.posts))
    found: Longs = free[np.arange(len(post)) - begin[post] < per_post[post]]
    return found


def _looked_at(
    pairs: Pairs, per_post: Ints, order: Ints | None, before: Ints | None, most_looks: int
) -> tuple[Ints, Ints, int]:
    """The defaults filled in. Raises `ValueError` for what cannot be meant."""
    order = np.arange(pairs.posts, dtype=np.int32) if order is None else np.ascontiguousarray(order, np.int32)
    before = np.zeros(pairs.count, np.int32) if before is None else np.asarray(before)
    if per_post.shape != (pairs.posts,) or per_post.min(initial=0) < 0:
        raise ValueError("Each post asks for a number of people that is not negative.")
    if not np.array_equal(np.sort(order), np.arange(pairs.posts)):
        raise ValueError("The order of service names every post once.")
    if before.shape != (pairs.count,) or before.min(initial=0) < 0:
        raise ValueError("Earlier looks are a number that is not negative for each candidate.")
    if before.max(initial=0) > _MOST_BEFORE:
        raise ValueError(f"Nobody has had more than {_MOST_BEFORE} looks.")
    if most_looks < 0:
        raise ValueError("The most looks of a person are not negative; 0 means any number.")
    size = len(pairs.candidate)
    if pairs.ptr[0] != 0 or pairs.ptr[-1] != size or (np.diff(pairs.ptr) < 0).any():
        raise ValueError("The rows of the pairs do not follow each other.")
    if len(pairs.score) != size or pairs.score.min(initial=1) < 1 or size >= 2**31 - pairs.count:
        raise ValueError(
            "Each pair has a score of at least 1, and there are fewer than two thousand million."
        )
    if size and not 0 <= pairs.candidate.min() <= pairs.candidate.max() < pairs.count:
        raise ValueError("A pair names a candidate who is not there.")
    return order, before.astype(np.int32), min(most_looks or _MOST, _MOST)


def _lists(pairs: Pairs, held: Longs) -> Ints:
    """The pairs as rows, the best score first."""
    post = np.searchsorted(pairs.ptr, held, side="right") - 1
    by_score = np.lexsort((pairs.candidate[held], -pairs.score[held], post))
    post, held = post[by_score], held[by_score]
    begin = np.searchsorted(post, np.arange(pairs.posts))
    longest = int(np.bincount(post, minlength=1).max())
    rows = np.full((pairs.posts, longest), -1, np.int32)
    rows[post, np.arange(len(post)) - begin[post]] = pairs.candidate[held]
    return rows


def _post_levels(pairs: Pairs, held: Longs, level: Ints) -> Ints:
    """The highest level on each list, 0 for one without anybody."""
    found = np.zeros(pairs.posts, np.int32)
    np.maximum.at(found, np.searchsorted(pairs.ptr, held, side="right") - 1, level[pairs.candidate[held]])
    return found


def _compared(task: Task, held: Longs, best: Longs) -> Comparison:
    pairs = task.pairs
    eligible = np.zeros(pairs.count, np.bool_)
    eligible[pairs.candidate[task.on != 2]] = True
    mine = task.looks + np.bincount(pairs.candidate[held], minlength=pairs.count)
    theirs = task.looks + np.bincount(pairs.candidate[best], minlength=pairs.count)
    return Comparison(
        score=int(pairs.score[held].sum(dtype=np.int64)),
        best_score=int(pairs.score[best].sum(dtype=np.int64)),
        most=int(mine.max(initial=0)),
        best_most=int(theirs.max(initial=0)),
        unseen=int(np.count_nonzero(eligible & (mine == 0))),
        best_unseen=int(np.count_nonzero(eligible & (theirs == 0))),
    )

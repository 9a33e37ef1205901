"""The judge's own ranked lists, by the published rules: scores, wishes, lots, and who is first among equals.

Written apart from `ranking`, `lottery` and what makes a match.
"""

from bisect import insort
from collections.abc import Collection

import numpy as np

from tragitto_matching.instance import Instance, Ints, Longs
from tragitto_matching.pairs import Pairs
from tragitto_matching.ranking_lists import Rankings

_WORD = 2**64 - 1


def lots(seed: int, count: int) -> list[int]:
    """The lot of each candidate, the lower the earlier: SplitMix64 from the seed, in Python's numbers."""
    drawn = []
    for number in range(1, count + 1):
        mixed = seed + number * 0x9E3779B97F4A7C15 & _WORD
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _WORD
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _WORD
        drawn.append(mixed ^ mixed >> 31)
    return drawn


def ranked(instance: Instance, pairs: Pairs, seed: int | None, first: Collection[int] = ()) -> Rankings:
    """The lists of both sides in a strict order.

    A post ranks by score; of equals those in `first` come first, then the lower lot, without a seed the
    earlier. A candidate ranks the region wished most first, then by score, then the earlier post.
    """
    drawn = range(pairs.count) if seed is None else lots(seed, pairs.count)
    turn = np.empty(pairs.count, np.int64)
    turn[sorted(range(pairs.count), key=drawn.__getitem__)] = np.arange(pairs.count)
    turn[list(first)] -= pairs.count
    post = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr))
    who, worse = pairs.candidate.astype(np.int64), -pairs.score.astype(np.int64)
    away = instance.candidates.first_region[who] != instance.posts.region[post]
    of_post = np.lexsort((turn[who], worse, post))
    of_person = np.lexsort((post, worse, away, who))
    post_ptr, person_ptr = _begins(post, pairs.posts), _begins(who, pairs.count)
    place, wish = np.empty((2, len(who)), np.int64)
    place[of_post] = np.arange(len(who)) - post_ptr[post[of_post]]
    wish[of_person] = np.arange(len(who)) - person_ptr[who[of_person]]
    same = np.zeros(len(who), np.bool_)
    same[1:] = (np.diff(post[of_post]) == 0) & (np.diff(worse[of_post]) == 0)
    return Rankings(
        candidate_ptr=person_ptr,
        post=post[of_person].astype(np.int32),
        place=place[of_person].astype(np.int32),
        post_ptr=post_ptr,
        candidate=who[of_post].astype(np.int32),
        wish=wish[of_post].astype(np.int32),
        candidate_tied=same if same.any() else None,
        seed=seed,
    )


def second_chances(rankings: Rankings, pairs: Pairs, seats: Ints) -> list[int]:
    """Who was refused by every post they wish and asks all again, put first among equals (Király 2013).

    One after the other asks down their list. A post that has too many lets go who has the lowest score, of
    equals who has taken no second chance, of these the last of its list; they ask on at once.
    """
    if rankings.candidate_tied is None:
        return []
    score = dict(zip(_keys(pairs), pairs.score.tolist(), strict=True))
    begins, posts = rankings.candidate_ptr.tolist(), rankings.post.tolist()
    places, room = rankings.place.tolist(), seats.tolist()
    holds: list[list[tuple[int, bool, int, int]]] = [[] for _ in room]
    asks, chances = begins[:-1], [False] * pairs.count
    for one in range(pairs.count):
        who = one
        while who >= 0 and not (asks[who] == begins[who + 1] and chances[who]):
            if asks[who] == begins[who + 1]:
                chances[who], asks[who] = True, begins[who]
                continue
            entry, asks[who] = asks[who], asks[who] + 1
            post = posts[entry]
            # The best comes first, the worst last.
            insort(holds[post], (-score[post, who], not chances[who], places[entry], who))
            who = holds[post].pop()[3] if len(holds[post]) > room[post] else -1
    return [who for who, took in enumerate(chances) if took and begins[who] < begins[who + 1]]


def _keys(pairs: Pairs) -> list[tuple[int, int]]:
    post = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr))
    return list(zip(post.tolist(), pairs.candidate.tolist(), strict=True))


def _begins(row: Longs, rows: int) -> Longs:
    ptr = np.zeros(rows + 1, np.int64)
    np.cumsum(np.bincount(row, minlength=rows), out=ptr[1:])
    return ptr

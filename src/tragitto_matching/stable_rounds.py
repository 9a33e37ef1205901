"""Deferred acceptance in rounds: the path without compiled kernels, in a form that data frames can take.

Each post publishes a cutoff, the worst place it still takes. In each round everybody who has no post asks for
the best of their list whose cutoff they reach; posts with too many keep the best and lower their cutoff.
Cutoffs only fall, so it ends, and where it ends is the match of deferred acceptance whatever the order.
"""

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.ranking_lists import Asked, Rankings

_END = np.iinfo(np.int32).max


def candidates_propose(rankings: Asked, seats: Ints) -> tuple[Ints, int]:
    """Each candidate's post when candidates propose, and how many proposals that took."""
    begins, ends = rankings.candidate_ptr[:-1], rankings.candidate_ptr[1:]
    at, cut = begins.copy(), np.where(seats > 0, _END, -1)
    post_of = np.full(rankings.candidates, -1, np.int32)
    asking = np.arange(rankings.candidates)
    while len(asking):
        asking = _next_reached(rankings, cut, at, asking)
        post_of[asking] = rankings.post[at[asking]]
        asked = np.zeros(rankings.posts, np.bool_)
        asked[post_of[asking]] = True
        holding = np.flatnonzero(post_of >= 0)
        there = holding[asked[post_of[holding]]]
        asking = _put_out(rankings, seats, cut, there, at)
        post_of[asking] = -1
        at[asking] += 1
    return post_of, int((np.where(post_of >= 0, at + 1, ends) - begins).sum())


def _next_reached(rankings: Asked, cut: Longs, at: Longs, asking: Longs) -> Longs:
    """Move each on to the next post whose cutoff they reach; who has one."""
    reached: list[Longs] = []
    while len(asking):
        asking = asking[at[asking] < rankings.candidate_ptr[asking + 1]]
        refused = rankings.place[at[asking]] > cut[rankings.post[at[asking]]]
        reached.append(asking[~refused])
        asking = asking[refused]
        at[asking] += 1
    return np.concatenate(reached) if reached else asking


def _put_out(rankings: Asked, seats: Ints, cut: Longs, there: Longs, at: Longs) -> Longs:
    """Lower the cutoffs of the posts that are full; who is beyond."""
    post, place = rankings.post[at[there]], rankings.place[at[there]]
    order = np.lexsort((place, post))
    post, place = post[order], place[order]
    number = np.arange(len(post)) - np.searchsorted(post, post)
    last = number == seats[post] - 1
    cut[post[last]] = place[last]
    return there[order[number >= seats[post]]]


def posts_propose(rankings: Rankings, seats: Ints) -> tuple[Ints, int]:
    """Each candidate's post when posts propose, and how many proposals that took."""
    at, ends = rankings.post_ptr[:-1].copy(), rankings.post_ptr[1:]
    post_of = np.full(rankings.candidates, -1, np.int32)
    held = np.full(rankings.candidates, _END, np.int32)
    free = seats.astype(np.int64)
    while len(proposing := np.flatnonzero((free > 0) & (at < ends))):
        # A post with three free seats makes at least three more proposals, whatever becomes of the first.
        many = np.minimum(free[proposing], (ends - at)[proposing])
        begin = np.cumsum(many) - many
        entry = np.repeat(at[proposing] - begin, many) + np.arange(int(many.sum()))
        post = np.repeat(proposing, many).astype(np.int32)
        at[proposing] += many
        candidate, wish = rankings.candidate[entry], rankings.wish[entry]
        best = held.copy()
        np.minimum.at(best, candidate, wish)
        taken = (wish == best[candidate]) & (wish < held[candidate])
        held, post_of[candidate[taken]] = best, post[taken]
        free = seats - np.bincount(post_of[post_of >= 0], minlength=rankings.posts)
    return post_of, int((at - rankings.post_ptr[:-1]).sum())

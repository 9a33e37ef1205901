"""The largest match with equals on both sides, without compiled kernels (see kernels/stable.c)."""

import heapq

import numpy as np

from tragitto_matching.instance import Ints
from tragitto_matching.ranking_lists import Flags, Rankings

#: Tier, first chance = 1 or second = 0, place, all below 0: the worst is the least, on top of the heap.
type _Key = tuple[int, int, int]


def largest(rankings: Rankings, seats: Ints, tier: Ints) -> tuple[Flags, Ints]:
    """Who took the second chance, and everybody's post; `tier` = where an entry's equals begin (`places`)."""
    asking = _Asking(rankings, seats, tier)
    for first in range(rankings.candidates):
        candidate = first
        while candidate >= 0 and (entry := asking.next(candidate)) >= 0:
            candidate = asking.answer(candidate, entry)
    return np.array(asking.chances, np.bool_), np.array(asking.post_of, np.int32)


class _Asking:
    """Who asks whom, in the order of the kernel."""

    def __init__(self, rankings: Rankings, seats: Ints, tier: Ints) -> None:
        self.begin: list[int] = rankings.candidate_ptr.tolist()
        self.post: list[int] = rankings.post.tolist()
        self.place: list[int] = rankings.place.tolist()
        self.tier, self.seats = tier.tolist(), seats.tolist()
        tied = rankings.post_tied
        self.tied = [False] * len(self.post) if tied is None else tied.tolist()
        self.listed = np.split(rankings.candidate, rankings.post_ptr[1:-1])
        self.sure: list[list[_Key]] = [[] for _ in range(rankings.posts)]
        self.unsure: list[list[tuple[int, _Key]]] = [[] for _ in range(rankings.posts)]
        self.at: list[int] = self.begin[:-1]
        self.look: list[int] = self.begin[:-1]
        self.chances = [False] * rankings.candidates
        self.post_of = [-1] * rankings.candidates

    def next(self, candidate: int) -> int:
        """The entry that a candidate asks next; -1 = they were refused everywhere."""
        begin, end = self.begin[candidate : candidate + 2]
        if self.at[candidate] == end:
            if self.chances[candidate] or begin == end:
                return -1
            self.chances[candidate] = True
            self.at[candidate] = self.look[candidate] = begin
        at, look = self.at[candidate], self.look[candidate]
        while look < end and (look == at or self.tied[look]):
            look += 1
            self.look[candidate] = look
            if self._has_free_seat(look - 1):
                return look - 1
        self.at[candidate] += 1
        return at

    def answer(self, candidate: int, entry: int) -> int:
        """A post is asked; who asks on, -1 = nobody."""
        post = self.post[entry]
        key = (-self.tier[entry], -int(not self.chances[candidate]), -self.place[entry])
        if self._has_free_seat(entry):
            self.post_of[candidate] = post
            if self._is_unsure(candidate):
                self.unsure[post].append((candidate, key))
            else:
                heapq.heappush(self.sure[post], key)
            return -1
        out = self._makes_way(post)
        if out >= 0:
            heapq.heappush(self.sure[post], key)
        elif not self.sure[post] or key < self.sure[post][0]:
            return candidate
        else:
            out = int(self.listed[post][-heapq.heapreplace(self.sure[post], key)[2]])
        self.post_of[candidate], self.post_of[out] = post, -1
        return out

    def _makes_way(self, post: int) -> int:
        """Somebody unsure who makes way, -1 = nobody; who is found to be sure goes to the others."""
        while self.unsure[post]:
            candidate, key = self.unsure[post].pop()
            if self._is_unsure(candidate):
                return candidate
            heapq.heappush(self.sure[post], key)
        return -1

    def _is_unsure(self, candidate: int) -> bool:
        """Whether another post that they wish as much as the one they have has a free seat."""
        look, end = self.look[candidate], self.begin[candidate + 1]
        while look < end and self.tied[look] and not self._has_free_seat(look):
            look += 1
        self.look[candidate] = look
        return look < end and bool(self.tied[look])

    def _has_free_seat(self, entry: int) -> bool:
        post = self.post[entry]
        return len(self.sure[post]) + len(self.unsure[post]) < int(self.seats[post])

"""Even shortlists without compiled kernels: the same steps as `kernels/shortlists.c`, in Python.

Every answer is equal to that of the kernel, to the last place.
"""

from heapq import nsmallest

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.shortlists_input import Task

#: No search comes again to a post that is settled.
_SETTLED = 2**31 - 1


class State:
    """Who is on which list, and how far the search has come: names as in the kernel."""

    def __init__(self, task: Task) -> None:
        """Lists without anybody."""
        pairs, base = task.pairs, task.base
        self.ptr: list[int] = pairs.ptr.tolist()
        self.candidate: list[int] = pairs.candidate.tolist()
        self.score: list[int] = pairs.score.tolist()
        self.base: list[int] = base.tolist()
        self.on: list[int] = task.on.tolist()
        self.looks: list[int] = task.looks.tolist()
        self.post_of: list[int] = np.repeat(np.arange(pairs.posts), np.diff(base)).tolist()
        self.held = [-1] * len(self.post_of)
        #: The places of a candidate, the latest first.
        self.places: list[list[int]] = [[] for _ in range(pairs.count)]
        self.level = [-1] * pairs.count
        self.seen = [0] * pairs.count
        self.seen_post = [0] * pairs.posts
        self.cheap, self.scan = self.ptr[:-1], self.ptr[:-1]
        self.search = 0

    def hang_in(self, place: int, pair: int) -> None:
        """Give a place to a pair."""
        who = self.candidate[pair]
        self.held[place] = pair
        self.on[pair] = 1
        self.places[who].insert(0, place)
        self.looks[who] += 1

    def take_out(self, place: int) -> None:
        """Take a place from its pair."""
        pair = self.held[place]
        who = self.candidate[pair]
        self.on[pair] = 0
        self.places[who].remove(place)
        self.looks[who] -= 1

    def choose(self, post: int, places: int, most: int) -> list[int]:
        """The first pairs of the post: fewer looks, then the higher score, then the earlier one."""
        row = range(self.ptr[post], self.ptr[post + 1])
        free = [pair for pair in row if not self.on[pair] and self.looks[self.candidate[pair]] < most]
        return nsmallest(places, free, key=lambda e: (self.looks[self.candidate[e]], -self.score[e], e))

    def goal_of(self, post: int, goal: int) -> int:
        """Somebody of the row who has at most `goal` looks; see the kernel for who is passed by."""
        for pair in range(self.cheap[post], self.ptr[post + 1]):
            who = self.candidate[pair]
            if not self.on[pair] and self.looks[who] <= goal and self.level[who] < 0:
                self.cheap[post] = pair
                return pair
        self.cheap[post] = self.ptr[post + 1]
        return -1

    def way_of(self, post: int) -> int:
        """The next candidate of the row through whom the search may go on; -1 = none."""
        for pair in range(self.scan[post], self.ptr[post + 1]):
            who = self.candidate[pair]
            if self.on[pair] or self.level[who] >= 0 or self.seen[who] == self.search:
                continue
            self.seen[who] = self.search
            self.scan[post] = pair + 1
            return pair
        self.scan[post] = self.ptr[post + 1]
        return -1

    def come_to(self, post: int) -> None:
        """Begin with a post."""
        self.seen_post[post] = self.search
        self.scan[post] = self.ptr[post]

    def fresh_place(self, places: list[int]) -> int:
        """Take off the places at posts where the search has been; the next one, or -1."""
        while places:
            place = places.pop(0)
            if self.seen_post[self.post_of[place]] < self.search:
                return place
        return -1

    def hand_on(self, place: int, goal: int) -> bool:
        """Give the place to somebody else, who gives up another one, and so on; False = there is no way."""
        way: list[tuple[int, list[int]]] = [(place, [])]
        pairs = [-1]
        self.come_to(self.post_of[place])
        while way:
            place, others = way[-1]
            post = self.post_of[place]
            end = self.goal_of(post, goal)
            if end >= 0:
                pairs[-1] = end
                self._walk_back([one for one, _ in way], pairs)
                return True
            following = self.fresh_place(others)
            while following < 0:
                on = self.way_of(post)
                if on < 0:
                    break
                pairs[-1] = on
                others[:] = self.places[self.candidate[on]]
                following = self.fresh_place(others)
            if following < 0:
                way.pop()
                pairs.pop()
                continue
            way.append((following, []))
            pairs.append(-1)
            self.come_to(self.post_of[following])
        return False

    def _walk_back(self, places: list[int], pairs: list[int]) -> None:
        for place, pair in zip(reversed(places), reversed(pairs), strict=True):
            if self.held[place] >= 0:
                self.take_out(place)
            self.hang_in(place, pair)


def even(task: Task) -> tuple[Longs, Ints]:
    """The pair at each place (-1 = nobody), and the level of each candidate."""
    state = State(task)
    _fill(state, task.order.tolist(), task.most)
    for top in range(max(state.looks, default=-1), -1, -1):
        _level_down(state, top)
    return np.array(state.held, np.int64), np.array(state.level, np.int32)


def _fill(state: State, order: list[int], most: int) -> None:
    for post in order:
        places = range(state.base[post], state.base[post + 1])
        found = state.choose(post, len(places), most)
        for place, pair in zip(places, found, strict=False):
            state.hang_in(place, pair)
        for place in places[len(found) :]:
            state.search += 1
            if not state.hand_on(place, most - 1):
                break


def _level_down(state: State, top: int) -> None:
    state.cheap = state.ptr[:-1]
    found = True
    while found:
        found = False
        state.search += 1
        for who, looks in enumerate(state.looks):
            if looks != top or state.level[who] >= 0:
                continue
            state.seen[who] = state.search
            others = list(state.places[who])
            while (place := state.fresh_place(others)) >= 0:
                if state.hand_on(place, top - 2):
                    found = True
                    break
    for who, seen in enumerate(state.seen):
        if seen == state.search and state.level[who] < 0:
            state.level[who] = top
    state.seen_post = [_SETTLED if seen == state.search else seen for seen in state.seen_post]

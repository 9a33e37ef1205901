"""Even shortlists without compiled kernels: the same steps as `kernels/shortlists.c`, in Python.

Every answer is equal to that of the kernel, to the last place.
"""

from heapq import nsmallest

import numpy as np

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.shortlists_input import Task

#: No search comes to this post any more.
_FAR = 2**31 - 1


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
        #: By candidate, while looks are levelled: the places still to try.
        self.next: list[list[int]] = [[] for _ in range(pairs.count)]
        self.search = 0
        #: The posts that this search has come to.
        self.come: list[int] = []

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

    def goal_of(self, post: int, most: int) -> int:
        """Somebody of the row with fewer than `most` looks; see the kernel for who is passed by."""
        for pair in range(self.cheap[post], self.ptr[post + 1]):
            if not self.on[pair] and self.looks[self.candidate[pair]] < most:
                self.cheap[post] = pair
                return pair
        self.cheap[post] = self.ptr[post + 1]
        return -1

    def way_of(self, post: int) -> int:
        """The next candidate of the row through whom the search may go on; -1 = none."""
        for pair in range(self.scan[post], self.ptr[post + 1]):
            who = self.candidate[pair]
            if self.on[pair] or self.seen[who] == self.search:
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
        self.come.append(post)

    def fresh_place(self, places: list[int]) -> int:
        """Take off the places at posts where the search has been; the next one, or -1."""
        while places:
            place = places.pop(0)
            if self.seen_post[self.post_of[place]] < self.search:
                return place
        return -1

    def hand_on(self, place: int, most: int) -> bool:
        """Give the place to somebody else, who gives up another one, and so on; False = there is no way."""
        self.search += 1
        self.come = []
        way: list[tuple[int, list[int]]] = [(place, [])]
        pairs = [-1]
        self.come_to(self.post_of[place])
        while way:
            place, others = way[-1]
            post = self.post_of[place]
            end = self.goal_of(post, most)
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
        for post in self.come:
            self.seen_post[post] = _FAR
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
    state.seen_post = [-1] * len(state.seen_post)
    while (top := _highest(state)) >= 0:
        _level_down(state, top)
    return np.array(state.held, np.int64), np.array(state.level, np.int32)


def _fill(state: State, order: list[int], most: int) -> None:
    for post in order:
        places = range(state.base[post], state.base[post + 1])
        found = state.choose(post, len(places), most)
        for place, pair in zip(places, found, strict=False):
            state.hang_in(place, pair)
        for place in places[len(found) :]:
            if not state.hand_on(place, most):
                break


def _highest(state: State) -> int:
    waiting = zip(state.looks, state.level, strict=True)
    return max((looks for looks, level in waiting if level < 0), default=-1)


def _level_down(state: State, top: int) -> None:
    come, last = _look_around(state, top)
    while last:
        for who in come:
            if state.looks[who] == top:
                _hand_down(state, who, top - 2, last)
        come, last = _look_around(state, top)
    for who in come:
        state.level[who] = top
    state.seen_post = [_FAR if seen >= 0 else seen for seen in state.seen_post]


def _look_around(state: State, top: int) -> tuple[list[int], int]:
    """Who is come to, in order, and how far the first are who have two fewer looks; 0 = there are none."""
    candidate, on, looks, level, seen = state.candidate, state.on, state.looks, state.level, state.seen
    seen_post = state.seen_post = [_FAR if steps == _FAR else -1 for steps in state.seen_post]
    come = [who for who, looked in enumerate(looks) if looked == top and level[who] < 0]
    seen[:] = [-1] * len(seen)
    for who in come:
        seen[who] = 0
    head, steps, found = 0, 0, False
    while head < len(come) and not found:
        steps += 1
        posts: list[int] = []
        for who in come[head:]:
            for place in state.places[who]:
                if seen_post[post := state.post_of[place]] == -1:
                    seen_post[post] = steps
                    posts.append(post)
        head = len(come)
        for post in posts:
            state.scan[post] = state.ptr[post]
            for pair in range(state.ptr[post], state.ptr[post + 1]):
                if seen[who := candidate[pair]] < 0 and level[who] < 0 and not on[pair]:
                    seen[who] = steps
                    come.append(who)
                    found = found or looks[who] <= top - 2
    for who in come:
        state.next[who] = list(state.places[who])
    return come, steps if found else 0


def _hand_down(state: State, who: int, goal: int, last: int) -> None:
    """Hand one place on along a way of so many steps, if there is one (any more)."""
    way: list[tuple[int, int]] = []
    while len(way) < last:
        step = _step_on(state, who, goal, last)
        if step:
            way.append(step)
            who = state.candidate[step[1]]
        elif way:
            who = state.candidate[state.held[way.pop()[0]]]
        else:
            return
    for place, pair in reversed(way):
        state.next[state.candidate[state.held[place]]].pop(0)
        state.take_out(place)
        state.hang_in(place, pair)


def _step_on(state: State, who: int, goal: int, last: int) -> tuple[int, int] | None:
    """A place of somebody at a post one step on, and a pair of its row yet another step on."""
    steps, places = state.seen[who] + 1, state.next[who]
    while places:
        post = state.post_of[places[0]]
        if state.seen_post[post] == steps:
            for pair in range(state.scan[post], state.ptr[post + 1]):
                other = state.candidate[pair]
                is_near = state.seen[other] == steps and not state.on[pair]
                if is_near and (steps < last or state.looks[other] <= goal):
                    state.scan[post] = pair
                    return places[0], pair
            state.scan[post] = state.ptr[post + 1]
        places.pop(0)
    state.seen[who] = -1
    return None

"""The reverse auction in plain Python, step by step `kernels/assignment_reverse.c`, with its reasons."""

import heapq
from collections import deque

from tragitto_matching.assignment_plain_state import NOBODY, State

#: Gain with its sign turned, place of the pair, post: greatest gain first, of equal ones the earlier pair.
type Offer = tuple[int, int, int]


def run(state: State) -> None:
    """Bring down the prices of all that has empty seats, until only what is full costs anything."""
    _Reverse(state).run()


class _Reverse:
    def __init__(self, state: State) -> None:
        self.state = state
        self.ring: deque[int] = deque()
        self.queued = [False] * (len(state.own) + len(state.common))
        self.offers: list[Offer] = []

    def run(self) -> None:
        state = self.state
        self._prepare()
        while self.ring:
            which = self.ring.popleft()
            self.queued[which] = False
            if which >= len(state.own):
                self._fill_group(which - len(state.own))
            elif self._seeks(which):
                self._fill_post(which)

    def _prepare(self) -> None:
        """Seats held for nobody are holes; posts and groups that cost something seek to fill them."""
        state = self.state
        for post, sitters in enumerate(state.sitter):
            state.sitter[post] = [who for who in sitters if who != NOBODY]
            if state.group[post] >= 0:
                state.group_taken[state.group[post]] -= len(sitters) - len(state.sitter[post])
            state.taken[post] = len(state.sitter[post])
        for post in range(len(state.own)):
            if self._seeks(post):
                self._enqueue(post)
        for group, seats in enumerate(state.group_seats):
            if state.common[group] > 0 and state.group_taken[group] < seats:
                self._enqueue(len(state.own) + group)

    def _is_dear(self, post: int) -> bool:
        return self.state.own[post] > self.state.floor_of(post)

    def _is_beside(self, post: int, group: int) -> bool:
        return self.state.group[post] == group and self.state.own[post] == 0

    def _seeks(self, post: int) -> bool:
        return self.state.taken[post] < self.state.seats[post] and self._is_dear(post)

    def _enqueue(self, which: int) -> None:
        if not self.queued[which]:
            self.queued[which] = True
            self.ring.append(which)

    def _seek(self, post: int) -> None:
        state = self.state
        if self._seeks(post):
            self._enqueue(post)
        elif state.group[post] >= 0 and state.common[state.group[post]] > 0:
            self._enqueue(len(state.own) + state.group[post])

    def _gain_of(self, at: int) -> int:
        state = self.state
        who = state.candidate[at]
        now = state.post_of[who]
        gain: int = state.worth[at] - (state.held[who] - state.price_of(now) if now >= 0 else 0)
        return gain

    def _collect(self, post: int, least: int, group: int) -> None:
        state = self.state
        for at in range(state.ptr[post], state.ptr[post + 1]):
            now = state.post_of[state.candidate[at]]
            if now == post:
                continue
            if (
                now >= 0
                and group >= 0
                and state.group[now] == group
                and state.own[now] <= state.common[group]
            ):
                continue
            gain = self._gain_of(at)
            if gain > least:
                self.offers.append((-gain, at, post))

    def _take(self, at: int, post: int) -> None:
        state = self.state
        who = state.candidate[at]
        left = state.post_of[who]
        if left >= 0:
            sitters = state.sitter[left]
            last = sitters.pop()
            if last != who:
                sitters[sitters.index(who)] = last
            state.taken[left] -= 1
            if state.group[left] >= 0:
                state.group_taken[state.group[left]] -= 1
            self._seek(left)
        state.sitter[post].append(who)
        state.taken[post] += 1
        if state.group[post] >= 0:
            state.group_taken[state.group[post]] += 1
        state.post_of[who] = post
        state.held[who] = state.worth[at]

    def _fill_post(self, post: int) -> None:
        state = self.state
        floor = state.floor_of(post)
        self.offers = []
        self._collect(post, floor, -1)
        heapq.heapify(self.offers)
        while self.offers and state.taken[post] < state.seats[post]:
            self._take(*heapq.heappop(self.offers)[1:])
        price = max(floor, -self.offers[0][0] - state.epsilon) if self.offers else floor
        state.own[post] = min(state.own[post], price)
        if state.taken[post] < state.seats[post]:
            self._seek(post)

    def _fill_group(self, group: int) -> None:
        state = self.state
        holes, price = self._holes_of(group), 0
        if holes <= 0 or state.common[group] == 0:
            return
        self._let_fall(group)
        while self.offers:
            if not self._stands(group):
                continue
            turned, at, post = self.offers[0]
            level = max(-turned - state.epsilon, 0)
            is_full = state.taken[post] == state.seats[post]
            if not is_full and holes == 0:
                price = level
                break
            heapq.heappop(self.offers)
            if is_full:
                self._price_full_post(post, level)
            else:
                self._take(at, post)
                holes -= 1
        state.common[group] = price

    def _holes_of(self, group: int) -> int:
        state = self.state
        dear: int = sum(
            state.seats[post] - state.taken[post] for post in state.members[group] if self._is_dear(post)
        )
        left: int = state.group_seats[group] - state.group_taken[group]
        return left - dear

    def _let_fall(self, group: int) -> None:
        state = self.state
        self.offers = []
        falling = [post for post in state.members[group] if not self._is_dear(post)]
        for post in falling:
            self._collect(post, 0, group)
        state.common[group] = 0
        for post in falling:
            state.own[post] = 0
        heapq.heapify(self.offers)

    def _stands(self, group: int) -> bool:
        state = self.state
        turned, at, post = self.offers[0]
        now = state.post_of[state.candidate[at]]
        if state.own[post] > 0 or (now >= 0 and self._is_beside(now, group)):
            heapq.heappop(self.offers)
            return False
        gain = self._gain_of(at)
        if gain >= -turned:
            return True
        heapq.heappop(self.offers)
        if gain > 0:
            heapq.heappush(self.offers, (-gain, at, post))
        return False

    def _price_full_post(self, post: int, price: int) -> None:
        state = self.state
        state.own[post] = price
        for who in state.sitter[post]:
            for other, _ in state.choices[who]:
                if other != post and self._is_beside(other, state.group[post]):
                    at = state.pair[who, other]
                    heapq.heappush(self.offers, (-self._gain_of(at), at, other))

"""The auction in plain Python: the same bids in the same order as the kernel, so the same answer.

Meant for a scheme of some hundred people where no kernel was compiled; every step is that of
`kernels/assignment.c` and `kernels/assignment_seats.c`, where the reasons stand.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from tragitto_matching import assignment_plain_reverse as reverse
from tragitto_matching.assignment_plain_state import NOBODY, State
from tragitto_matching.assignment_problem import Prices, Problem
from tragitto_matching.instance import Ints


class Auction:
    """An auction; the methods are those of `assignment_compiled.Auction`."""

    def __init__(self, problem: Problem) -> None:
        self._state = State(problem)

    def start(self, epsilon: int, lower: int) -> None:
        """Begin a phase, prices lower by `lower`: who is within `epsilon` of the best choice stays."""
        state = self._state
        state.epsilon = epsilon
        state.lower_prices(lower)
        state.waiting.clear()
        for who, post in enumerate(state.post_of):
            if post >= 0:
                price = state.price_of(post)
                stays = state.held[who] - price >= _best(state, who)[0] - epsilon
                if stays or price > 0:
                    state.hold(post, who if stays else NOBODY)
                if stays:
                    continue
                state.post_of[who] = -1
            state.waiting.append(who)
        for post, group in enumerate(state.group):
            if state.taken[post] < state.seats[post]:
                state.own[post] = 0
            if group >= 0:
                state.group_refresh(post)
        for group in range(len(state.common)):
            state.group_reprice(group)

    def forward(self, most: int) -> int:
        """Let those who wait bid, at most `most` times; how many bids were made."""
        state = self._state
        waiting, left = state.waiting, most
        while waiting and left:
            who = waiting.pop()
            first, second, post, worth = _best(state, who)
            if post < 0:
                continue
            state.post_of[who] = post
            state.held[who] = worth
            level = state.price_of(post) + first - second + state.epsilon
            if state.group[post] >= 0:
                _bid_in_group(state, who, post, level)
            else:
                _bid_alone(state, who, post, level)
            left -= 1
        return most - left

    def waits(self) -> bool:
        """Whether somebody still waits to bid."""
        return bool(self._state.waiting)

    def reverse(self) -> None:
        """Bring down the prices of all that has empty seats, until only what is full costs anything."""
        reverse.run(self._state)

    def gap(self) -> int:
        """The distance between the score reached and what the prices prove at most, in 1/scale."""
        state = self._state
        gap = 0
        for who, post in enumerate(state.post_of):
            gap += _best(state, who)[0] - (state.held[who] if post >= 0 else 0)
        for post, seats in enumerate(state.seats):
            gap += seats * (state.price_of(post) - state.floor_of(post))
        for group, seats in enumerate(state.group_seats):
            gap += seats * state.common[group]
        return gap

    def seat(self, post_of: Ints, held: Ints, prices: Prices) -> None:
        """Set who sits where, with which score, and the prices."""
        state = self._state
        state.post_of = post_of.tolist()
        state.held = [score * state.scale for score in held.tolist()]
        state.own, state.common = prices.own.tolist(), prices.common.tolist()

    def result(self) -> tuple[Ints, Ints, Prices]:
        """Who sits where, with which score, and the prices."""
        state = self._state
        held = np.array(state.held, np.int64) // state.scale
        prices = Prices(own=np.array(state.own, np.int64), common=np.array(state.common, np.int64))
        return np.array(state.post_of, np.int32), held.astype(np.int32), prices


@contextmanager
def auction(problem: Problem) -> Iterator[Auction]:
    """An auction over these pairs; lists of its own serve it."""
    yield Auction(problem)


def _best(state: State, who: int) -> tuple[int, int, int, int]:
    """The gains of the best and the second best choice, the best post, and what it is worth."""
    first = second = worth = 0
    best = -1
    own, common, group = state.own, state.common, state.group
    for post, gross in state.choices[who]:
        price = own[post]
        if group[post] >= 0 and common[group[post]] > price:
            price = common[group[post]]
        gain = gross - price
        if gain > second:
            if gain > first:
                first, second, best, worth = gain, first, post, gross
            else:
                second = gain
    return first, second, best, worth


def _bid_alone(state: State, who: int, post: int, level: int) -> None:
    if state.taken[post] < state.seats[post]:
        state.seat_push(post, level, who)
        if state.taken[post] < state.seats[post]:
            return
    else:
        state.unseat(state.sitter[post][0])
        state.seat_replace_lowest(post, level, who)
    state.own[post] = max(state.own[post], state.level[post][0])


def _bid_in_group(state: State, who: int, post: int, level: int) -> None:
    group = state.group[post]
    if state.taken[post] == state.seats[post]:
        _bid_alone(state, who, post, level)
    else:
        if state.group_taken[group] == state.group_seats[group]:
            cheapest = state.lowest[group][0]
            state.unseat(state.seat_take_lowest(cheapest))
            state.group_taken[group] -= 1
            state.group_refresh(cheapest)
        _bid_alone(state, who, post, level)
        state.group_taken[group] += 1
    state.group_refresh(post)
    state.group_reprice(group)

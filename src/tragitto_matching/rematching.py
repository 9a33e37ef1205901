"""Matching anew after somebody has left, so that as few as possible move, and every move has its reason.

When people leave or seats are added, each free seat is offered down the post's list to whoever would rather
have it, and so is the seat that they leave: a vacancy chain (Blum, Roth & Rothblum 1997). When posts close or
lose seats, who stood there asks down their own list, and so does whoever they put out.

What is proven, and held by the tests against every stable match of small rounds: the new match is stable.

- After a withdrawal nobody who stays is worse off. Among the stable matches of which that is true, this one
  changes the least for everybody: who moves here moves in each of them, so none has fewer moves.
- After a closing nobody is better off. Among the stable matches of which that is true, this one is the best
  for everybody: who moves here moves in each of them, so none has fewer moves.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush, heapreplace
from typing import Literal

import numpy as np

from tragitto_matching.cutoffs import cutoffs, own_and_worst
from tragitto_matching.instance import Ints
from tragitto_matching.ranking_lists import Rankings
from tragitto_matching.stable_input import ask_match

#: They left; a seat fell free at a post that they wish more; their seat was taken away; somebody whom the
#: post ranks higher asked for it.
Why = Literal["left", "seat_free", "seat_gone", "put_out"]


@dataclass(frozen=True)
class Move:
    """One person's difference between two matches; -1 = no post."""

    candidate: int
    had: int
    has: int
    why: Why
    #: Whose leaving freed the seat, or who put them out; -1 = nobody: the seat is new, or was taken away.
    because_of: int


@dataclass(frozen=True, kw_only=True)
class Rematch:
    """The new match, and what is different from the one before."""

    post_of: Ints
    cutoffs: Ints
    #: In the order of the candidates.
    moved: tuple[Move, ...]


def after_withdrawal(rankings: Rankings, seats: Ints, before: Ints, gone: Iterable[int]) -> Rematch:
    """The match after candidates have left or seats were added (`seats` are those there are now).

    `gone` are all who have left so far; the lists may still name them. Raises `ValueError` if somebody has a
    complaint about `before` other than a free seat, or a post more people than seats.
    """
    left = _ask_before(rankings, seats, before, gone)
    post_of = before.copy()
    post_of[left] = -1
    own = _own(rankings, post_of, left)
    free = seats - np.bincount(post_of[post_of >= 0], minlength=rankings.posts)
    if (free < 0).any():
        raise ValueError("A post has more people than seats: match after a closing.")
    if _complaining(rankings, post_of, own, np.zeros(rankings.posts, np.bool_)).any():
        raise ValueError("The match before was not stable: somebody has a complaint against it.")
    vacant: deque[tuple[int, int]] = deque()
    for person in left:
        post = int(before[person])
        if post >= 0 and free[post] > 0:
            vacant.append((post, person))
            free[post] -= 1
    empty = np.repeat(np.arange(rankings.posts), np.minimum(free, np.diff(rankings.post_ptr)))
    vacant.extend((int(post), -1) for post in empty)
    why: dict[int, tuple[Why, int]] = dict.fromkeys(left, ("left", -1))
    why.update(_fill(rankings, vacant, post_of, own))
    return _rematch(rankings, seats, before, post_of, why)


def after_closing(rankings: Rankings, seats: Ints, before: Ints, gone: Iterable[int] = ()) -> Rematch:
    """The match after posts lost seats: `seats` are those left, 0 for a post that closed.

    Of too many people at a post those whom it ranks lowest lose the seat. `gone` are all who have left so
    far and had no seat any more. Raises `ValueError` if somebody else has a complaint about `before`.
    """
    left = _ask_before(rankings, seats, before, gone)
    if (before[left] >= 0).any():
        raise ValueError("Somebody who has left still has a post: match after the withdrawal first.")
    own = _own(rankings, before, left)
    holds = _holders(rankings, before, own)
    post_of = before.copy()
    asking: deque[int] = deque()
    for post, heap in enumerate(holds):
        while len(heap) > seats[post]:
            asking.append(heappop(heap)[1])
            post_of[asking[-1]] = -1
    free = seats > np.bincount(post_of[post_of >= 0], minlength=rankings.posts)
    complaining = _complaining(rankings, post_of, own, free)
    complaining[list(asking)] = False
    if complaining.any():
        raise ValueError("The match before was not stable: somebody has a complaint against it.")
    why: dict[int, tuple[Why, int]] = dict.fromkeys(asking, ("seat_gone", -1))
    _ask_on(rankings, seats, (holds, post_of, why), asking)
    return _rematch(rankings, seats, before, post_of, why)


def _fill(
    rankings: Rankings, vacant: deque[tuple[int, int]], post_of: Ints, own: Ints
) -> dict[int, tuple[Why, int]]:
    """Offer the free seats; who moved to one, and whose leaving had freed it."""
    why: dict[int, tuple[Why, int]] = {}
    # A post need not ask twice: who preferred what they had has something better still later on.
    begins = rankings.post_ptr[:-1].copy()
    while vacant:
        post, freed_by = vacant.popleft()
        row = slice(int(begins[post]), int(rankings.post_ptr[post + 1]))
        wanting = np.flatnonzero(rankings.wish[row] < own[rankings.candidate[row]])
        if not len(wanting):
            begins[post] = row.stop
            continue
        entry = row.start + int(wanting[0])
        begins[post] = entry + 1
        person = int(rankings.candidate[entry])
        if post_of[person] >= 0:
            vacant.append((int(post_of[person]), person))
        post_of[person], own[person] = post, rankings.wish[entry]
        why[person] = ("seat_free", freed_by)
    return why


def _ask_on(
    rankings: Rankings,
    seats: Ints,
    state: tuple[list[list[tuple[int, int]]], Ints, dict[int, tuple[Why, int]]],
    asking: deque[int],
) -> None:
    """Let who lost a seat ask down their list, and whoever is put out for them."""
    holds, post_of, why = state
    while asking:
        person = asking.popleft()
        row = slice(int(rankings.candidate_ptr[person]), int(rankings.candidate_ptr[person + 1]))
        for post, place in zip(rankings.post[row].tolist(), rankings.place[row].tolist(), strict=True):
            heap = holds[post]
            if len(heap) < seats[post]:
                heappush(heap, (-place, person))
            elif heap and -place > heap[0][0]:
                out = heapreplace(heap, (-place, person))[1]
                post_of[out] = -1
                why.setdefault(out, ("put_out", person))
                asking.append(out)
            else:
                continue
            post_of[person] = post
            break


def _holders(rankings: Rankings, post_of: Ints, own: Ints) -> list[list[tuple[int, int]]]:
    """For each post a heap of who is there, the worst place on top."""
    holds: list[list[tuple[int, int]]] = [[] for _ in range(rankings.posts)]
    placed = np.flatnonzero(post_of >= 0)
    places = rankings.place[rankings.candidate_ptr[placed] + own[placed]]
    for person, place in zip(placed.tolist(), places.tolist(), strict=True):
        holds[post_of[person]].append((-place, person))
    for heap in holds:
        heapify(heap)
    return holds


def _complaining(rankings: Rankings, post_of: Ints, own: Ints, free: np.ndarray) -> np.ndarray:
    """Which candidates wish a post more that has a seat marked `free` or took somebody ranked lower."""
    owner = np.repeat(np.arange(rankings.candidates), np.diff(rankings.candidate_ptr))
    within = np.arange(len(owner)) - rankings.candidate_ptr[owner]
    _, worst = own_and_worst(rankings, post_of)
    wanted = free[rankings.post] | (rankings.place < worst[rankings.post])
    complaining = np.zeros(rankings.candidates, np.bool_)
    complaining[owner[wanted & (within < own[owner])]] = True
    return complaining


def _own(rankings: Rankings, post_of: Ints, left: list[int]) -> Ints:
    """Where each one's post stands in their list; who left wishes nothing more."""
    own, _ = own_and_worst(rankings, post_of)
    if (own < 0).any():
        raise ValueError("The match before gives somebody a post that is not in their list.")
    own[left] = -1
    return own


def _ask_before(rankings: Rankings, seats: Ints, before: Ints, gone: Iterable[int]) -> list[int]:
    ask_match(rankings, seats, before)
    left = sorted(set(gone))
    if left and not (left[0] >= 0 and left[-1] < rankings.candidates):
        raise ValueError("Somebody who has left is not among the candidates.")
    return left


def _rematch(
    rankings: Rankings, seats: Ints, before: Ints, post_of: Ints, why: dict[int, tuple[Why, int]]
) -> Rematch:
    different = np.flatnonzero(before != post_of).tolist()
    moved = tuple(Move(i, int(before[i]), int(post_of[i]), *why[i]) for i in different)
    return Rematch(post_of=post_of, cutoffs=cutoffs(rankings, seats, post_of), moved=moved)

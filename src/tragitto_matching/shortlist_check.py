"""Judges shortlists from the pairs alone, sharing no code with what makes them."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Ints, Longs
from tragitto_matching.judging import MOST, are_prices, is_whole, times, total
from tragitto_matching.pairs import Pairs

type _Pairs = npt.NDArray[np.intp]
type Flags = npt.NDArray[np.bool_]


class ClaimedPrices(Protocol):
    """As `shortlists_score.Prices`."""

    @property
    def of_post(self) -> Longs: ...
    @property
    def of_candidate(self) -> Longs: ...
    @property
    def of_nobody(self) -> int: ...


class ClaimedProof(Protocol):
    """As `shortlists.Certificate`."""

    @property
    def level_of_candidate(self) -> Ints: ...
    @property
    def level_of_post(self) -> Ints: ...
    @property
    def prices(self) -> ClaimedPrices: ...


class Claimed(Protocol):
    """Lists that are said to be as even as can be, and best of those: as `shortlists.Shortlists`."""

    @property
    def candidate(self) -> Ints: ...
    @property
    def looks(self) -> Ints: ...
    @property
    def certificate(self) -> ClaimedProof: ...


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the lists were asked to be: as for `shortlists.shortlist`."""

    per_post: Ints
    order: Ints | None = None
    most_looks: int = 0
    looks_before: Ints | None = None
    reserved: Flags | None = None


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """The lists, laid beside the pairs."""

    post: _Pairs
    #: By pair: on a list; may be on one.
    shown: Flags
    is_open: Flags
    before: npt.NDArray[np.int64]
    looks: npt.NDArray[np.int64]


def faults(pairs: Pairs, rules: Rules, lists: Claimed) -> tuple[str, ...]:
    """What is wrong with the lists: empty = they keep the rules, and are even and best as they claim."""
    if not _fits(pairs, lists):
        return ("The lists or what proves them name somebody who is not there.",)
    seen, strangers = _seen(pairs, rules, lists)
    length = np.bincount(seen.post[seen.shown], minlength=pairs.posts)
    found = []
    if strangers:
        found.append("Somebody is on a list without being eligible, or twice.")
    if (seen.shown & ~seen.is_open).any():
        found.append("Somebody who is reserved is on a list.")
    if (length > rules.per_post).any():
        found.append("A list is longer than its post asks.")
    if not np.array_equal(seen.looks, lists.looks):
        found.append("The looks are not those of the lists.")
    if rules.most_looks and (seen.looks > np.maximum(seen.before, rules.most_looks)).any():
        found.append("Somebody has more looks than a person can have.")
    if not _is_even(pairs, seen, lists):
        found.append("The levels do not prove that the looks are as even as can be.")
    if not _are_known(lists.certificate.prices):
        found.append("The prices are no whole numbers that can be computed with.")
    elif gap(pairs, rules, lists) >= 1:
        found.append("The prices do not prove that the total score is the greatest.")
    if not strangers and not _is_in_order(pairs, lists):
        found.append("A list is not in the order of the scores.")
    return tuple(found + _short(pairs, rules, seen))


def _fits(pairs: Pairs, lists: Claimed) -> bool:
    """Whether everything is of these people and posts."""
    proof, people, posts = lists.certificate, (pairs.count,), (pairs.posts,)
    on = lists.candidate
    return bool(
        on.ndim == 2
        and len(on) == pairs.posts
        and on.min(initial=-1) >= -1
        and on.max(initial=-1) < pairs.count
        and lists.looks.shape == proof.level_of_candidate.shape == proof.prices.of_candidate.shape == people
        and proof.level_of_post.shape == proof.prices.of_post.shape == posts
    )


def _are_known(prices: ClaimedPrices) -> bool:
    nobody = prices.of_nobody
    return are_prices(prices.of_post, prices.of_candidate) and is_whole(nobody) and abs(nobody) < MOST


def _is_in_order(pairs: Pairs, lists: Claimed) -> bool:
    """Each list from the left without a gap, the best score first, of equals the earlier candidate."""
    row, place = np.nonzero(lists.candidate >= 0)
    who = lists.candidate[row, place].astype(np.int64)
    key = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr)) * pairs.count + pairs.candidate
    score = pairs.score[np.searchsorted(key, row * pairs.count + who)].astype(np.int64)
    is_next = row[1:] == row[:-1]
    comes_before = (score[:-1] > score[1:]) | ((score[:-1] == score[1:]) & (who[:-1] < who[1:]))
    is_close = place[1:] == np.where(is_next, place[:-1] + 1, 0)
    return bool((is_close & (comes_before | ~is_next)).all() and (place[:1] == 0).all())


def _seen(pairs: Pairs, rules: Rules, lists: Claimed) -> tuple[_Seen, int]:
    """The lists beside the pairs, and how many of those on lists are no pair, or there again."""
    post = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr))
    row, place = np.nonzero(lists.candidate >= 0)
    key = post.astype(np.int64) * pairs.count + pairs.candidate
    listed = row.astype(np.int64) * pairs.count + lists.candidate[row, place]
    shown: Flags = np.isin(key, listed)
    before = np.zeros(pairs.count, np.int64)
    if rules.looks_before is not None:
        before += rules.looks_before
    is_open = np.ones(len(post), np.bool_) if rules.reserved is None else ~rules.reserved[pairs.candidate]
    looks = before + np.bincount(pairs.candidate[shown], minlength=pairs.count)
    strangers = len(listed) - int(np.count_nonzero(shown))
    return _Seen(post=post, shown=shown, is_open=is_open, before=before, looks=looks), strangers


def _is_even(pairs: Pairs, seen: _Seen, lists: Claimed) -> bool:
    """The levels and the lists agree: no look can pass to somebody with two fewer."""
    mine = lists.certificate.level_of_candidate.astype(np.int64)
    theirs = lists.certificate.level_of_post.astype(np.int64)
    above = mine[pairs.candidate] > theirs[seen.post]
    below = mine[pairs.candidate] < theirs[seen.post]
    is_near = ((seen.looks == mine) | (seen.looks == mine - 1)).all()
    agrees = not (seen.shown & above).any() and not (seen.is_open & ~seen.shown & below).any()
    return bool(is_near and agrees)


def gap(pairs: Pairs, rules: Rules, lists: Claimed) -> int:
    """How many points more lists as even could have at most, by the prices: less than 1 means none.

    For any prices, a list's score is at most what its posts and people are paid, and what pairs have left
    (weak duality of linear programming).
    """
    proof, prices = lists.certificate, lists.certificate.prices
    seen, _ = _seen(pairs, rules, lists)
    free = seen.is_open & (proof.level_of_candidate[pairs.candidate] == proof.level_of_post[seen.post])
    fixed = np.bincount(pairs.candidate[seen.shown & ~free], minlength=pairs.count)
    room = proof.level_of_candidate - seen.before - fixed
    given = np.bincount(pairs.candidate[seen.shown & free], minlength=pairs.count)
    places = np.bincount(seen.post[seen.shown & free], minlength=pairs.posts)
    left = pairs.score[free].astype(np.int64)
    left -= prices.of_post[seen.post[free]] + prices.of_candidate[pairs.candidate[free]]
    without = -(prices.of_nobody + prices.of_candidate)[room > 0]
    bound = times(places, prices.of_post) + times(room, prices.of_candidate)
    bound += total(room - given) * int(prices.of_nobody)
    bound += total(np.maximum(left, 0)) + total(np.maximum(without, 0))
    score = int(pairs.score[seen.shown & free].sum(dtype=np.int64))
    return bound - score


def _short(pairs: Pairs, rules: Rules, seen: _Seen) -> list[str]:
    """A list that is shorter than asked although somebody can be had without robbing an earlier one."""
    turn = np.arange(pairs.posts)
    if rules.order is not None:
        turn[rules.order] = np.arange(pairs.posts)
    length = np.bincount(seen.post[seen.shown], minlength=pairs.posts)
    most = rules.most_looks or np.iinfo(np.int64).max
    missing = np.bincount(seen.post[seen.is_open & ~seen.shown], minlength=pairs.posts)
    for one in np.flatnonzero((length < rules.per_post) & (missing > 0)):
        posts, people = _reached(pairs, seen, int(one))
        if (seen.looks[people] < most).any():
            return ["A list is short though somebody can still be shown."]
        if (turn[posts] > turn[one]).any():
            return ["A list is short though one served later could do with fewer."]
    return []


def _reached(pairs: Pairs, seen: _Seen, post: int) -> tuple[Flags, Flags]:
    """Posts and people to whom a missing place can be handed on from the post."""
    posts, people = np.zeros(pairs.posts, np.bool_), np.zeros(pairs.count, np.bool_)
    posts[post] = True
    while True:
        near = pairs.candidate[posts[seen.post] & seen.is_open & ~seen.shown]
        if people[near].all():
            return posts, people
        people[near] = True
        posts[seen.post[seen.shown & people[pairs.candidate]]] = True

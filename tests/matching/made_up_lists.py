"""Thousands of small rounds side by side in one set of lists, and every stable match of each."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from tragitto_matching.pairs import Pairs
from tragitto_matching.ranking import Rankings, from_tiers

#: Each round has so many candidates and posts: 256 ways to give everybody a post or none.
PEOPLE, PLACES = 4, 3
WAYS = np.array(list(product(range(-1, PLACES), repeat=PEOPLE)))
NOWHERE = 99


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """Rounds that know nothing of each other: tiers by (round, person, post) and by (round, post, person)."""

    wish: np.ndarray
    place: np.ndarray
    mutual: np.ndarray
    seats: np.ndarray

    @property
    def all_seats(self) -> np.ndarray:
        return self.seats.reshape(-1).astype(np.int32)

    def rankings(self, seed: int | None = None) -> Rankings:
        """All rounds in one set of lists: candidate 4 of the second round is number 8 (counted from 1)."""
        which, person, post = np.nonzero(self.mutual)
        return from_tiers(
            candidate=(which * PEOPLE + person).astype(np.int32),
            post=(which * PLACES + post).astype(np.int32),
            wish_tier=self.wish[which, person, post],
            place_tier=self.place[which, post, person],
            shape=(len(self.wish) * PEOPLE, len(self.wish) * PLACES),
            seed=seed,
        )

    def way_of(self, post_of: np.ndarray) -> np.ndarray:
        """Which of the 256 ways each round took."""
        here = np.where(post_of < 0, -1, post_of % PLACES).reshape(-1, PEOPLE)
        return ((here + 1) * (PLACES + 1) ** np.arange(PEOPLE - 1, -1, -1)).sum(axis=1)

    def worth(self) -> np.ndarray:
        """(rounds, ways, people): the wish that each way fulfils; the lower the better."""
        worth = np.full((len(self.wish), len(WAYS), PEOPLE), NOWHERE)
        for person, post in product(range(PEOPLE), range(PLACES)):
            worth[:, WAYS[:, person] == post, person] = self.wish[:, person, post][:, None]
        return worth

    def stable(self, gone: np.ndarray | None = None) -> np.ndarray:
        """(rounds, ways): nobody blocks (equals do not), no post has too many, everybody is in the lists."""
        wish = self.worth()
        filled = np.stack([(post == WAYS).sum(axis=1) for post in range(PLACES)], axis=1)
        fine = (filled[None] <= self.seats[:, None]).all(axis=2)
        worst = np.full((len(wish), len(WAYS), PLACES), -1)
        for person, post in product(range(PEOPLE), range(PLACES)):
            here = WAYS[:, person] == post
            fine &= self.mutual[:, person, post][:, None] | ~here
            worst[:, here, post] = np.maximum(worst[:, here, post], self.place[:, post, person][:, None])
        absent = np.zeros((len(wish), PEOPLE), np.bool_) if gone is None else gone
        for person, post in product(range(PEOPLE), range(PLACES)):
            wants = self.wish[:, person, post][:, None] < wish[:, :, person]
            free = filled[None, :, post] < self.seats[:, post][:, None]
            wanted = free | (self.place[:, post, person][:, None] < worst[:, :, post])
            there = self.mutual[:, person, post] & ~absent[:, person]
            fine &= ~(wants & wanted & there[:, None])
            fine &= ~(absent[:, person][:, None] & (WAYS[:, person] >= 0))
        return fine


def rounds(count: int, seed: int, *, wish_ties: bool = False, place_ties: bool = False) -> Rounds:
    """Random rounds; without ties every tier has one."""
    rng = np.random.default_rng(seed)

    def tiers(rows: int, columns: int, ties: bool) -> np.ndarray:
        if ties:
            return rng.integers(0, 2, (count, rows, columns))
        return np.argsort(rng.random((count, rows, columns)), axis=2)

    return Rounds(
        wish=tiers(PEOPLE, PLACES, wish_ties),
        place=tiers(PLACES, PEOPLE, place_ties),
        mutual=rng.random((count, PEOPLE, PLACES)) < 0.8,
        seats=rng.integers(0, 4, (count, PLACES)),
    )


def scored_pairs(seed: int, candidates: int, posts: int, levels: int) -> Pairs:
    """Random scored pairs, about a third of those there could be."""
    rng = np.random.default_rng(seed)
    post, candidate = np.nonzero(rng.random((posts, candidates)) < rng.choice([0.05, 0.3, 0.9]))
    ptr = np.zeros(posts + 1, np.int64)
    np.cumsum(np.bincount(post, minlength=posts), out=ptr[1:])
    score = rng.integers(1, levels + 1, len(post)).astype(np.int32)
    return Pairs(ptr=ptr, candidate=candidate.astype(np.int32), score=score, count=candidates)


def scored_rounds(count: int, seed: int, levels: int) -> Pairs:
    """Rounds of four candidates and three posts side by side, of random scored pairs."""
    rng = np.random.default_rng(seed)
    which, post, person = np.nonzero(rng.random((count, PLACES, PEOPLE)) < rng.random((count, 1, 1)))
    row = which * PLACES + post
    return Pairs(
        ptr=np.searchsorted(row, np.arange(count * PLACES + 1)).astype(np.int64),
        candidate=(which * PEOPLE + person).astype(np.int32),
        score=rng.integers(1, levels + 1, len(row)).astype(np.int32),
        count=count * PEOPLE,
    )

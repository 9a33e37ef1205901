"""Eligible pairs and the best of each post without a compiler: the same answers, by NumPy alone."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Bits, Instance, Ints, Longs

type _Flags = npt.NDArray[np.bool_]


def eligible_pairs(instance: Instance) -> tuple[Longs, Ints, Ints]:
    """`ptr`, `candidate` and `score` of `Pairs`."""
    posts = instance.posts
    profiles = offered(instance)
    rows: list[tuple[Ints, Ints]] = [_NOBODY] * len(posts.codes)
    for profile in np.unique(posts.profile):
        wanted = np.uint64(1) << np.uint64(profile)
        block = _Block(instance, int(profile), np.flatnonzero(profiles & wanted).astype(np.int32))
        for post in np.flatnonzero(posts.profile == profile):
            rows[post] = block.row(int(post))
    ptr = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row[0]) for row in rows], out=ptr[1:])
    candidate = np.concatenate([_NOBODY[0], *(row[0] for row in rows)])
    score = np.concatenate([_NOBODY[1], *(row[1] for row in rows)])
    return ptr, candidate, score


def offered(instance: Instance) -> Bits:
    """The profiles that each candidate still offers: who is placed offers none."""
    if not len(instance.placed):
        return instance.candidates.profiles
    kept = instance.candidates.profiles.copy()
    kept[instance.placed[:, 0]] = 0
    return kept


def top(ptr: Longs, candidate: Ints, score: Ints, k: int) -> Ints:
    """`pairs.top` of well-formed pairs."""
    posts = len(ptr) - 1
    best = np.full((posts, k), -1, dtype=np.int32)
    if not k or not len(candidate):
        return best
    post = np.repeat(np.arange(posts), np.diff(ptr))
    # Candidates ascend within a post, and the sort is stable: of equals the lower comes first.
    order = np.lexsort((-score.astype(np.int64), post))
    rank = np.arange(len(order)) - ptr[post]
    taken = rank < k
    best[post[taken], rank[taken]] = candidate[order][taken]
    return best


_NOBODY: tuple[Ints, Ints] = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))


class _Block:
    """The candidates of one profile; who meets a demand is found once for all posts that make it."""

    def __init__(self, instance: Instance, profile: int, members: Ints) -> None:
        held = instance.candidates
        self.instance, self.members = instance, members
        self.years = held.years[members, profile]
        self.levels = np.ascontiguousarray(held.levels[members].T)
        self.schooling = held.schooling[members]
        self.skills = np.ascontiguousarray(held.skills[members].T)
        self.licences, self.regions = held.licences[members], held.regions[members]
        self.shifts, self.available = held.shifts[members], held.available_from[members]
        self.first = held.first_region[members]
        self.met: dict[tuple[str, int, int], _Flags] = {}
        self.excluded: dict[int, list[int]] = {}
        for candidate, post in instance.excluded.tolist():
            self.excluded.setdefault(post, []).append(candidate)

    def row(self, post: int) -> tuple[Ints, Ints]:
        """The eligible candidates of one post, and their scores."""
        good = np.ones(len(self.members), dtype=np.bool_)
        for demand in self._demands(post):
            good &= demand
        if post in self.excluded:
            good &= ~np.isin(self.members, self.excluded[post])
        found = np.flatnonzero(good)
        return self.members[found], self._scores(post, found)

    def _demands(self, post: int) -> list[_Flags]:
        asked = self.instance.posts
        demands = [
            self._once("level", language, int(least), lambda of, least: self.levels[of] >= least)
            for language, least in enumerate(asked.least_levels[post])
            if least
        ]
        if least := int(asked.least_schooling[post]):
            demands.append(self._once("schooling", 0, least, lambda _, least: self.schooling >= least))
        if least := int(asked.least_years[post]):
            demands.append(self._once("years", 0, least, lambda _, least: self.years >= least))
        if day := int(asked.starts_on[post]):
            demands.append(self._once("day", 0, day, lambda _, day: self.available <= day))
        region = np.uint64(1) << np.uint64(asked.region[post])
        demands.append(self._once("regions", 0, int(region), lambda _, mask: _holds(self.regions, mask)))
        if mask := int(asked.must_licences[post]):
            demands.append(self._once("licences", 0, mask, lambda _, mask: _holds(self.licences, mask)))
        if mask := int(asked.shifts[post]):
            demands.append(self._once("shifts", 0, mask, lambda _, mask: _holds(self.shifts, mask)))
        demands += [
            self._once("skills", word, int(mask), lambda word, mask: _holds(self.skills[word], mask))
            for word, mask in enumerate(asked.must_skills[post])
            if mask
        ]
        return demands

    def _once(self, what: str, of: int, wanted: int, made: Callable[[int, int], _Flags]) -> _Flags:
        key = (what, of, wanted)
        if key not in self.met:
            self.met[key] = made(of, wanted)
        return self.met[key]

    def _scores(self, post: int, found: npt.NDArray[np.intp]) -> Ints:
        asked, weights = self.instance.posts, self.instance.weights
        points, most = weights.points[asked.weights[post]], weights.most[asked.weights[post]]
        above = np.zeros(len(found), dtype=np.int32)
        for language, least in enumerate(asked.least_levels[post]):
            if least:
                above += self.levels[language][found].astype(np.int32) - np.int32(least)
        held = np.zeros(len(found), dtype=np.int32)
        for word, mask in enumerate(asked.wished_skills[post]):
            if mask:
                held += np.bitwise_count(self.skills[word][found] & mask).astype(np.int32)
        units = (
            above,
            self.years[found].astype(np.int32) - np.int32(asked.least_years[post]),
            self.schooling[found].astype(np.int32) - np.int32(asked.least_schooling[post]),
            held,
            (self.first[found] == asked.region[post]).astype(np.int32),
        )
        score = np.ones(len(found), dtype=np.int32)
        for criterion, counted in enumerate(units):
            score += points[criterion] * np.minimum(counted, most[criterion])
        return score


def _holds(masks: Bits, wanted: int) -> _Flags:
    mask = np.uint64(wanted)
    held: _Flags = (masks & mask) == mask
    return held

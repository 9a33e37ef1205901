"""People and posts as the columns of the engine. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from tragitto.schemes.pack import WeightSpec
from tragitto.selection.rules.people import Person
from tragitto_matching.instance import CRITERIA, Bits, Candidates, Instance, Ints, Posts, Weights
from tragitto_matching.pairs import Pairs

_LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
_EPOCH = date(1970, 1, 1)
#: Nobody's years are counted beyond what the column holds.
_MOST_YEARS = 60


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A post under its public code, and what it asks for; `call` = whose weights count."""

    code: str
    employer: str
    call: str
    profile: str
    region: str
    seats: int
    least_levels: Mapping[str, str] = field(default_factory=dict)
    least_schooling: int = 0
    least_years: int = 0
    must_skills: Sequence[str] = ()
    wished_skills: Sequence[str] = ()
    must_licences: Sequence[str] = ()
    starts_on: date | None = None
    shifts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Words:
    """The names that the bits and places of the columns stand for."""

    profiles: tuple[str, ...]
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    licences: tuple[str, ...]
    regions: tuple[str, ...]
    shifts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Couples:
    """Pairs (code of a person, code of a post): kept apart, and placed already."""

    excluded: frozenset[tuple[str, str]] = frozenset()
    placed: frozenset[tuple[str, str]] = frozenset()


def instance_of(
    people: Sequence[Person],
    posts: Sequence[Asked],
    weights: Mapping[str, Sequence[WeightSpec]],
    words: Words,
    couples: Couples,
) -> Instance:
    """The instance of these people, in the order of the roster, and posts, in the order of filing.

    `weights` by call. Couples that name nobody here are left out.
    """
    calls = list(weights)
    return Instance(
        candidates=_candidates(people, words),
        posts=_posts(posts, calls, words),
        weights=_weights(weights.values()),
        profiles=words.profiles,
        languages=words.languages,
        skills=words.skills,
        licences=words.licences,
        regions=words.regions,
        shifts=words.shifts,
        excluded=_couples(couples.excluded, people, posts),
        placed=_couples(couples.placed, people, posts),
    )


def without(pairs: Pairs, drop: np.ndarray) -> Pairs:
    """The pairs but those marked."""
    kept = ~drop
    ends = np.concatenate(([0], np.cumsum(kept)))
    return Pairs(
        ptr=ends[pairs.ptr].astype(np.int64),
        candidate=np.ascontiguousarray(pairs.candidate[kept]),
        score=np.ascontiguousarray(pairs.score[kept]),
        count=pairs.count,
    )


def _candidates(people: Sequence[Person], words: Words) -> Candidates:
    everywhere, always = words.regions, words.shifts
    first = {code: at for at, code in enumerate(words.regions)}
    return Candidates(
        codes=np.array([each.code for each in people], dtype=np.str_),
        profiles=_masks([each.years for each in people], words.profiles),
        years=_table(
            [[min(_MOST_YEARS, each.years.get(name, 0)) for name in words.profiles] for each in people],
            len(words.profiles),
        ),
        levels=_levels([each.levels for each in people], words.languages),
        schooling=np.array([each.schooling for each in people], dtype=np.uint8),
        skills=_wide([each.skills for each in people], words.skills),
        licences=_masks([each.licences for each in people], words.licences),
        available_from=_days([each.available_from for each in people]),
        regions=_masks([each.regions or everywhere for each in people], words.regions),
        # Only who names one region alone says which they would like most.
        first_region=_ints(
            [first.get(each.regions[0], -1) if len(each.regions) == 1 else -1 for each in people]
        ),
        shifts=_masks([each.shifts or always for each in people], words.shifts),
    )


def _posts(posts: Sequence[Asked], calls: Sequence[str], words: Words) -> Posts:
    firms = {code: at for at, code in enumerate(dict.fromkeys(each.employer for each in posts))}
    return Posts(
        codes=np.array([each.code for each in posts], dtype=np.str_),
        employer=_ints([firms[each.employer] for each in posts]),
        profile=_ints([words.profiles.index(each.profile) for each in posts]),
        seats=_ints([each.seats for each in posts]),
        weights=_ints([calls.index(each.call) for each in posts]),
        least_levels=_levels([each.least_levels for each in posts], words.languages),
        least_schooling=np.array([each.least_schooling for each in posts], dtype=np.uint8),
        least_years=np.array([min(_MOST_YEARS, each.least_years) for each in posts], dtype=np.uint8),
        must_skills=_wide([each.must_skills for each in posts], words.skills),
        wished_skills=_wide([each.wished_skills for each in posts], words.skills),
        must_licences=_masks([each.must_licences for each in posts], words.licences),
        starts_on=_days([each.starts_on for each in posts]),
        region=_ints([words.regions.index(each.region) for each in posts]),
        shifts=_masks([each.shifts for each in posts], words.shifts),
    )


def _weights(sets: Iterable[Sequence[WeightSpec]]) -> Weights:
    rows = []
    for given in sets:
        known = {str(each.criterion): each for each in given}
        rows.append(
            [(known[name].points, known[name].most) if name in known else (0, 1) for name in CRITERIA]
        )
    both = np.array(rows, dtype=np.int32).reshape(-1, len(CRITERIA), 2)
    return Weights(points=np.ascontiguousarray(both[..., 0]), most=np.ascontiguousarray(both[..., 1]))


def _couples(couples: Iterable[tuple[str, str]], people: Sequence[Person], posts: Sequence[Asked]) -> Ints:
    who = {each.code: at for at, each in enumerate(people)}
    where = {each.code: at for at, each in enumerate(posts)}
    found = sorted((who[a], where[b]) for a, b in couples if a in who and b in where)
    return np.array(found, dtype=np.int32).reshape(-1, 2)


def _masks(rows: Sequence[Iterable[str]], names: Sequence[str]) -> Bits:
    bit = {name: 1 << at for at, name in enumerate(names)}
    return np.array([sum(bit[name] for name in set(row) if name in bit) for row in rows], dtype=np.uint64)


def _wide(rows: Sequence[Iterable[str]], names: Sequence[str]) -> Bits:
    """Masks of as many words of 64 bits as the names need."""
    cut = [names[at : at + 64] for at in range(0, max(1, len(names)), 64)]
    return np.ascontiguousarray(np.column_stack([_masks(rows, part) for part in cut]))


def _levels(rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> np.ndarray:
    return _table([[_LEVELS.index(row.get(name, "")) for name in names] for row in rows], len(names))


def _table(rows: Sequence[Sequence[int]], width: int) -> np.ndarray:
    return np.array(rows, dtype=np.uint8).reshape(len(rows), width)


def _days(days: Sequence[date | None]) -> Ints:
    return _ints([(each - _EPOCH).days if each else 0 for each in days])


def _ints(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, dtype=np.int32)

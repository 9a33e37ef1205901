"""What is matched, frozen: what people can do and wish, what positions ask, column by column.

There is no column for sex, age, religion, origin or family, and no room to add one: a file that names
another column is refused (d.lgs. 215/2003 and 216/2003, art. 3; d.lgs. 198/2006).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from tragitto_matching import instance_checks

type Bits = npt.NDArray[np.uint64]
type Small = npt.NDArray[np.uint8]
type Ints = npt.NDArray[np.int32]
type Longs = npt.NDArray[np.int64]

#: What a pair is scored by; the order is that of `Weights.points` and of a pair's contributions.
Criterion = Literal["language", "experience", "schooling", "wished_skills", "first_region"]
CRITERIA: tuple[Criterion, ...] = ("language", "experience", "schooling", "wished_skills", "first_region")


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """n people, in the order of their seniority on the roster: of two equal ones the earlier comes first.

    Shapes: (n,) unless said. Bits of a mask follow the lists of names in `Instance`.
    """

    codes: npt.NDArray[np.str_]
    #: Profiles that the person offers, as a mask.
    profiles: Bits
    #: (n, profiles of the instance) whole years of experience in each profile.
    years: Small
    #: (n, languages of the instance) levels: 0 = nothing, 1 = A1 … 6 = C2.
    levels: Small
    #: Level of the European Qualifications Framework, 0 = none said.
    schooling: Small
    #: (n, words) masks of the skills held, 64 to a word.
    skills: Bits
    #: Mask of the licences and certificates valid on the day of the instance.
    licences: Bits
    #: The first day on which the person can start, in days since 1 January 1970; 0 = at once.
    available_from: Ints
    #: Mask of the regions that the person accepts.
    regions: Bits
    #: The region wished most, -1 = none.
    first_region: Ints
    #: Mask of the shifts that the person accepts.
    shifts: Bits


@dataclass(frozen=True, kw_only=True)
class Posts:
    """m positions, in the order in which they were filed: of two equal ones the earlier comes first.

    Shapes: (m,) unless said. A least level of 0 asks for nothing; a mask of 0 neither.
    """

    codes: npt.NDArray[np.str_]
    #: Index of the employer, for pages that show an employer's posts together.
    employer: Ints
    #: Index of the one profile that is sought.
    profile: Ints
    seats: Ints
    #: Index of the set of weights that the call of this post published.
    weights: Ints
    #: (m, languages of the instance).
    least_levels: Small
    least_schooling: Small
    least_years: Small
    #: (m, words) as the skills of the candidates.
    must_skills: Bits
    #: (m, words): what is worth points and never asked.
    wished_skills: Bits
    must_licences: Bits
    #: The day on which the work starts, in days since 1 January 1970; 0 = open.
    starts_on: Ints
    #: Index of the region where the work is.
    region: Ints
    #: Mask of the shifts that are worked: the person accepts them all.
    shifts: Bits


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Sets of weights that people set and calls published: whole points for each unit of a criterion.

    `points` has the shape (sets, len(CRITERIA)); `most` as many: the units beyond which no more is counted.
    """

    points: Ints
    most: Ints


@dataclass(frozen=True, kw_only=True)
class Instance:
    """Everything a run needs. `excluded` and `placed` are pairs (candidate, post), shape (pairs, 2).

    Who is placed keeps the seat and is in no further pair; who is excluded from a post is never eligible
    for it. An instance that is made is right: `ValueError` says in a sentence what is not.
    """

    candidates: Candidates
    posts: Posts
    weights: Weights
    profiles: tuple[str, ...]
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    licences: tuple[str, ...]
    regions: tuple[str, ...]
    shifts: tuple[str, ...]
    excluded: Ints
    placed: Ints

    def __post_init__(self) -> None:
        """Refuse what no kernel could read safely, and keep the columns from being written to."""
        instance_checks.check(self)
        for part in (self.candidates, self.posts, self.weights, self):
            instance_checks.freeze(part)

    def seats_left(self) -> Ints:
        """The seats of each post that nobody placed holds, (m,)."""
        held = np.bincount(self.placed[:, 1], minlength=len(self.posts.seats))
        return (self.posts.seats - held).astype(np.int32)

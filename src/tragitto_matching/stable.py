"""Stable matches: nobody and no post would both rather have each other (Gale & Shapley 1962).

Both sides rank whom they would accept; a post has seats. Candidate-proposing gives every candidate the best
post they can have in any stable match, post-proposing every post the best people; the same people are placed
and the same seats filled either way (Roth 1986).
"""

from dataclasses import dataclass, replace
from typing import Literal

from tragitto_matching import stable_compiled, stable_rounds
from tragitto_matching.cutoffs import cutoffs
from tragitto_matching.instance import Ints
from tragitto_matching.kernels import compiled
from tragitto_matching.ranking import drawn, places
from tragitto_matching.ranking_lists import Flags, Rankings
from tragitto_matching.stable_check import ask_seats

type Proposing = Literal["candidates", "posts"]
type Ties = Literal["lottery", "largest"]


@dataclass(frozen=True, kw_only=True)
class StableMatch:
    """Who has which post, and what everybody checks it by."""

    #: For each candidate the post they have, -1 = none.
    post_of: Ints
    #: For each post the last place of its list that is reached (see `cutoffs`).
    cutoffs: Ints
    #: How many proposals were made: the same in whatever order one proposes.
    proposals: int
    #: The lists with all equals in order, in which the match is stable and the cutoffs count.
    rankings: Rankings


def match(
    rankings: Rankings,
    seats: Ints,
    *,
    proposing: Proposing = "candidates",
    ties: Ties = "lottery",
    seed: int | None = None,
) -> StableMatch:
    """The stable match that is best for those who propose.

    `ties` says how equal candidates are put in order: "lottery" takes the order of the lists, drawn anew when
    another `seed` is given; "largest" puts those first among equals who would otherwise go without a post
    (Király 2011): stable whatever the order among equals, and at least two thirds as many people are placed
    as in the largest match that is. Posts that a candidate wishes as much stand by the order of filing; the
    two thirds hold for the lists ordered so. Raises `ValueError` on arrays that do not fit.
    """
    ask_seats(rankings, seats)
    strict = rankings if seed is None or seed == rankings.seed else drawn(rankings, seed)
    if ties == "largest" and strict.candidate_tied is not None:
        strict = drawn(strict, strict.seed, first=_second_chance(strict, seats))
    post_of, proposals = _propose(strict, seats, proposing)
    return StableMatch(
        post_of=post_of,
        cutoffs=cutoffs(strict, seats, post_of),
        proposals=proposals,
        rankings=strict,
    )


def _propose(rankings: Rankings, seats: Ints, proposing: Proposing) -> tuple[Ints, int]:
    library = compiled()
    if proposing == "candidates":
        if library is None:
            return stable_rounds.candidates_propose(rankings, seats)
        return stable_compiled.candidates_propose(library, rankings, seats)
    if library is None:
        return stable_rounds.posts_propose(rankings, seats)
    return stable_compiled.posts_propose(library, rankings, seats)


def _second_chance(rankings: Rankings, seats: Ints) -> Flags:
    """Who would go without a post, and is put first among equals."""
    place, tier = places(rankings)
    rankings = replace(rankings, place=place)
    if library := compiled():
        return stable_compiled.second_chance(library, rankings, seats, tier)
    return stable_rounds.second_chance(rankings, seats, tier)

"""Stable matches: nobody and no post would both rather have each other (Gale & Shapley 1962).

Both sides rank whom they would accept; a post has seats. Candidate-proposing gives every candidate the best
post they can have in any stable match, post-proposing every post the best people; the same people are placed
and the same seats filled either way (Roth 1986).
"""

from dataclasses import dataclass, replace
from typing import Literal

from tragitto_matching import stable_compiled, stable_largest, stable_rounds
from tragitto_matching.cutoffs import cutoffs
from tragitto_matching.instance import Ints
from tragitto_matching.kernels import compiled
from tragitto_matching.ranking import drawn, own_first, places
from tragitto_matching.ranking_lists import Asked, Flags, Rankings
from tragitto_matching.stable_input import ask_seats

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
    #: Who was put first among equals, ahead of the lots; None = nobody, the lots or seniority alone decided.
    first: Flags | None = None


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
    (Király 2013): stable whatever the order among equals, and at least two thirds as many people are placed
    as in the largest match that is, with equals on both sides. Posts that a candidate wishes as much stand
    by the order of filing; with "largest" theirs comes first. Raises `ValueError` on arrays that do not fit.
    """
    ask_seats(rankings, seats)
    strict = rankings if seed is None or seed == rankings.seed else drawn(rankings, seed)
    first = None
    if ties == "largest" and not (strict.candidate_tied is None and strict.post_tied is None):
        strict, first = _largest(strict, seats)
    post_of, proposals = _propose(strict, seats, proposing)
    return StableMatch(
        post_of=post_of,
        cutoffs=cutoffs(strict, seats, post_of),
        proposals=proposals,
        rankings=strict,
        first=first,
    )


def best_for_candidates(lists: Asked, seats: Ints) -> Ints:
    """Each candidate's post when candidates propose, out of their lists alone; places may have gaps."""
    return _candidates_propose(lists, seats)[0]


def _propose(rankings: Rankings, seats: Ints, proposing: Proposing) -> tuple[Ints, int]:
    if proposing == "candidates":
        return _candidates_propose(rankings, seats)
    if library := compiled():
        return stable_compiled.posts_propose(library, rankings, seats)
    return stable_rounds.posts_propose(rankings, seats)


def _candidates_propose(lists: Asked, seats: Ints) -> tuple[Ints, int]:
    if library := compiled():
        return stable_compiled.candidates_propose(library, lists, seats)
    return stable_rounds.candidates_propose(lists, seats)


def _largest(rankings: Rankings, seats: Ints) -> tuple[Rankings, Flags]:
    """Equals in an order in which the largest match that is found is stable; who was put first."""
    place, tier = places(rankings)
    rankings = replace(rankings, place=place)
    if library := compiled():
        first, post_of = stable_compiled.largest(library, rankings, seats, tier)
    else:
        first, post_of = stable_largest.largest(rankings, seats, tier)
    return drawn(own_first(rankings, post_of), rankings.seed, first=first), first

"""Assignment with conditions that cross each other: seats of regions and of profiles, sizes of classes.

Three steps. Prices for the crossing caps by Lagrange (Held, Wolfe and Crowder 1974; Fisher 1981), each step
one auction with the classes inside it: they give a bound that no assignment can beat, and are published. A
first assignment that keeps everything, from the last prices. Then HiGHS, as SciPy ships it, on the pairs that
could still be in a better one: where those are all the pairs that could, and HiGHS ends, the answer is the
optimum; where not, the bound says how far from it the answer can be at most.

Steps, pairs and branches are counted and no clock is read: a busy machine gives the same answer. HiGHS
reckons in floating point, so another version of SciPy may find another of two equally good ones.
"""

from typing import Literal

import numpy as np

from tragitto_matching import sides_exact, sides_prices, sides_repair
from tragitto_matching.instance import Ints, Longs
from tragitto_matching.pairs import Pairs
from tragitto_matching.sides_problem import SidedAssignment, Sides, check_sides

#: So many pairs HiGHS is given at first, then twice as many: it takes two to three times longer for them.
_PAIRS_AT_FIRST = 9_000


def assign_with(pairs: Pairs, seats: Ints, sides: Sides, *, rounds: int = 1) -> SidedAssignment:
    """The best assignment under side conditions that is found with so many calls of HiGHS, and its bound.

    Two processors took below a second for 500 candidates, two for 10,000, eleven for 100,000; every round
    more takes HiGHS two to three times as long as the one before. Raises `ValueError` for labels or numbers
    that fit nothing.
    """
    check_sides(pairs, seats, sides)
    priced = sides_prices.search(pairs, seats, sides)
    post_of, value = sides_repair.best_of(pairs, seats, sides, priced.assignments)
    bound = priced.bound
    proof: Literal["prices", "highs"] = "prices"
    for number in range(rounds):
        most = _PAIRS_AT_FIRST * 2**number
        # With fewer pairs than people are seated it could find nothing better.
        if value == bound or most < np.count_nonzero(post_of >= 0):
            break
        kept, is_whole = _could_be_better(priced.reduced, bound - value, most)
        found = sides_exact.solve(pairs, seats, sides, kept)
        if found is None:
            break
        if found.value >= value:
            post_of, value = found.post_of, found.value
        if is_whole:
            # None of the pairs left out can be in a better one.
            if (least := max(found.bound, value)) < bound:
                bound, proof = least, "highs"
            break
    return SidedAssignment(
        post_of=post_of,
        value=value,
        bound=bound,
        priced_bound=priced.bound,
        prices=priced.prices,
        proof=proof,
    )


def _could_be_better(reduced: Longs, gap: int, most: int) -> tuple[Longs, bool]:
    """Pairs for HiGHS, and whether a better assignment than the one at hand could use no other.

    A pair's reduced cost is what the bound falls by if the pair must be in: beyond the gap it is out of
    question.
    """
    kept = np.flatnonzero(reduced <= gap)
    if len(kept) <= 2 * most:
        return kept, True
    return np.sort(np.argsort(reduced, kind="stable")[:most]), False

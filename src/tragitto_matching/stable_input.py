"""What a match is asked with, looked at before anything is computed or judged."""

import numpy as np

from tragitto_matching.instance import Ints
from tragitto_matching.ranking_lists import Rankings


def ask_match(rankings: Rankings, seats: Ints, post_of: Ints) -> None:
    """Raise `ValueError` unless the arrays are of these rankings."""
    ask_seats(rankings, seats)
    if post_of.dtype != np.int32 or post_of.shape != (rankings.candidates,):
        raise ValueError("A match has one int32 for each candidate.")
    if not post_of.flags.c_contiguous:
        raise ValueError("The posts of a match lie one after the other in memory.")
    if len(post_of) and not (post_of.min() >= -1 and post_of.max() < rankings.posts):
        raise ValueError("A post of the match is not there.")


def ask_seats(rankings: Rankings, seats: Ints) -> None:
    """Raise `ValueError` unless every post has its number of seats."""
    if seats.dtype != np.int32 or seats.shape != (rankings.posts,):
        raise ValueError("The seats are one int32 for each post.")
    if len(seats) and int(seats.min()) < 0:
        raise ValueError("A post has no fewer than 0 seats.")

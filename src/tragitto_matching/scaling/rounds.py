"""The stable match over ranked lists that no one memory holds: first rounds in an engine, the tail here.

Deferred acceptance by cutoffs (Azevedo & Leshno 2016), each round a group-by over the lists: everybody asks
for the best post whose cutoff they reach; a post that too many ask for lowers its cutoff to the last place
that has a seat. Cutoffs only fall, and never below those of the match in which candidates propose: whatever
the number of rounds, deferred acceptance among the entries that are left gives that match.
"""

from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
from ibis import _
from ibis.expr.types import Table

from tragitto_matching import stable
from tragitto_matching.instance import Ints, Longs
from tragitto_matching.ranking import Rankings
from tragitto_matching.scaling.engines import Engine

_END = np.iinfo(np.int32).max


@dataclass(frozen=True, kw_only=True)
class Scaled:
    """Who has which post, and how it was come by."""

    #: For each candidate the post they have, -1 = none.
    post_of: Ints
    #: Rounds in the engine.
    rounds: int
    #: Entries of the lists that were left for the tail.
    left: int


def match(engine: Engine, lists: Table, candidates: int, seats: Ints, *, rounds: int = 5) -> Scaled:
    """The stable match that is best for candidates, of lists (candidate, post, wish, place) in an engine.

    `wish` orders a candidate's list and `place` a post's, lower first, no two equal in a list. After so many
    rounds what is left is matched here; it stops earlier when nothing changes any more.
    """
    cutoffs = np.where(seats > 0, _END, -1).astype(np.int32)
    done = 0
    while done < rounds:
        done += 1
        reached = _put(engine, cutoffs, seats)
        lowered = engine.fetch(_lowered(engine.keep("asking", _asking(lists, reached)), reached))
        engine.drop("asking")
        if not len(lowered):
            break
        cutoffs[_column(lowered, "post")] = _column(lowered, "cutoff")
        if done == 1 and rounds > 1:
            # The first round refuses most of what is ever refused: the others go over the rest alone.
            lists = engine.keep("still_open", _reached(lists, _put(engine, cutoffs, seats)))
    rest = engine.fetch(_reached(lists, _put(engine, cutoffs, seats)))
    if done > 1:
        engine.drop("still_open")
    post_of = stable.match(_rankings(rest, (candidates, len(seats))), seats).post_of
    return Scaled(post_of=post_of, rounds=done, left=len(rest))


def _reached(lists: Table, reached: Table) -> Table:
    still = lists.join(reached, "post").filter(_.place <= _.cutoff)
    return still.select("candidate", "post", "wish", "place")


def _asking(lists: Table, reached: Table) -> Table:
    """What everybody asks for: the first of their list that they reach."""
    mine = _reached(lists, reached).group_by("candidate")
    return mine.agg(post=_.post.argmin(_.wish), place=_.place.argmin(_.wish))


def _lowered(asking: Table, reached: Table) -> Table:
    """The posts that more ask for than have a seat, with the last place that has one."""
    numbered = asking.mutate(
        number=ibis.row_number().over(group_by="post", order_by="place"),
        asked=_.count().over(group_by="post"),
    )
    last = numbered.join(reached.select("post", "seats"), "post")
    last = last.filter((last.asked > last.seats) & (last.number == last.seats - 1))
    return last.select("post", cutoff="place")


def _rankings(rest: pa.Table, shape: tuple[int, int]) -> Rankings:
    """What is left as lists of their own, numbered without gaps."""
    candidate, post, wish, place = (_column(rest, name) for name in ("candidate", "post", "wish", "place"))
    mine = np.argsort((candidate.astype(np.int64) << 32) + wish)
    candidate, post, place = candidate[mine], post[mine], place[mine]
    theirs = np.argsort((post.astype(np.int64) << 32) + place)
    candidate_ptr, post_ptr = _begins(candidate, shape[0]), _begins(post, shape[1])
    number = np.arange(len(post), dtype=np.int64)
    new_place = np.empty(len(post), np.int32)
    new_place[theirs] = number - np.repeat(post_ptr[:-1], np.diff(post_ptr))
    new_wish = (number - np.repeat(candidate_ptr[:-1], np.diff(candidate_ptr))).astype(np.int32)
    return Rankings(
        candidate_ptr=candidate_ptr,
        post=post,
        place=new_place,
        post_ptr=post_ptr,
        candidate=candidate[theirs],
        wish=new_wish[theirs],
    )


def _begins(rows: Ints, count: int) -> Longs:
    begins = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=begins[1:])
    return begins


def _put(engine: Engine, cutoffs: Ints, seats: Ints) -> Table:
    post = np.arange(len(seats), dtype=np.int32)
    return engine.put("cutoffs", pa.table({"post": post, "cutoff": cutoffs, "seats": seats}))


def _column(table: pa.Table, name: str) -> Ints:
    column: Ints = np.ascontiguousarray(table[name].to_numpy(), np.int32)
    return column

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


@dataclass(frozen=True, kw_only=True)
class _Rest:
    """What is left of the candidates' lists, best first, with the places that the posts give them."""

    candidate_ptr: Longs
    post: Ints
    place: Ints
    post_ptr: Longs

    @property
    def candidates(self) -> int:
        return len(self.candidate_ptr) - 1

    @property
    def posts(self) -> int:
        return len(self.post_ptr) - 1


def match(engine: Engine, lists: Table, candidates: int, seats: Ints, *, rounds: int = 2) -> Scaled:
    """The stable match that is best for candidates, of lists (candidate, post, wish, place) in an engine.

    `wish` orders a candidate's list and `place` a post's, from 0, lower first, no two equal in a list. After
    so many rounds what is left is matched here; it stops earlier when nothing changes any more. Raises
    `ValueError` for lists with somebody who is not there.
    """
    cutoffs = np.where(seats > 0, _END, -1).astype(np.int32)
    done = 0
    while done < rounds:
        reached = _put(engine, cutoffs, seats)
        # In the first round everybody asks for the first of their list: nothing need be grouped.
        asking = _asking(lists, reached) if done else _reached(lists.filter(_.wish == 0), reached)
        lowered = engine.fetch(_lowered(asking, reached))
        done += 1
        if not len(lowered):
            break
        cutoffs[_column(lowered, "post")] = _column(lowered, "cutoff")
        if done == 1 and rounds > 1:
            # The first round refuses most of what is ever refused: the others go over the rest alone.
            open_still = _reached(lists, _put(engine, cutoffs, seats))
            lists = engine.keep("still_open", open_still, by="candidate")
    rest = engine.fetch(_reached(lists, _put(engine, cutoffs, seats)))
    if done > 1:
        engine.drop("still_open")
    post_of = stable.best_for_candidates(_rest(rest, (candidates, len(seats))), seats)
    return Scaled(post_of=post_of, rounds=done, left=len(rest))


def _reached(lists: Table, reached: Table) -> Table:
    still = lists.join(reached, "post").filter(_.place <= _.cutoff)
    return still.select("candidate", "post", "wish", "place")


def _asking(lists: Table, reached: Table) -> Table:
    """What everybody asks for: the first of their list that they reach."""
    # Both in one number: an engine looks for the least wish once.
    both = _.post.cast("int64") * 2**32 + _.place
    first = _reached(lists, reached).mutate(both=both).group_by("candidate").agg(both=_.both.argmin(_.wish))
    return first.select(post=(_.both // 2**32).cast("int32"), place=(_.both % 2**32).cast("int32"))


def _lowered(asking: Table, reached: Table) -> Table:
    """The posts with as many as they have seats: the last place that has one, where that is lower now."""
    number = ibis.row_number().over(group_by="post", order_by="place")
    numbered = asking.select("post", "place", number=number)
    last = numbered.join(reached, "post")
    last = last.filter((last.number == last.seats - 1) & (last.place < last.cutoff))
    return last.select("post", cutoff="place")


def _rest(rest: pa.Table, shape: tuple[int, int]) -> _Rest:
    """What is left as lists, numbered without gaps."""
    candidate, post, wish, place = (_column(rest, name) for name in ("candidate", "post", "wish", "place"))
    order = np.argsort((candidate.astype(np.int64) << 32) + wish)
    if len(place) and int(place.min()) < 0:
        raise ValueError("A place is a whole number from 0.")
    return _Rest(
        candidate_ptr=_begins(candidate, shape[0]),
        post=post[order],
        place=place[order],
        post_ptr=_begins(post, shape[1]),
    )


def _begins(rows: Ints, count: int) -> Longs:
    counted = np.bincount(rows, minlength=count)
    if len(counted) > count:
        raise ValueError("The lists name somebody who is not there.")
    begins = np.zeros(count + 1, np.int64)
    np.cumsum(counted, out=begins[1:])
    return begins


def _put(engine: Engine, cutoffs: Ints, seats: Ints) -> Table:
    post = np.arange(len(seats), dtype=np.int32)
    table = pa.table({"post": post, "cutoff": cutoffs, "seats": seats})
    return engine.put("cutoffs", table, everywhere=True)


def _column(table: pa.Table, name: str) -> Ints:
    column: Ints = np.ascontiguousarray(table[name].to_numpy(), np.int32)
    return column

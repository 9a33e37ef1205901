"""Results that are not right, each with one lie and its hash made to fit again: what `check` must refuse."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.matching import golden
from tragitto_matching import commands, files
from tragitto_matching.hashing import result_hash
from tragitto_matching.pairs import eligible_pairs

INSTANCE = files.read(golden.HERE / "instance.json")
CROSSED = files.read(golden.HERE / "crossed.json")
MATCH = {"proposing": "candidates", "ties": "lottery", "seed": None}
LARGEST = {**MATCH, "ties": "largest"}
FRAME = ("engine", "instance", "kind", "result")

type Made = dict[str, Any]
type Lie = Callable[[Made], object]


def printed(kind: str, instance: Any = INSTANCE, **asked: Any) -> Made:
    """A result as it is printed and read again."""
    return json.loads(json.dumps(commands.answer(instance, kind, asked)))


def sealed(made: Made) -> Made:
    """The result under the hash of what it says now."""
    said = {name: value for name, value in made.items() if name not in FRAME}
    made["result"] = result_hash(made["instance"], made["kind"], said)
    return made


def first_row(table: Made, least: int = 1) -> Made:
    return next(row for row in table.values() if len(row) >= least)


def put(*way: str, value: Any) -> Lie:
    """The value at the end of the way."""

    def lie(made: Made) -> None:
        for name in way[:-1]:
            made = made[name]
        made[way[-1]] = value

    return lie


def everywhere(*way: str, value: Any) -> Lie:
    """The same value under every name of a table."""

    def lie(made: Made) -> None:
        for name in way:
            made = made[name]
        made.update(dict.fromkeys(made, value))

    return lie


def both(*lies: Lie) -> Lie:
    return lambda made: [lie(made) for lie in lies]


def one_more_point(made: Made) -> None:
    row = first_row(made["pairs"])
    row[next(iter(row))] += 1


def one_pair_less(made: Made) -> None:
    first_row(made["pairs"]).popitem()


def one_pair_more(made: Made) -> None:
    next(row for row in made["pairs"].values() if "C0" not in row)["C0"] = 1


def a_score_that_only_looks_whole(made: Made) -> None:
    row = first_row(made["pairs"])
    row[next(iter(row))] *= 1.0


def worse_lists(made: Made) -> None:
    """Two people of equal level change places so that the total falls: as even as before, and not best."""
    pairs, level = eligible_pairs(INSTANCE), made["levels"]
    posts, people = INSTANCE.posts.codes.tolist(), INSTANCE.candidates.codes.tolist()
    post = np.repeat(np.arange(pairs.posts), np.diff(pairs.ptr))
    score = {
        (posts[p], people[c]): int(s) for p, c, s in zip(post, pairs.candidate, pairs.score, strict=True)
    }
    free = {
        code: [who for who in row if level["candidates"][who] == level["posts"][code]]
        for code, row in made["lists"].items()
    }
    one, other, left, right = next(
        (a, b, u, v)
        for a in posts
        for b in posts
        if level["posts"][a] == level["posts"][b]
        for u in free[a]
        for v in free[b]
        if u not in made["lists"][b] and v not in made["lists"][a] and (a, v) in score and (b, u) in score
        if score[a, u] + score[b, v] > score[a, v] + score[b, u]
    )
    for code, goes, comes in ((one, left, right), (other, right, left)):
        row = [comes if who == goes else who for who in made["lists"][code]]
        made["lists"][code] = sorted(row, key=lambda who: (-score[code, who], people.index(who)))


def list_turned_round(made: Made) -> None:
    next(row for row in made["lists"].values() if len(row) > 1).reverse()


def first_list(made: Made) -> list[str]:
    return next(row for row in made["lists"].values() if row)


def twice_on_a_list(made: Made) -> None:
    row = first_list(made)
    row[-1] = row[0]


def stranger_on_a_list(made: Made) -> None:
    pairs = printed("pairs")["pairs"]
    post, row = next((post, row) for post, row in made["lists"].items() if row)
    row[-1] = next(who for who in INSTANCE.candidates.codes.tolist() if who not in pairs[post])


def look_that_wraps(made: Made) -> None:
    made["looks"]["C0"] += 2**32


def moved_to(post: str) -> Lie:
    return lambda made: made["post_of"].update(dict.fromkeys(list(made["post_of"])[:9], post))


def two_swapped(made: Made) -> None:
    one, other = list(made["post_of"])[:2]
    made["post_of"] |= {one: made["post_of"][other], other: made["post_of"][one]}


def somebody_left_out(made: Made) -> None:
    made["post_of"].popitem()


def others_match(**asked: Any) -> Lie:
    """The match that was made when something else was asked."""

    def lie(made: Made) -> None:
        other = printed("match", CROSSED, **asked)
        made.update({name: other[name] for name in ("post_of", "cutoffs", "first")})

    return lie


def one_in_each_slot(made: Made) -> None:
    number = 0
    for row in made["employers"].values():
        for who in row:
            row[who], number = number, number + 1
    made["slots"] = number


def nobody_meets(made: Made) -> None:
    for row in made["employers"].values():
        row.update(dict.fromkeys(row))
    made["waiting"] = sum(map(len, made["employers"].values()))


def all_at_once(made: Made) -> None:
    row = first_row(made["employers"], 2)
    row.update(dict.fromkeys(row, 0))


def one_beyond(made: Made, slot: int = 0) -> None:
    row = first_row(made["employers"])
    row[next(iter(row))] = slot or made["slots"]


def one_meeting_less(made: Made) -> None:
    first_row(made["employers"], 2).popitem()


def one_waits(made: Made) -> None:
    row = first_row(made["employers"])
    row[next(iter(row))] = None
    made["waiting"] += 1


def shorter_list(made: Made) -> None:
    """A list without its last, who has a look less."""
    made["looks"][first_list(made).pop()] -= 1


PAIRS: dict[str, Lie] = {
    "a point more": one_more_point,
    "a pair left out": one_pair_less,
    "a pair that is none": one_pair_more,
    "a score that only looks whole": a_score_that_only_looks_whole,
    "a post that is not there": put("pairs", "P99", value={}),
    "a post left out": lambda made: made["pairs"].popitem(),
    "a row that is a list": put("pairs", "P0", value=[]),
    "a name of one's own": put("note", value="checked"),
}
SHORTLISTS: dict[str, Lie] = {
    "a worse total": worse_lists,
    "a worse total, prices that wrap": both(worse_lists, everywhere("prices", "posts", value=2**58)),
    "a worse total, prices at the end": both(worse_lists, everywhere("prices", "posts", value=2**63 - 1)),
    "a worse total, prices of nobody": both(worse_lists, put("prices", "nobody", value=2**62)),
    "a worse total, prices of all kinds": both(
        worse_lists,
        everywhere("prices", "posts", value=2**59),
        everywhere("prices", "candidates", value=-(2**59)),
    ),
    "a price that is no number": put("prices", "nobody", value=None),
    "a price that is true": put("prices", "nobody", value=True),
    "a price with a point": put("prices", "nobody", value=0.5),
    "a list cut short": lambda made: first_list(made).pop(),
    "a list turned round": list_turned_round,
    "somebody twice": twice_on_a_list,
    "somebody who is not eligible": stranger_on_a_list,
    "a look that wraps": look_that_wraps,
    "a look more than the lists give": lambda made: made["looks"].update(C0=made["looks"]["C0"] + 1),
    "a level too high": put("levels", "candidates", "C0", value=9),
    "a level that wraps": put("levels", "posts", "P0", value=2**32),
    "a list of no post": put("lists", "P99", value=["C0"]),
    "fewer asked for": put("arguments", "per_seat", value=1),
    "more asked for": put("arguments", "per_seat", value=4),
    "too many asked for": put("arguments", "per_seat", value=10**20),
}
NOBODY = both(put("post_of", value={}), put("value", value=0))
FREE = everywhere("prices", value=0)
ASSIGN: dict[str, Lie] = {
    "nobody anywhere": NOBODY,
    **{
        f"nobody anywhere, scale {scale}": both(NOBODY, FREE, put("scale", value=scale))
        for scale in (-1, 0, 1.5, 2**58, 2**61, 2**63, 2**64, 10**30, True, None)
    },
    "nobody anywhere, prices below 0": both(NOBODY, everywhere("prices", value=-(10**6))),
    "nobody anywhere, prices that wrap": both(NOBODY, everywhere("prices", value=2**63 - 1)),
    "nobody anywhere, prices beyond": both(NOBODY, everywhere("prices", value=2**64)),
    "somebody left out": somebody_left_out,
    "a value one more": lambda made: made.update(value=made["value"] + 1),
    "a value that only looks whole": lambda made: made.update(value=float(made["value"])),
    "too many at a post": moved_to("P0"),
    "a post that is not there": moved_to("P99"),
    "a post that is nothing": moved_to(None),  # type: ignore[arg-type]
    "somebody who is not there": put("post_of", "C99", value="P0"),
    "two who changed places": two_swapped,
    "not finished": put("is_finished", value=False),
    "finished in a way": put("is_finished", value=1),
}
MATCHES: dict[str, Lie] = {
    "best for the others": others_match(**MATCH | {"proposing": "posts"}),
    "of another lot": others_match(**MATCH | {"seed": 3}),
    "of another order of equals": others_match(**LARGEST),
    "said to be of posts": put("arguments", "proposing", value="posts"),
    "said to be of a lot": put("arguments", "seed", value=3),
    "asked in a way there is not": put("arguments", "proposing", value="friends"),
    "a seed that is none": put("arguments", "seed", value=-1),
    "somebody left out": somebody_left_out,
    "two who changed places": two_swapped,
    "too many at a post": moved_to("P6"),
    "cutoffs of nobody": everywhere("cutoffs", value=9999),
    "one cutoff one more": lambda made: made["cutoffs"].update(P6=made["cutoffs"]["P6"] + 1),
    "one put first": put("first", value=["C11"]),
    "one put first who is not there": put("first", value=["C99"]),
    "first that is no list": put("first", value={}),
}
LARGEST_LIES: dict[str, Lie] = {
    "cutoffs of nobody": everywhere("cutoffs", value=9999),
    "nobody put first": put("first", value=[]),
    "a friend put first": lambda made: made["first"].insert(0, "C1"),
    "one put first who is there twice": lambda made: made["first"].append(made["first"][-1]),
    "the match by lot": others_match(**MATCH),
    "said to be by lot": put("arguments", "ties", value="lottery"),
    "ties that are none": put("arguments", "ties", value=["largest"]),
}
TIMETABLE: dict[str, Lie] = {
    "nobody meets, it says": both(nobody_meets, put("waiting", value=0), put("fewest", value=1)),
    "nobody meets, and it says so": nobody_meets,
    "one meeting a slot": one_in_each_slot,
    "as many slots as meetings": both(one_in_each_slot, lambda made: made.update(fewest=made["slots"])),
    "more slots asked for": both(one_in_each_slot, put("arguments", "slots", value=999)),
    "one waits without need": one_waits,
    "one slot more": lambda made: made.update(slots=made["slots"] + 1),
    "fewer asked for": both(put("slots", value=1000), put("arguments", "slots", value=999)),
    "fewer needed": lambda made: made.update(fewest=made["fewest"] - 1),
    "one said to wait": put("waiting", value=1),
    "an employer in two places": all_at_once,
    "a slot that is not there": one_beyond,
    "a slot below 0": lambda made: one_beyond(made, -2),
    "a meeting left out": one_meeting_less,
    "an employer of another name": lambda made: made["employers"].update({"9": made["employers"].pop("0")}),
    "shorter lists": shorter_list,
    "worse lists": worse_lists,
    "slots without end": both(put("slots", value=10**12), put("arguments", "slots", value=10**12)),
}

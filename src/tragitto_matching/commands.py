"""What the command line answers: results as JSON, with the engine, the instance and a hash that name them.

People and posts stand under their codes. Where nothing but the instance decides, candidates order their posts
by region wished and filing, posts their candidates by score (`ranking.by_score`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from tragitto_matching import ENGINE_VERSION, assignment, ranking, shortlists, stable, timetable
from tragitto_matching.explaining import contributions, what_would_change, why_not
from tragitto_matching.hashing import instance_hash, result_hash
from tragitto_matching.instance import Instance, Ints
from tragitto_matching.pairs import eligible_pairs
from tragitto_matching.wording import say

type Answer = dict[str, Any]


def answer(instance: Instance, kind: str, arguments: Answer) -> Answer:
    """The result of one kind: what it was asked with, the answer, and the hash of its columns."""
    return {
        "engine": ENGINE_VERSION,
        "instance": (given := instance_hash(instance)),
        "kind": kind,
        "arguments": arguments,
        **(said := KINDS[kind](instance, **arguments)),
        "result": result_hash(given, kind, {"arguments": arguments, **said}),
    }


def _pairs(instance: Instance) -> Answer:
    pairs = eligible_pairs(instance)
    rows = {}
    for post, code in enumerate(instance.posts.codes.tolist()):
        row = slice(pairs.ptr[post], pairs.ptr[post + 1])
        people = instance.candidates.codes[pairs.candidate[row]].tolist()
        rows[code] = dict(zip(people, pairs.score[row].tolist(), strict=True))
    return {"pairs": rows}


def _lists(instance: Instance, per_seat: int) -> shortlists.Shortlists:
    lengths = shortlists.list_lengths(instance.seats_left(), people=per_seat)
    return shortlists.shortlist(eligible_pairs(instance), lengths)


def _shortlists(instance: Instance, per_seat: int) -> Answer:
    return _shown(instance, _lists(instance, per_seat))


def _shown(instance: Instance, lists: shortlists.Shortlists) -> Answer:
    proof = lists.certificate
    people, posts = instance.candidates.codes.tolist(), instance.posts.codes.tolist()
    return {
        "lists": {
            code: [people[who] for who in row if who >= 0]
            for code, row in zip(posts, lists.candidate.tolist(), strict=True)
        },
        "looks": dict(zip(people, lists.looks.tolist(), strict=True)),
        "levels": {
            "candidates": dict(zip(people, proof.level_of_candidate.tolist(), strict=True)),
            "posts": dict(zip(posts, proof.level_of_post.tolist(), strict=True)),
        },
        "prices": {
            "candidates": dict(zip(people, proof.prices.of_candidate.tolist(), strict=True)),
            "posts": dict(zip(posts, proof.prices.of_post.tolist(), strict=True)),
            "nobody": proof.prices.of_nobody,
        },
    }


def _assign(instance: Instance) -> Answer:
    best = assignment.assign(eligible_pairs(instance), instance.seats_left(), in_place=True)
    return {
        "post_of": _seated(instance, best.post_of),
        "value": best.value,
        "is_finished": best.is_finished,
        "scale": best.scale,
        "prices": dict(zip(instance.posts.codes.tolist(), best.post_prices.tolist(), strict=True)),
    }


def _match(instance: Instance, proposing: stable.Proposing, ties: stable.Ties, seed: int | None) -> Answer:
    pairs = eligible_pairs(instance)
    rankings = ranking.by_score(pairs, instance=instance, seed=seed)
    made = stable.match(rankings, instance.seats_left(), proposing=proposing, ties=ties)
    return {
        "post_of": _seated(instance, made.post_of),
        "cutoffs": dict(zip(instance.posts.codes.tolist(), made.cutoffs.tolist(), strict=True)),
        "first": [] if made.first is None else instance.candidates.codes[made.first].tolist(),
    }


def _timetable(instance: Instance, slots: int, per_seat: int) -> Answer:
    lists = _lists(instance, per_seat)
    meetings, employers = meetings_of(instance, lists.candidate)
    table = timetable.arrange(meetings, slots or timetable.fewest_slots(meetings) or 1)
    people = instance.candidates.codes.tolist()
    said: dict[str, dict[str, int | None]] = {}
    for (who, panel), slot in zip(meetings.tolist(), table.slot_of.tolist(), strict=True):
        said.setdefault(employers[panel], {})[people[who]] = None if slot < 0 else slot
    return {
        "slots": table.slots,
        "fewest": table.fewest,
        "waiting": table.waiting,
        "employers": said,
        **_shown(instance, lists),
    }


def meetings_of(instance: Instance, lists: Ints) -> tuple[Ints, list[str]]:
    """One meeting for each candidate and employer who share a list: shape (meetings, 2); employers' names.

    Employers are counted from 0 in the order of their numbers, whatever these are.
    """
    numbers, employer = np.unique(instance.posts.employer, return_inverse=True)
    post, place = np.nonzero(lists >= 0)
    couples = np.stack([lists[post, place], employer[post]], axis=1)
    meetings = np.ascontiguousarray(np.unique(couples, axis=0), dtype=np.int32).reshape(-1, 2)
    return meetings, [str(number) for number in numbers.tolist()]


def _seated(instance: Instance, post_of: Ints) -> dict[str, str]:
    people, posts = instance.candidates.codes.tolist(), instance.posts.codes.tolist()
    return {people[who]: posts[post] for who, post in enumerate(post_of.tolist()) if post >= 0}


KINDS: dict[str, Callable[..., Answer]] = {
    "pairs": _pairs,
    "shortlists": _shortlists,
    "assign": _assign,
    "match": _match,
    "timetable": _timetable,
}


def explain(instance: Instance, candidate: str, post: str, audience: Any, language: Any) -> Answer:
    """Why a pair is eligible or not, in words. Raises `ValueError` for a code that is not there."""
    places = []
    for kind, code, codes in (
        ("candidate", candidate, instance.candidates.codes),
        ("post", post, instance.posts.codes),
    ):
        found = np.flatnonzero(codes == code)
        if not len(found):
            raise ValueError(f"There is no {kind} {code}.")
        places.append(int(found[0]))
    reasons = why_not(instance, *places)
    said: Answer = {"candidate": candidate, "post": post, "is_eligible": not reasons}
    if not reasons:
        parts = contributions(instance, *places)
        said["score"] = sum(part.score for part in parts)
        said["because"] = [say(part, audience, language) for part in parts if part.score]
    else:
        said["because"] = [say(reason, audience, language) for reason in reasons]
        if audience == "candidate":
            outlook = what_would_change(instance, *places)
            said["what_would_change"] = [say(change, audience, language) for change in outlook.changes]
    return said

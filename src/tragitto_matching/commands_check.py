"""Checks a result that somebody else has computed: the judges share no code with what made it."""

from typing import Any

import numpy as np

from tragitto_matching import (
    ENGINE_VERSION,
    certificate,
    pairs_numpy,
    ranking,
    shortlist_check,
    shortlists,
    stable_check,
    timetable_check,
)
from tragitto_matching.assignment import Assignment
from tragitto_matching.commands import KINDS, Answer, hashed, meetings_of
from tragitto_matching.cutoffs import cutoffs
from tragitto_matching.hashing import instance_hash, result_hash
from tragitto_matching.instance import Instance, Ints
from tragitto_matching.kernels import numpy_only
from tragitto_matching.pairs import Pairs, eligible_pairs
from tragitto_matching.shortlists_score import Prices

_FRAME = ("engine", "instance", "kind", "arguments", "result")

#: No price or scale that the engine gives is larger.
_MOST = 2**50


def faults(instance: Instance, answer: Answer) -> list[str]:
    """What is wrong with a result for this instance, in sentences; nothing for a right one."""
    given = instance_hash(instance)
    if not isinstance(answer, dict) or answer.get("kind") not in KINDS:
        return ["This is no result of the engine."]
    if answer.get("engine") != ENGINE_VERSION:
        return [f"The result was made by engine {answer.get('engine')}, this is {ENGINE_VERSION}."]
    if answer.get("instance") != given:
        return ["The result is of another instance."]
    said = {name: value for name, value in answer.items() if name not in _FRAME}
    parts = hashed({"arguments": answer.get("arguments"), **said})
    found = []
    if answer.get("result") != result_hash(given, answer["kind"], **parts):
        found.append("The result was changed after it was made: its hash is another.")
    try:
        return found + _JUDGES[answer["kind"]](instance, answer)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as wrong:
        return [*found, f"The result does not have the form of its kind: {wrong!r}."]


def _pairs(instance: Instance, answer: Answer) -> list[str]:
    ptr, candidate, score = pairs_numpy.eligible_pairs(instance)
    right = {
        code: dict(
            zip(
                instance.candidates.codes[candidate[ptr[post] : ptr[post + 1]]].tolist(),
                score[ptr[post] : ptr[post + 1]].tolist(),
                strict=True,
            )
        )
        for post, code in enumerate(instance.posts.codes.tolist())
    }
    return [] if answer["pairs"] == right else ["The pairs or their scores are not those of the instance."]


def _shortlists(instance: Instance, answer: Answer) -> list[str]:
    people, posts = instance.candidates.codes, instance.posts.codes
    lengths = shortlists.list_lengths(instance.seats_left(), people=answer["arguments"]["per_seat"])
    levels, prices = answer["levels"], answer["prices"]
    proof = shortlists.Certificate(
        level_of_candidate=_column(levels["candidates"], people).astype(np.int32),
        level_of_post=_column(levels["posts"], posts).astype(np.int32),
        prices=Prices(
            of_post=_column(prices["posts"], posts),
            of_candidate=_column(prices["candidates"], people),
            of_nobody=prices["nobody"],
        ),
    )
    lists = shortlists.Shortlists(
        candidate=_listed(instance, answer),
        looks=_column(answer["looks"], people).astype(np.int32),
        certificate=proof,
        # The judge takes no account of what other lists would have been.
        comparison=shortlists.Comparison(score=0, best_score=0, most=0, best_most=0, unseen=0, best_unseen=0),
    )
    rules = shortlist_check.Rules(per_post=lengths)
    return list(shortlist_check.faults(_judged(instance), rules, lists))


def _assign(instance: Instance, answer: Answer) -> list[str]:
    best = Assignment(
        post_of=_post_of(instance, answer),
        post_prices=_column(answer["prices"], instance.posts.codes).astype(np.int64),
        group_prices=np.empty(0, np.int64),
        scale=answer["scale"],
        value=answer["value"],
        is_finished=answer["is_finished"],
    )
    # Judged in the numbers that prices are kept in: beyond these a sum would wrap and prove anything.
    highest = max(abs(int(each)) for each in (*best.post_prices, best.scale))
    if best.scale < 1 or highest > _MOST:
        return ["The prices or their scale are out of the range in which they can prove anything."]
    judged = certificate.check(_judged(instance), instance.seats_left(), best)
    if judged.faults or judged.proves_optimum:
        return list(judged.faults)
    return [f"The prices do not prove that this is best: another might score up to {judged.gap} more."]


def _match(instance: Instance, answer: Answer) -> list[str]:
    arguments = answer["arguments"]
    rankings = ranking.by_score(_judged(instance), instance=instance, seed=arguments["seed"])
    seats, post_of = instance.seats_left(), _post_of(instance, answer)
    people, posts = instance.candidates.codes, instance.posts.codes
    weakly = arguments["ties"] == "largest"
    found = [
        f"{people[who]} has no pair with their post." for who in stable_check.unacceptable(rankings, post_of)
    ]
    found += [f"{posts[post]} has more people than seats." for post in stable_check.overfull(seats, post_of)]
    if found:
        return found
    found = [
        f"{people[who]} and {posts[post]} would both rather have each other."
        for who, post in stable_check.blocking_pairs(rankings, seats, post_of, weakly=weakly)
    ]
    if not weakly and not np.array_equal(
        _column(answer["cutoffs"], posts), cutoffs(rankings, seats, post_of)
    ):
        found.append("The cutoffs are not those of the match.")
    return found


def _timetable(instance: Instance, answer: Answer) -> list[str]:
    arguments = answer["arguments"]
    with numpy_only():
        lengths = shortlists.list_lengths(instance.seats_left(), people=arguments["per_seat"])
        lists = shortlists.shortlist(eligible_pairs(instance), lengths).candidate
    meetings = meetings_of(instance, lists)
    people = instance.candidates.codes.tolist()
    said = {
        (people.index(who), int(panel)): slot
        for panel, slots in answer["employers"].items()
        for who, slot in slots.items()
    }
    if set(said) != {(who, panel) for who, panel in meetings.tolist()}:
        return ["The meetings are not those of the shortlists."]
    slots = [said[who, panel] for who, panel in meetings.tolist()]
    slot_of = np.array([-1 if slot is None else slot for slot in slots], dtype=np.int32)
    return [
        f"{clash.code} in slot {clash.slot}: {len(clash.meetings)} meetings."
        for clash in timetable_check.clashes(meetings, slot_of, answer["slots"])
    ]


_JUDGES = {
    "pairs": _pairs,
    "shortlists": _shortlists,
    "assign": _assign,
    "match": _match,
    "timetable": _timetable,
}


def _judged(instance: Instance) -> Pairs:
    """The pairs by the plain path: no kernel is believed here."""
    with numpy_only():
        return eligible_pairs(instance)


def _post_of(instance: Instance, answer: Answer) -> Ints:
    people, posts = instance.candidates.codes.tolist(), instance.posts.codes.tolist()
    post_of = np.full(len(people), -1, dtype=np.int32)
    for who, post in answer["post_of"].items():
        post_of[people.index(who)] = posts.index(post)
    return post_of


def _column(said: dict[str, int], codes: Any) -> Any:
    if len(said) != len(codes):
        raise ValueError("a value for each code")
    return np.array([said[code] for code in codes.tolist()], dtype=np.int64)


def _listed(instance: Instance, answer: Answer) -> Ints:
    people = {code: at for at, code in enumerate(instance.candidates.codes.tolist())}
    rows = [[people[code] for code in answer["lists"][post]] for post in instance.posts.codes.tolist()]
    lists = np.full((len(rows), max(map(len, rows), default=0)), -1, dtype=np.int32)
    for post, row in enumerate(rows):
        lists[post, : len(row)] = row
    return lists

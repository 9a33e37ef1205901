"""Checks a result that somebody else has computed: the judges share no code with what made it.

No kernel is believed here, and nothing is taken from the result that is not proved: pairs, ranked lists, lots
and who is first among equals are made anew by code of the judges' own.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from tragitto_matching import (
    ENGINE_VERSION,
    certificate,
    commands_claimed,
    pairs_check,
    ranking_check,
    shortlist_check,
    stable_check,
    timetable_check,
)
from tragitto_matching.commands_claimed import FORMS, FRAME, Claimed, Misformed, claimed, named, whole
from tragitto_matching.hashing import instance_hash, result_hash
from tragitto_matching.instance import Instance, Ints, Longs
from tragitto_matching.kernels import numpy_only

_INT = 2**31 - 1


class Unjudgeable(ValueError):
    """What cannot be judged here; the sentence says why, and what to do."""


@dataclass(frozen=True, kw_only=True)
class _Assignment:
    post_of: Ints
    post_prices: Longs
    group_prices: Longs
    scale: int
    value: int


@dataclass(frozen=True, kw_only=True)
class _Prices:
    of_post: Longs
    of_candidate: Longs
    of_nobody: int


@dataclass(frozen=True, kw_only=True)
class _Proof:
    level_of_candidate: Ints
    level_of_post: Ints
    prices: _Prices


@dataclass(frozen=True, kw_only=True)
class _Lists:
    candidate: Ints
    looks: Ints
    certificate: _Proof


def faults(instance: Instance, answer: Any) -> list[str]:
    """What is wrong with a result for this instance, in sentences; nothing for a right one.

    Raises `Unjudgeable` for what is no result, and for one of another version of the engine.
    """
    kind = answer.get("kind") if isinstance(answer, dict) else None
    if not isinstance(kind, str) or kind not in FORMS:
        raise Unjudgeable("This is no result of the engine: give what one of its commands has printed.")
    if answer.get("engine") != ENGINE_VERSION:
        made_by = str(answer.get("engine"))[:16]
        raise Unjudgeable(
            f"The result was made by version {made_by} of the engine, this is {ENGINE_VERSION}:"
            " check it with that version, or compute it again."
        )
    given = instance_hash(instance)
    if answer.get("instance") != given:
        return ["The result is of another instance."]
    said = {name: value for name, value in answer.items() if name not in FRAME}
    found = []
    if answer.get("result") != _hash(given, kind, {"arguments": answer.get("arguments"), **said}):
        found.append("The result was changed after it was made: its hash is another.")
    try:
        with numpy_only():
            return found + _JUDGES[kind](claimed(instance, answer))
    except Misformed as wrong:
        return [*found, f"The result does not have the form of its kind: {wrong}."]


def _hash(given: str, kind: str, said: Any) -> str | None:
    try:
        return result_hash(given, kind, said)
    except (ValueError, RecursionError):
        return None


def _pairs(told: Claimed) -> list[str]:
    pairs, people = pairs_check.eligible(told.instance), list(told.people)
    said = named(told.said["pairs"], told.posts, "pairs")
    found: dict[str, list[str]] = {}
    for code, post in told.posts.items():
        row = slice(pairs.ptr[post], pairs.ptr[post + 1])
        who, score = pairs.candidate[row].tolist(), pairs.score[row].tolist()
        right = {people[one]: points for one, points in zip(who, score, strict=True)}
        if not isinstance(said[code], dict):
            raise Misformed(f"pairs.{code} must be an object")
        for one in sorted(set(right) | set(said[code])):
            if one not in right:
                found.setdefault("is not eligible for", []).append(f"{one[:40]} {{}} {code}")
            elif one not in said[code]:
                found.setdefault("is left out though eligible for", []).append(f"{one} {{}} {code}")
            elif whole(said[code][one], f"pairs.{code}.{one}", 1, _INT) != right[one]:
                found.setdefault("has another score for", []).append(f"{one} {{}} {code}")
    return [
        f"{each[0].format(what)}{f', and {len(each) - 1} more' if each[1:] else ''}."
        for what, each in found.items()
    ]


def _shortlists(told: Claimed) -> list[str]:
    per_seat = told.asked("per_seat", _INT)
    of_post, of_candidate, of_nobody = commands_claimed.prices(told)
    level_of_candidate, level_of_post = commands_claimed.levels(told)
    lists = _Lists(
        candidate=told.lists(),
        looks=told.column("looks", told.people, told.said["looks"]).astype(np.int32),
        certificate=_Proof(
            level_of_candidate=level_of_candidate,
            level_of_post=level_of_post,
            prices=_Prices(of_post=of_post, of_candidate=of_candidate, of_nobody=of_nobody),
        ),
    )
    wanted = told.instance.seats_left().astype(np.int64) * per_seat
    rules = shortlist_check.Rules(per_post=np.minimum(wanted, _INT).astype(np.int32))
    return list(shortlist_check.faults(pairs_check.eligible(told.instance), rules, lists))


def _assign(told: Claimed) -> list[str]:
    best = _Assignment(
        post_of=told.post_of(),
        post_prices=told.column("prices", told.posts, told.said["prices"], is_signed=True),
        group_prices=np.empty(0, np.int64),
        scale=told.number("scale", -(2**63), 2**63),
        value=told.number("value", -(2**63), 2**63),
    )
    judged = certificate.check(pairs_check.eligible(told.instance), told.instance.seats_left(), best)
    found = [f"{fault[0].upper()}{fault[1:]}." for fault in judged.faults]
    if not found and not judged.proves_optimum:
        most = math.floor(judged.gap)
        found = [f"The prices do not prove that this is best: another might score up to {most} more."]
    if told.said["is_finished"] is not True:
        found.append("It does not say that it was finished.")
    return found


def _match(told: Claimed) -> list[str]:
    proposing, ties, seed = (told.arguments[name] for name in ("proposing", "ties", "seed"))
    if proposing not in ("candidates", "posts") or ties not in ("lottery", "largest"):
        raise Misformed("proposing or ties is none that can be asked for")
    if seed is not None:
        seed = whole(seed, "arguments.seed", 0, 2**64 - 1)
    instance, post_of, seats = told.instance, told.post_of(), told.instance.seats_left()
    pairs, first = pairs_check.eligible(instance), told.group(told.said["first"], "first")
    lists, right = ranking_check.ranked(instance, pairs, seed), []
    if ties == "largest":
        right = ranking_check.second_chances(lists, pairs, seats)
        lists = ranking_check.ranked(instance, pairs, seed, right)
    people, posts = list(told.people), list(told.posts)
    found = [
        f"{people[who]} has no pair with their post." for who in stable_check.unacceptable(lists, post_of)
    ]
    found += [f"{posts[post]} has more people than seats." for post in stable_check.overfull(seats, post_of)]
    if first != right:
        found.append("Who was put first among equals is not who would have gone without a post.")
    if found:
        return found
    blocking = stable_check.blocking_pairs(lists, seats, post_of)
    found = [f"{people[who]} and {posts[post]} would both rather have each other." for who, post in blocking]
    if not found and (ring := stable_check.unserved(lists, seats, post_of, proposing)):
        names = ", ".join(people[who] for who in ring)
        found.append(f"Another stable match is better for {proposing}: {names} would change places.")
    if told.column(
        "cutoffs", told.posts, told.said["cutoffs"], is_signed=True
    ).tolist() != stable_check.reached(lists, seats, post_of):
        found.append("The cutoffs are not those of the match.")
    return found


def _timetable(told: Claimed) -> list[str]:
    if found := _shortlists(told):
        return found
    employers = [str(number) for number in told.instance.posts.employer.tolist()]
    wanted = {
        (who, employers[post]) for post, row in enumerate(told.lists().tolist()) for who in row if who >= 0
    }
    slots = told.slots({panel for _, panel in wanted})
    if set(slots) != wanted:
        return ["The meetings are not those of the shortlists."]
    panels = {panel: at for at, panel in enumerate(sorted(set(employers)))}
    meetings = np.array([(who, panels[panel]) for who, panel in slots], np.int32).reshape(-1, 2)
    slot_of = np.array(list(slots.values()), np.int32)
    clashes = timetable_check.clashes(meetings, slot_of, told.number("slots"))
    if clashes:
        return [f"{each.code} in slot {each.slot}: {len(each.meetings)} meetings." for each in clashes]
    asked = timetable_check.Told(
        asked=told.asked("slots", 1024),
        slots=told.number("slots"),
        fewest=told.number("fewest"),
        waiting=told.number("waiting"),
    )
    return list(timetable_check.needless(meetings, slot_of, asked))


_JUDGES = {
    "pairs": _pairs,
    "shortlists": _shortlists,
    "assign": _assign,
    "match": _match,
    "timetable": _timetable,
}

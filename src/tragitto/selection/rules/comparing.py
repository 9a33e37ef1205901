"""Two runs of shortlists side by side: who came onto which list, who went, and why. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tragitto.selection.rules.contributing import Contributing
from tragitto.selection.rules.proposals import proposals
from tragitto_matching.explaining import Reason, why_not
from tragitto_matching.instance import Instance

type Why = Literal[
    "eligible_now", "not_eligible_now", "new_person", "gone_person", "score", "evenness", "no_post"
]


@dataclass(frozen=True)
class Change:
    """A person who is on the list of a post in one run alone; `reasons` = what makes them not suit it in the
    other. `scores` = in the first run and in the second, where the pair has one.
    """

    post: str
    candidate: str
    came: bool
    why: Why
    reasons: tuple[Reason, ...]
    scores: tuple[int | None, int | None]


@dataclass(frozen=True)
class Side:
    """A run as it is compared: what went in, and what came out."""

    instance: Instance
    result: Mapping[str, Any]


def differences(first: Side, second: Side) -> list[Change]:
    """Who came and who went from the first run to the second, post by post in the order of filing."""
    before, after = _listed(first), _listed(second)
    order = {code: at for at, code in enumerate(_codes(first, "posts") | _codes(second, "posts"))}
    came = [_change(pair, second, first, (before, after), came=True) for pair in after.keys() - before.keys()]
    went = [
        _change(pair, first, second, (before, after), came=False) for pair in before.keys() - after.keys()
    ]
    return sorted(came + went, key=lambda each: (order[each.post], each.came, each.candidate))


def _listed(side: Side) -> dict[tuple[str, str], int]:
    return {(each.post, each.candidate): each.score for each in proposals(side.result)}


def _codes(side: Side, part: str) -> dict[str, int]:
    return {str(code): at for at, code in enumerate(getattr(side.instance, part).codes.tolist())}


def _change(
    pair: tuple[str, str],
    there: Side,
    absent: Side,
    scores: tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]],
    *,
    came: bool,
) -> Change:
    """Why the pair is on a list of `there` and on none of `absent`."""
    post, person = pair
    posts, people = _codes(absent, "posts"), _codes(absent, "candidates")
    both = (scores[0].get(pair), scores[1].get(pair))
    if post not in posts:
        return Change(post, person, came, "no_post", (), both)
    if person not in people:
        return Change(post, person, came, "new_person" if came else "gone_person", (), both)
    if reasons := why_not(absent.instance, people[person], posts[post]):
        return Change(post, person, came, "eligible_now" if came else "not_eligible_now", reasons, both)
    return Change(post, person, came, _among_equals(pair, there, absent), (), both)


def _among_equals(pair: tuple[str, str], there: Side, absent: Side) -> Why:
    """The pair suits the post in both runs: whether its score is another, or looks were spread otherwise."""
    post, person = pair
    found = []
    for side in (there, absent):
        line = Contributing(side.instance)
        found.append(line.line(_codes(side, "candidates")[person], _codes(side, "posts")[post])["score"])
    return "score" if found[0] != found[1] else "evenness"

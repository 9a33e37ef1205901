"""The rules of a round as everybody may read them, before it starts and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from tragitto.kernel.texts import Text
from tragitto.schemes.models import Call
from tragitto.schemes.pack import SelectionSpec, WeightSpec
from tragitto.selection.models import Round
from tragitto.selection.queries.rounds import posts_of, rules_of, seed_hash


@dataclass(frozen=True)
class CallRules:
    """What counts under one call of the round: people for each seat, and the weights."""

    title: Text
    per_seat: int
    weights: tuple[WeightSpec, ...]


@dataclass(frozen=True)
class RulesPage:
    """The published rules of a round."""

    round: Round
    rules: SelectionSpec
    content_hash: str
    seed_hash: str
    seed: str
    calls: tuple[CallRules, ...]
    posts: int
    seats: int


def page_of(round: Round) -> RulesPage:
    """What the page of the rules shows. The number of the lot itself only once it was shown. Two queries."""
    posts = list(posts_of(round))
    rules = rules_of(round)
    return RulesPage(
        round=round,
        rules=rules,
        content_hash=round.rules.content_hash,
        seed_hash=seed_hash(round),
        seed=round.seed if round.seed_shown_at else "",
        calls=tuple(_calls(rules, (each.position.expression.call for each in posts))),
        posts=len(posts),
        seats=sum(each.seats for each in posts),
    )


def _calls(rules: SelectionSpec, calls: Iterable[Call]) -> list[CallRules]:
    found = {call.code: call for call in calls}
    return [
        CallRules(call.title, rules.per_seat_of(code), rules.weights_of(code)) for code, call in found.items()
    ]

"""Tiers of a ranking: 1 = the first wish, equal numbers = liked as much. Pure."""

from collections.abc import Mapping

#: Of each code its tier; None = "rather not".
type Tiers = Mapping[str, int | None]


def normal(tiers: Tiers) -> dict[str, int | None]:
    """The same order with tiers numbered 1, 2, 3 … without gaps."""
    numbers = {tier: at for at, tier in enumerate(sorted({t for t in tiers.values() if t is not None}), 1)}
    return {code: None if tier is None else numbers[tier] for code, tier in tiers.items()}


def moved(tiers: Tiers, code: str, *, up: bool) -> dict[str, int | None]:
    """The tiers after `code` was moved one step up or down.

    Out of a tie it moves alone, between its tier and the next; alone it changes places with the next tier;
    "rather not" moves up to the last place, the last place moves down to "rather not".
    """
    now = normal(tiers)
    last = max((tier for tier in now.values() if tier is not None), default=0)
    mine = now[code]
    if mine is None:
        return now | ({code: last + 1} if up else {})
    is_tied = sum(tier == mine for tier in now.values()) > 1
    if not up and mine == last and not is_tied:
        return normal(now | {code: None})
    # Twice the number leaves room between two tiers.
    doubled = {each: None if tier is None else 2 * tier for each, tier in now.items()}
    step = 1 if is_tied else 3
    wanted = 2 * mine + (-step if up else step)
    return normal(doubled | {code: max(1, wanted)})


def as_lists(tiers: Tiers) -> list[list[str]]:
    """The codes by tiers, the first wish first, each in the order of the codes; not "rather not"."""
    found: dict[int, list[str]] = {}
    for code, tier in sorted(tiers.items()):
        if tier is not None:
            found.setdefault(tier, []).append(code)
    return [found[tier] for tier in sorted(found)]

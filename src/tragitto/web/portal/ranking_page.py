"""A ranking as a plain form: a place for each, "rather not", and buttons that move one step up or down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from tragitto.selection.models import Shortlisted
from tragitto.selection.rules.tiers import Tiers, as_lists, moved, normal

#: What is written in the form instead of a place.
RATHER_NOT = "x"


@dataclass(frozen=True)
class Row:
    """One pair of the ranking: what it is called, what is known of it, and where it stands.

    `tier` = "" while nothing was said, else the number of the place or `RATHER_NOT`.
    """

    pair: Shortlisted
    name: str
    about: str
    tier: str

    @property
    def is_said(self) -> bool:
        """Whether it has a place, or "rather not"."""
        return bool(self.tier)


def read(posted: QueryDict, pairs: Iterable[Shortlisted]) -> dict[str, int | None]:
    """The tiers that were sent, those of `pairs` alone; who was given none is left out."""
    found: dict[str, int | None] = {}
    for pair in pairs:
        said = posted.get(f"tier-{pair.code}", "")
        if said == RATHER_NOT:
            found[pair.code] = None
        elif said.isascii() and said.isdigit() and int(said) > 0:
            found[pair.code] = int(said)
    return normal(found)


def stepped(posted: QueryDict, tiers: Tiers) -> dict[str, int | None]:
    """The tiers after the button that was pressed, if it moves somebody; who had no place comes in last."""
    for name, up in (("up", True), ("down", False)):
        if code := posted.get(name, ""):
            return moved({**tiers, code: tiers.get(code)}, code, up=up)
    return dict(tiers)


def parted(tiers: Tiers) -> tuple[list[list[str]], list[str]]:
    """The tiers as an action takes them: by places, and those whom one would rather not have."""
    return as_lists(tiers), sorted(code for code, tier in tiers.items() if tier is None)


def rows(pairs: Sequence[Shortlisted], names: Mapping[int, tuple[str, str]], tiers: Tiers) -> list[Row]:
    """The rows of the page by their places, "rather not" and those not said yet last; `names` by key."""
    found = [Row(pair, *names[pair.pk], tier=_written(tiers, pair.code)) for pair in pairs]
    return sorted(found, key=lambda row: (not row.is_said, row.tier == RATHER_NOT, _number(row.tier)))


def _written(tiers: Tiers, code: str) -> str:
    if code not in tiers:
        return ""
    tier = tiers[code]
    return RATHER_NOT if tier is None else str(tier)


def _number(tier: str) -> int:
    return int(tier) if tier.isdigit() else 0

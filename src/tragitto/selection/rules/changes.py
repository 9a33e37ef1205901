"""What somebody tries out on a round: other weights, other seats, one more post. Never taken up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import msgspec


@dataclass(frozen=True, kw_only=True)
class AddedPost:
    """A post that is not there: its code in the run, and what it asks for."""

    code: str
    profile: str
    region: str
    seats: int
    least_levels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is different from the round as it stands; empty, it is the round.

    `points` = points for a unit of a criterion, in every call; `per_seat` = people proposed for each seat;
    `seats` = seats by the code of the post; `left_out` = posts that do not take part.
    """

    points: Mapping[str, int] = field(default_factory=dict)
    per_seat: int | None = None
    seats: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    added: tuple[AddedPost, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """As kept with a run."""
        return msgspec.convert(given, cls)

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return bool(self.points or self.per_seat or self.seats or self.left_out or self.added)

    def kept(self) -> dict[str, Any]:
        """What is different, to be kept with a run."""
        whole: dict[str, Any] = msgspec.to_builtins(self)
        return {name: value for name, value in whole.items() if value}

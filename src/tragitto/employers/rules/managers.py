"""Who answers a request for information: territory, then sector, then load, then who was idle longest.

1. Whoever looks after the province comes before all others, and among them whoever looks after the sector.
   A portfolio that names no province (no sector) looks after all of them.
2. Among equals whoever has the fewest open requests for each share.
3. Then whoever was given none yet, or was given the last one longest ago.
4. Then by the code, so that the same question always has the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True)
class Candidate:
    """One portfolio of an account manager, with what the manager has to do now."""

    manager: str
    portfolio: str
    provinces: frozenset[str] = frozenset()
    divisions: frozenset[str] = frozenset()
    share: int = 1
    open_enquiries: int = 0
    last_given_at: datetime | None = None

    def looks_after(self, province: str) -> bool:
        """Whether the portfolio covers a province; one that names none covers all."""
        return not self.provinces or province in self.provinces

    def knows(self, division: str) -> bool:
        """Whether the portfolio covers a sector; an unknown sector is everybody's."""
        return not self.divisions or not division or division in self.divisions

    @property
    def load(self) -> Fraction:
        """How many open requests there are for each share."""
        return Fraction(self.open_enquiries, self.share)


@dataclass(frozen=True)
class Given:
    """Who answers, by which portfolio, and what spoke for it."""

    manager: str
    portfolio: str
    is_in_territory: bool
    is_in_sector: bool
    open_enquiries: int


def choose(candidates: Sequence[Candidate], *, province: str, division: str = "") -> Given | None:
    """The one who answers an enterprise of this province and division of ATECO; None when there is nobody."""

    def rank(one: Candidate) -> tuple[bool, bool, Fraction, bool, float, str, str]:
        last = one.last_given_at
        idle = (last is not None, last.timestamp() if last else 0.0)
        inside = (not one.looks_after(province), not one.knows(division))
        return (*inside, one.load, *idle, one.manager, one.portfolio)

    if not candidates:
        return None
    best = min(candidates, key=rank)
    return Given(
        manager=best.manager,
        portfolio=best.portfolio,
        is_in_territory=best.looks_after(province),
        is_in_sector=best.knows(division),
        open_enquiries=best.open_enquiries,
    )

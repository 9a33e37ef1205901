"""By whose word an answer stands: the person's own, or one that was written down for them."""

from dataclasses import dataclass

from tragitto.kernel.actors import Actor
from tragitto.selection.models import Offer, Shortlisted
from tragitto.selection.vocabulary import ToldWay


@dataclass(frozen=True)
class Told:
    """How a person said something that somebody else writes down, and the ground; empty: they wrote it."""

    way: ToldWay | None = None
    ground: str = ""

    def write_on(self, row: Shortlisted | Offer, actor: Actor) -> list[str]:
        """Put it on `row`, which the caller saves; the names of the fields."""
        row.told_way, row.told_ground = str(self.way or ""), self.ground
        row.told_by = actor.code if self.way else ""
        return ["told_way", "told_ground", "told_by"]

    @property
    def facts(self) -> dict[str, str]:
        """What the ledger says of it: the way alone, never the words."""
        return {"told": str(self.way)} if self.way else {}


THEMSELVES = Told()

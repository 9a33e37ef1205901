"""What the scores of pairs are made of, as a run keeps it."""

from typing import Any

from tragitto_matching.explaining import contributions
from tragitto_matching.instance import Instance


class Contributing:
    """The lines of an instance: person, score and what it is made of, so that the parts add up to it."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def line(self, candidate: int, post: int) -> dict[str, Any]:
        """A person on the list of a post, as in the result of a run."""
        parts = contributions(self._instance, candidate, post)
        return {
            "candidate": str(self._instance.candidates.codes[candidate]),
            "score": sum(each.score for each in parts),
            "contributions": [[each.criterion, each.units, each.points, each.score] for each in parts],
        }

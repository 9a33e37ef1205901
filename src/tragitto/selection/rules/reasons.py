"""What a score is made of, line by line, in the words that the rules of the round published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tragitto.schemes.pack import WeightSpec


@dataclass(frozen=True)
class ReasonLine:
    """A criterion in the four languages, how many units of it count, points for each, and their product."""

    title: dict[str, str]
    units: int
    points: int
    score: int


def score_lines(
    contributions: Iterable[Sequence[object]], weights: Iterable[WeightSpec]
) -> tuple[ReasonLine, ...]:
    """The contributions of a pair ([criterion, units, points, score]) that count, the greatest first.

    They add up to the score: the point for having all that the post asks for is among them, without title.
    """
    titles = {str(each.criterion): each.title for each in weights}
    found = [
        ReasonLine(titles.get(str(criterion), {}), _whole(units), _whole(points), _whole(score))
        for criterion, units, points, score in contributions
    ]
    return tuple(sorted((each for each in found if each.score), key=lambda each: -each.score))


def reason_lines(
    contributions: Iterable[Sequence[object]], weights: Iterable[WeightSpec]
) -> tuple[ReasonLine, ...]:
    """Of `score_lines` what somebody has beyond what the post asks for."""
    return tuple(each for each in score_lines(contributions, weights) if each.title)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value

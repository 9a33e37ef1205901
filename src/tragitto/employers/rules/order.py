"""The order of arrival: the key of a version, which version keeps the place, which one is reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tragitto.schemes.vocabulary import PlaceRule

Key = tuple[bool, datetime, str, int]
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Standing:
    """What of a version decides about place and review; None = not known.

    `is_answer`: the office had asked for it, so it completes what was filed and has no place of its own.
    `entered` tells two versions apart that prove nothing else; it never orders certified ones.
    """

    instant: datetime | None
    identifier: str
    is_in_time: bool | None = None
    is_complete: bool | None = None
    entered: int = 0
    is_answer: bool = False


def order_key(version: Standing) -> Key:
    """The instant the call counts, then the certified identifier; what proves no instant comes last.

    Never the number in the register, never the order in which the house read its mail.
    """
    return (version.instant is None, version.instant or NEVER, version.identifier, version.entered)


def place_of[V: Standing](versions: Sequence[V], rule: str) -> V | None:
    """The version that keeps the place under the rule of the call, whatever order they were read in.

    A late version neither takes nor gives a place while another one is in time. What could not be read
    counts as complete until a person says otherwise: unknown is never held against anybody. While
    nothing is complete, the first version holds the place. An answer to the office takes none, unless all
    else is late and it alone was admitted.
    """
    own = [version for version in versions if not version.is_answer and version.is_in_time is not False]
    ordered = sorted(_timely(own or versions), key=order_key)
    if not ordered:
        return None
    if rule == PlaceRule.LATEST:
        known = [version for version in ordered if version.instant is not None]
        return (known or ordered)[-1]
    if rule == PlaceRule.FIRST_COMPLETE:
        complete = [version for version in ordered if version.is_complete is not False]
        return (complete or ordered)[0]
    return ordered[0]


def current_of[V: Standing](versions: Sequence[V]) -> V | None:
    """The version under review: the latest one in time, since a supplement says what is now meant."""
    ordered = sorted(_timely(versions), key=order_key)
    known = [version for version in ordered if version.instant is not None]
    return (known or ordered)[-1] if ordered else None


def _timely[V: Standing](versions: Sequence[V]) -> Sequence[V]:
    in_time = [version for version in versions if version.is_in_time]
    perhaps = [version for version in versions if version.is_in_time is None]
    return in_time or perhaps or versions

"""Questions about the rules of selection as published."""

import msgspec

from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme, SelectionRules
from tragitto.schemes.pack import SelectionSpec

_read: dict[str, SelectionSpec] = {}


def selection_of(scheme: Scheme | int) -> SelectionRules:
    """The newest version of the scheme's rules; raises `NotFound` where it has none. One query."""
    newest = SelectionRules.objects.filter(scheme=scheme).order_by("-version").first()
    if newest is None:
        raise NotFound("selection")
    return newest


def selection_spec(rules: SelectionRules) -> SelectionSpec:
    """What a version of the rules says."""
    # A version never changes, so it is read once in the life of a process.
    if rules.content_hash not in _read:
        _read[rules.content_hash] = msgspec.convert(rules.content, SelectionSpec)
    return _read[rules.content_hash]

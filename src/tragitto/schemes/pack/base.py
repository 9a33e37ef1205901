"""What all shapes of a pack share."""

import msgspec

Texts = dict[str, str]


class Spec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all shapes share: read once, never changed, no word that nobody knows."""

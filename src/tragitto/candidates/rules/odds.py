"""Figures that are honest and name nobody: small counts are not said exactly. Pure."""

#: Under this a count is not said, and nothing is concluded from so few.
FEW = 5


def said(count: int) -> int | None:
    """The count as it may be said: None for "fewer than five"; nobody at all is said."""
    return count if count >= FEW or count == 0 else None

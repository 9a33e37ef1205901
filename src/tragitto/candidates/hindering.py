"""What hinders merging two registrations: rooms that look down at this one say it, and are asked here."""

from collections.abc import Callable

from tragitto.candidates.models import Candidate
from tragitto.kernel.refusals import Finding

type Hinderer = Callable[[Candidate], list[Finding]]
_HINDERERS: list[Hinderer] = []


def hinders_merging(asked: Hinderer) -> Hinderer:
    """Let `asked` say why a registration cannot go into another now; nothing = it can."""
    _HINDERERS.append(asked)
    return asked


def hindrances_to_merging(gone: Candidate) -> list[Finding]:
    """Every reason why `gone` cannot go into another registration now."""
    return [finding for asked in _HINDERERS for finding in asked(gone)]

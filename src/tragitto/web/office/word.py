"""One word of a closed list as people say it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Word:
    """How one word of a closed list is said, and in which tone its badge is drawn."""

    text: str | Promise
    tone: str = "neutral"

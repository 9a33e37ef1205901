"""What a check has to say about a pack: a code, a place, a sentence, and how grave it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tragitto.schemes.vocabulary import Severity


@dataclass(frozen=True)
class Problem:
    """One thing wrong or doubtful; ``matter`` tells two warnings of one kind apart.

    ``path`` = the name in the file of a call that it is about ("windows.1", "criteria.in-time.citation").
    """

    code: str
    where: str
    text: str
    severity: Severity = Severity.ERROR
    matter: str = ""
    path: str = ""

    @property
    def about(self) -> str:
        """The words a choice uses to answer this warning, and no other one."""
        return f"{self.code}:{self.matter}" if self.matter else self.code

    @property
    def is_error(self) -> bool:
        """Whether the pack may not be loaded."""
        return self.severity == Severity.ERROR


def undecided(problems: Iterable[Problem], chosen: Collection[str]) -> list[Problem]:
    """The warnings that no recorded choice answers."""
    return [each for each in problems if not each.is_error and each.about not in chosen]

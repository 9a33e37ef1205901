"""What holds of a finding once people have spoken, and what that makes of a version."""

from collections.abc import Iterable
from dataclasses import dataclass

from tragitto.employers.vocabulary import State
from tragitto.schemes.vocabulary import Failing


@dataclass(frozen=True)
class Judgeable:
    """A finding as far as settling is concerned; `judged` is the state a person gave, or nothing."""

    judge: str
    failing: str
    state: str
    judged: str = ""


def effective(finding: Judgeable) -> str:
    """The state that holds: a person's, if one has spoken."""
    return finding.judged or finding.state


def is_settled(finding: Judgeable) -> bool:
    """Whether a person has spoken and an answer is there; a mere warning may stay unknown."""
    if not finding.judged:
        return False
    return finding.judged != State.UNKNOWN or finding.failing == Failing.WARN


def completeness(findings: Iterable[Judgeable], judges: frozenset[str]) -> bool | None:
    """Whether the papers are complete, by the findings of `judges`: None while something is unknown."""
    states = {effective(finding) for finding in findings if finding.judge in judges}
    if State.UNMET in states:
        return False
    return None if State.UNKNOWN in states or not states else True

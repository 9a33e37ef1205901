"""How an action says no: always with words a person can act on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # commands that need no Django speak in refusals too
    from django.utils.functional import Promise


@dataclass(frozen=True)
class Finding:
    """One reason why something may not happen: a stable code and a sentence that says how to mend it."""

    code: str
    text: "str | Promise"
    facts: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):
    """An action did not take place and nothing was written; doors show its `findings`."""

    def __init__(self, findings: Iterable[Finding] | Finding) -> None:
        self.findings = (findings,) if isinstance(findings, Finding) else tuple(findings)
        super().__init__("; ".join(finding.code for finding in self.findings))


class NotAllowed(Refusal):
    """This actor may not do this."""


class Stale(Refusal):
    """The thing has moved on since the actor looked at it."""


class Blocked(Refusal):
    """Conditions are unmet: one finding for each."""


class NotFound(LookupError):
    """No such thing, or none this actor may know to exist: the two look the same."""

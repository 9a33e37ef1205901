"""Whether an employer consents to its filing being handed over, and whether it has taken that back."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from tragitto.cases import queries as cases
from tragitto.employers.models import Expression
from tragitto.employers.rules import FilingFacts, packages
from tragitto.schemes import queries as schemes


@dataclass(frozen=True)
class Consent:
    """When the form under review gave the consent, and when it was withdrawn since, if it was."""

    given_at: datetime
    withdrawn_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether the filing may be handed over on it."""
        return self.withdrawn_at is None


def consent_of(expression: Expression) -> Consent | None:
    """The consent of the version under review; None where none is asked or given. One query."""
    version = expression.current
    asked = {spec.consent for spec in schemes.hand_overs_of(expression.call) if spec.consent}
    main = msgspec.convert(version.facts, FilingFacts).main if version else None
    if version is None or main is None or not any(packages.is_given(main.facts, fact) for fact in asked):
        return None
    given_at = version.instant or version.received_at
    withdrawn_at = cases.withdrawn_consents([expression.case_id]).get(expression.case_id)
    holds = packages.still_given(given_at, withdrawn_at)
    return Consent(given_at, None if holds else withdrawn_at)

"""What stands around a call and may be pointed at by it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tragitto.schemes.pack import Pack
from tragitto.schemes.vocabulary import Subject


@dataclass(frozen=True)
class Around:
    """The regions, bodies, forms and calls by their codes, and the journeys with what they are about."""

    regions: frozenset[str]
    organisations: frozenset[str]
    journeys: Mapping[str, Subject]
    forms: frozenset[str]
    calls: frozenset[str]

    @classmethod
    def of(cls, pack: Pack) -> "Around":
        """What stands around the calls of ``pack``."""
        return cls(
            regions=frozenset(region.code for region in pack.scheme.regions),
            organisations=frozenset(each.code for each in pack.scheme.organisations),
            journeys={journey.code: journey.subject for journey in pack.journeys},
            forms=frozenset(form.code for form in pack.forms),
            calls=frozenset(call.code for call in pack.calls),
        )

"""Facts about what a person can do and wishes, as words: written by the index, asked for by a search."""

from collections.abc import Sequence
from dataclasses import dataclass

from tragitto.candidates.rules.criteria import BY_THEMSELVES, Criteria, Identified
from tragitto.candidates.vocabulary import CefrLevel, Mastery

#: Whoever names no region goes to any.
ANYWHERE = "region:*"
_LEVELS: Sequence[str] = tuple(CefrLevel)
_MASTERIES: Sequence[str] = tuple(Mastery)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is known of one person, as far as it is searched; `profiles` in the order of their wish."""

    profiles: Sequence[str] = ()
    skills: Sequence[tuple[str, str]] = ()
    languages: Sequence[tuple[str, str]] = ()
    eqf: int = 0
    regions: Sequence[str] = ()
    registrars: Sequence[str] = ()
    is_confirmed: bool = False


def facts_of(told: Told) -> list[str]:
    """The facts of one person: a level of a scale brings those below it, so that "at least" is one word."""
    facts = {f"profile:{code}" for code in told.profiles}
    for skill, mastery in told.skills:
        facts.add(f"skill:{skill}")
        facts.update(f"skill:{skill}:{level}" for level in _up_to(mastery, _MASTERIES))
    for tongue, level in told.languages:
        facts.update(f"language:{tongue}:{each}" for each in _up_to(level, _LEVELS))
    facts.update(f"eqf:{level}" for level in range(1, told.eqf + 1))
    facts.update({f"region:{code}" for code in told.regions} or {ANYWHERE})
    facts.update(f"by:{code}" for code in told.registrars or [BY_THEMSELVES])
    facts.add(f"identity:{Identified.CONFIRMED if told.is_confirmed else Identified.OPEN}")
    return sorted(facts)


def wanted(criteria: Criteria) -> list[list[str]]:
    """What `criteria` ask of the facts: of each group one must be there."""
    groups = [
        [f"profile:{code}" for code in criteria.profile],
        *(
            [f"skill:{code}" + (f":{criteria.mastery}" if criteria.mastery else "")]
            for code in criteria.skill
        ),
        *([f"language:{tongue}:{level}"] for tongue, level in criteria.languages.items()),
        [f"eqf:{criteria.eqf}"] if criteria.eqf else [],
        [*(f"region:{code}" for code in criteria.region), ANYWHERE] if criteria.region else [],
        [f"by:{code}" for code in criteria.registrar],
        [f"identity:{criteria.identity}"] if criteria.identity else [],
    ]
    return [group for group in groups if group]


def _up_to(level: str, scale: Sequence[str]) -> Sequence[str]:
    return scale[: scale.index(level) + 1] if level in scale else ()

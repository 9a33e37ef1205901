"""Lists that an enterprise chooses from: the provinces by name, the divisions of ATECO by section."""

from dataclasses import dataclass
from functools import cache

import ateco
import holidays

#: Divisions of ATECO are written with two digits.
_LAST_DIVISION = 99


@dataclass(frozen=True)
class Section:
    """A section of ATECO with its divisions, by code and title, in the Italian of the classification."""

    code: str
    title: str
    divisions: tuple[tuple[str, str], ...]


@cache
def province_names() -> dict[str, str]:
    """The names of the Italian provinces by their two letters."""
    # Where a province is known by several names, the table puts the one with its accents last.
    named = {code: name for name, code in holidays.country_holidays("IT").subdivisions_aliases.items()}
    return {code: name for code, name in sorted(named.items()) if len(code) == 2}


@cache
def sections() -> tuple[Section, ...]:
    """The sections of ATECO in force, with their divisions."""
    found = [ateco.lookup(f"{number:02d}") for number in range(1, _LAST_DIVISION + 1)]
    divisions = [each for each in found if each is not None]
    parents = dict.fromkeys(str(each.parent) for each in divisions)
    return tuple(
        Section(
            code=code,
            title=(ateco.lookup(code) or divisions[0]).title.capitalize(),
            divisions=tuple((each.code, each.title) for each in divisions if each.parent == code),
        )
        for code in parents
    )


@cache
def division_titles() -> dict[str, str]:
    """What each division of ATECO is called, in Italian."""
    return {code: title for section in sections() for code, title in section.divisions}

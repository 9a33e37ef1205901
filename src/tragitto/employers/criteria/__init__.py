"""The judges a call may name: pure functions over the frozen facts of a filing.

What cannot be read is unknown and says what was missing; it is never held against the employer.
"""

from tragitto.employers.criteria.enterprise import (
    ActiveFor,
    At,
    Sector,
    constituted_and_active,
    enterprise_not_private_person,
    profiles_within,
    sector_hint,
    unit_in_region,
)
from tragitto.employers.criteria.looking import unless_unclear
from tragitto.employers.criteria.papers import (
    COMPLETENESS,
    Delegation,
    Forms,
    MissingCopy,
    delegation_complete,
    forms_complete,
)
from tragitto.employers.criteria.signing import (
    Accepted,
    RightSignature,
    Unchecked,
    signed_by_the_right_person,
)
from tragitto.employers.criteria.timing import TIMELINESS, in_time

__all__ = [
    "COMPLETENESS",
    "TIMELINESS",
    "Accepted",
    "ActiveFor",
    "At",
    "Delegation",
    "Forms",
    "MissingCopy",
    "RightSignature",
    "Sector",
    "Unchecked",
    "constituted_and_active",
    "delegation_complete",
    "enterprise_not_private_person",
    "forms_complete",
    "in_time",
    "profiles_within",
    "sector_hint",
    "signed_by_the_right_person",
    "unit_in_region",
    "unless_unclear",
]

"""The published rows: schemes and their regions, journeys, calls and what belongs to them."""

from tragitto.schemes.models.acts import RelatedLink, Verification
from tragitto.schemes.models.calls import Amendment, Call, Window
from tragitto.schemes.models.contents import Choice, Criterion, Form, Gap
from tragitto.schemes.models.journeys import Journey, Stage, Step
from tragitto.schemes.models.rosters import Roster, RosterDuty
from tragitto.schemes.models.schemes import Duty, Profile, Region, Scheme
from tragitto.schemes.models.selections import SelectionRules

__all__ = [
    "Amendment",
    "Call",
    "Choice",
    "Criterion",
    "Duty",
    "Form",
    "Gap",
    "Journey",
    "Profile",
    "Region",
    "RelatedLink",
    "Roster",
    "RosterDuty",
    "Scheme",
    "SelectionRules",
    "Stage",
    "Step",
    "Verification",
    "Window",
]

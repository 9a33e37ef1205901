"""Employers: what they ask, what they filed, what was found in it, what was written to them."""

from tragitto.employers.models.attempts import LetterAttempt
from tragitto.employers.models.enquiries import Assignment, Contact, Enquiry, Portfolio
from tragitto.employers.models.expressions import (
    ARRIVAL,
    NAME_LENGTH,
    Employer,
    Expression,
    ExpressionQuerySet,
    Version,
)
from tragitto.employers.models.filings import DraftPaper, DraftWarning, FilingDraft, Submission
from tragitto.employers.models.findings import Finding, Judgement
from tragitto.employers.models.letters import LateAdmission, Letter, Observation
from tragitto.employers.models.positions import Position
from tragitto.employers.models.representations import CoSignature, Representation

__all__ = [
    "ARRIVAL",
    "NAME_LENGTH",
    "Assignment",
    "CoSignature",
    "Contact",
    "DraftPaper",
    "DraftWarning",
    "Employer",
    "Enquiry",
    "Expression",
    "ExpressionQuerySet",
    "FilingDraft",
    "Finding",
    "Judgement",
    "LateAdmission",
    "Letter",
    "LetterAttempt",
    "Observation",
    "Portfolio",
    "Position",
    "Representation",
    "Submission",
    "Version",
]

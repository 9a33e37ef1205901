"""What is true of filings by arithmetic and logic alone: no Django, no clock, no database."""

from tragitto.employers.rules.facts import Evidence, FilingFacts, Frame, Judged, Paper, ReadForm
from tragitto.employers.rules.identity import is_company_number, is_partita_iva, is_personal_number, tidied
from tragitto.employers.rules.order import Standing, current_of, order_key, place_of
from tragitto.employers.rules.settling import Judgeable, completeness, effective, is_settled

__all__ = [
    "Evidence",
    "FilingFacts",
    "Frame",
    "Judgeable",
    "Judged",
    "Paper",
    "ReadForm",
    "Standing",
    "completeness",
    "current_of",
    "effective",
    "is_company_number",
    "is_partita_iva",
    "is_personal_number",
    "is_settled",
    "order_key",
    "place_of",
    "tidied",
]

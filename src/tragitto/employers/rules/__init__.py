"""What is true of filings by arithmetic and logic alone: no Django, no clock, no database."""

from tragitto.employers.rules.facts import Evidence, FilingFacts, Frame, Identified, Judged, Paper, ReadForm
from tragitto.employers.rules.identity import is_company_number, is_partita_iva, is_personal_number, tidied
from tragitto.employers.rules.order import Standing, current_of, order_key, place_of
from tragitto.employers.rules.settling import Judgeable, completeness, effective, is_settled
from tragitto.employers.rules.signing import Signatures, SignedBy, signatures_of
from tragitto.employers.rules.vouching import (
    heads_who_signed,
    is_vouched_for,
    proves_its_signatory,
    who_may_sign,
)

__all__ = [
    "Evidence",
    "FilingFacts",
    "Frame",
    "Identified",
    "Judgeable",
    "Judged",
    "Paper",
    "ReadForm",
    "Signatures",
    "SignedBy",
    "Standing",
    "completeness",
    "current_of",
    "effective",
    "heads_who_signed",
    "is_company_number",
    "is_partita_iva",
    "is_personal_number",
    "is_settled",
    "is_vouched_for",
    "order_key",
    "place_of",
    "proves_its_signatory",
    "signatures_of",
    "tidied",
    "who_may_sign",
]

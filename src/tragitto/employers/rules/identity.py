"""The numbers by which Italian law knows an enterprise, as the forms of a call are checked for them too."""

from tragitto.schemes.rules.answers_numbers import (
    COMPANY_DIGITS,
    PERSONAL_LETTERS,
    is_company_number,
    is_partita_iva,
    is_personal_number,
    tidied,
)

__all__ = [
    "COMPANY_DIGITS",
    "PERSONAL_LETTERS",
    "is_company_number",
    "is_partita_iva",
    "is_personal_number",
    "tidied",
]

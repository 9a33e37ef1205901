"""The numbers by which Italian law knows an enterprise; checked by their check digits (python-stdnum)."""

from stdnum.it import codicefiscale, iva

COMPANY_DIGITS = 11
PERSONAL_LETTERS = 16


def tidied(number: object) -> str:
    """A codice fiscale or partita IVA in capitals, without spaces and without a leading "IT"."""
    text = "".join(str(number or "").split()).upper().replace(".", "").replace("-", "")
    return text[2:] if text.startswith("IT") and text[2:].isdigit() else text


def is_company_number(number: str) -> bool:
    """Whether `number` is a well-formed codice fiscale of 11 digits."""
    return _is_bare(number, COMPANY_DIGITS) and bool(iva.is_valid(number))


def is_personal_number(number: str) -> bool:
    """Whether `number` is a well-formed codice fiscale of a person, 16 letters and digits."""
    return _is_bare(number, PERSONAL_LETTERS) and bool(codicefiscale.is_valid(number))


def is_partita_iva(number: str) -> bool:
    """Whether `number` is a well-formed partita IVA."""
    return _is_bare(number, COMPANY_DIGITS) and bool(iva.is_valid(number))


def _is_bare(number: str, length: int) -> bool:
    # The library drops separators and reads wide digits before it looks: one number would have many
    # spellings, and with each of them another employer.
    return len(number) == length and number.isascii() and number.isalnum()

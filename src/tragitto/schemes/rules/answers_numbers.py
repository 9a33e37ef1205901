"""The numbers by which Italian law knows an enterprise or a person; check digits by python-stdnum."""

import re

from stdnum.it import codicefiscale, iva

from tragitto.accounts.rules import ITALIAN, phone_number
from tragitto.schemes.rules.answers_kept import Answer, Said
from tragitto.schemes.rules.answers_places import is_province

COMPANY_DIGITS = 11
PERSONAL_LETTERS = 16
#: Of which kind a number written wrongly was meant to be: a person's begins with letters.
_LETTERS_FIRST = re.compile(r"[A-Z]{2,}")
_REA = re.compile(r"([A-Z]{2})[\s.\-/]*(?:N[.°º]?)?\s*0*(\d{1,7})")


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


def codice_fiscale(written: str, *, of_person: bool) -> Answer:
    """A codice fiscale: that of a person where only a person can be meant, else of either."""
    number = tidied(written)
    if is_personal_number(number) or (is_company_number(number) and not of_person):
        return Answer(number)
    if of_person and is_company_number(number):
        return Answer(number, Said("company_instead_of_person"))
    if of_person or _LETTERS_FIRST.match(number):
        return Answer(number or written, _wrong(number, PERSONAL_LETTERS, "person"))
    if number.isdigit():
        return Answer(number, _wrong(number, COMPANY_DIGITS, "company"))
    return Answer(number or written, Said("codice_fiscale_form", {"written": len(number)}))


def partita_iva(written: str) -> Answer:
    """A partita IVA: eleven digits, the last of which checks the others."""
    number = tidied(written)
    if is_partita_iva(number):
        return Answer(number)
    if not number.isdigit():
        return Answer(number or written, Said("partita_iva_digits"))
    return Answer(number, _wrong(number, COMPANY_DIGITS, "vat"))


def rea(written: str) -> Answer:
    """A number of the economic and administrative register: "MI-1234567"."""
    match = _REA.fullmatch(written.strip().upper())
    if match is None:
        return Answer(written, Said("rea_form"))
    province, number = match.groups()
    told = f"{province}-{number}"
    return Answer(told, None if is_province(province) else Said("province_unknown", {"written": province}))


def phone(written: str) -> Answer:
    """A telephone number as E.164 writes it; an Italian one may come without its country."""
    try:
        return Answer(phone_number(written, ITALIAN))
    except ValueError:
        return Answer(written, Said("phone_form"))


def _wrong(number: str, wanted: int, whose: str) -> Said:
    """How a number of this many characters is wrong: too short, too long, or its check does not fit."""
    if len(number) != wanted:
        return Said(f"{whose}_length", {"wanted": wanted, "written": len(number)})
    return Said(f"{whose}_check")


def _is_bare(number: str, length: int) -> bool:
    # The library drops separators and reads wide digits before it looks: one number would have many
    # spellings, and with each of them another employer.
    return len(number) == length and number.isascii() and number.isalnum()

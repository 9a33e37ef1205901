"""Which roles suit which organisation, and how identifiers are written."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from stdnum.exceptions import ValidationError
from stdnum.it import codicefiscale

from tragitto.accounts.vocabulary import OFFICE_ROLES, OrganisationKind, Role

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}")
#: A telephone number as ITU-T E.164 writes it.
PHONE = re.compile(r"^\+[1-9][0-9]{6,14}$")
#: A one-time code: how many digits, for how many minutes, after how many wrong tries it is void.
CODE_DIGITS, CODE_MINUTES, MOST_TRIES = 6, 10, 5
_PARTNERS = frozenset({Role.PARTNER})
#: An office role in an employer's organisation would open the office's desk to the other side of it.
OPEN_ROLES: Mapping[str, frozenset[Role]] = {
    OrganisationKind.OFFICE: OFFICE_ROLES,
    OrganisationKind.COORDINATOR: OFFICE_ROLES | _PARTNERS,
    OrganisationKind.TRAINER: OFFICE_ROLES | _PARTNERS,
    OrganisationKind.INSTITUTION: frozenset({Role.OBSERVER}) | _PARTNERS,
    OrganisationKind.PARTNER: _PARTNERS,
    OrganisationKind.EMPLOYER: frozenset({Role.EMPLOYER}),
}


def roles_open_to(kind: str) -> frozenset[Role]:
    """The roles a person may hold in an organisation of this kind."""
    return OPEN_ROLES[kind]


def may_hold_tokens(kind: str) -> bool:
    """Whether programs of an organisation of this kind may use the API: as partners, never as an office."""
    return Role.PARTNER in OPEN_ROLES[kind]


def is_code(written: str) -> bool:
    """Whether this can be an organisation's public code: it stands in addresses and in names of files."""
    return CODE.fullmatch(written) is not None


def fiscal_number(written: str) -> str:
    """The codice fiscale in its one form, whether written by hand or as SPID and CIE do (`TINIT-…`).

    Raises `ValueError` when the check letter does not fit.
    """
    try:
        number: str = codicefiscale.validate(written.strip().upper().removeprefix("TINIT-"))
    except ValidationError as error:
        raise ValueError("not a codice fiscale") from error
    return number


def email_address(written: str) -> str:
    """The address in its one form: without spaces around it, in small letters."""
    return written.strip().lower()


@dataclass(frozen=True)
class Numbers:
    """How people of a country write its telephone numbers at home, and what stands before them abroad."""

    prefix: str
    at_home: re.Pattern[str]
    drops_zero: bool = False

    def read(self, digits: str) -> str:
        """The number with its country; "" for what is not one of these."""
        if not self.at_home.fullmatch(digits):
            return ""
        return self.prefix + (digits.removeprefix("0") if self.drops_zero else digits)


#: A landline with 0, which stays abroad, a mobile with 3.
ITALIAN = Numbers("+39", re.compile(r"0\d{5,10}|3\d{8,9}"))
#: Mobiles alone: written at home, Rabat's landlines and Rome's could not be told from other numbers.
MOBILES = (
    Numbers("+212", re.compile(r"0[67]\d{8}"), drops_zero=True),
    Numbers("+39", re.compile(r"3\d{8,9}")),
)
#: Where we know which numbers are mobiles', a landline is refused before anybody waits for a message.
_MOBILE_ABROAD = {"+212": re.compile(r"\+212[67]\d{8}"), "+39": re.compile(r"\+393\d{8,9}")}
#: Written as abroad, but without the sign; or with the zero that is only for home.
_BARE = re.compile(r"212[67]\d{8}|393\d{9}")
_ZERO_TOO_MUCH = re.compile(r"\+2120(?=[67]\d{8}$)")
_SEPARATORS = frozenset(" .-/()\t\u00a0\u202f\u2009\u2010\u2011\u2013")


def in_ascii(written: str) -> str:
    """What was typed, with digits of any script as 0 to 9, and without separators and invisible marks."""
    kept = (each for each in written if each not in _SEPARATORS and unicodedata.category(each) != "Cf")
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in kept)


def phone_number(written: str, *homes: Numbers) -> str:
    """A telephone number as E.164 writes it; without its country it is read as one of `homes`, in order.

    Raises `ValueError` for what is none.
    """
    digits = in_ascii(written)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    number = next(filter(None, (home.read(digits) for home in homes)), digits)
    if PHONE.fullmatch(number) is None:
        raise ValueError("not a telephone number")
    return number


def mobile_number(written: str) -> str:
    """The number of a mobile telephone as E.164 writes it; Moroccan and Italian ones may come as at home.

    Raises `ValueError` for what is none, a landline of these two countries included.
    """
    digits = in_ascii(written)
    number = phone_number(f"+{digits}" if _BARE.fullmatch(digits) else digits, *MOBILES)
    number = _ZERO_TOO_MUCH.sub("+212", number)
    for prefix, mobile in _MOBILE_ABROAD.items():
        if number.startswith(prefix) and mobile.fullmatch(number) is None:
            raise ValueError("not the number of a mobile telephone")
    return number

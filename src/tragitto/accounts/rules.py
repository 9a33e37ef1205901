"""Which roles suit which organisation, and how identifiers are written."""

import re
from collections.abc import Mapping

from stdnum.exceptions import ValidationError
from stdnum.it import codicefiscale

from tragitto.accounts.vocabulary import OFFICE_ROLES, OrganisationKind, Role

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}")
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

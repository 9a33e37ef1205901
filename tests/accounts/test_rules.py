"""Which roles suit which organisation, and how identifiers are written."""

import pytest

from tragitto.accounts import rules
from tragitto.accounts.vocabulary import OFFICE_ROLES, OrganisationKind


@pytest.mark.parametrize("kind", [OrganisationKind.EMPLOYER, OrganisationKind.PARTNER])
def test_no_office_role_opens_in_an_organisation_from_outside(kind):
    assert not rules.roles_open_to(kind) & OFFICE_ROLES


@pytest.mark.parametrize("kind", OrganisationKind)
def test_every_kind_of_organisation_has_a_role(kind):
    assert rules.roles_open_to(kind)


@pytest.mark.parametrize("written", ["RSSMRA85T10A562S", " rssmra85t10a562s ", "TINIT-RSSMRA85T10A562S"])
def test_a_codice_fiscale_has_one_form(written):
    assert rules.fiscal_number(written) == "RSSMRA85T10A562S"


@pytest.mark.parametrize("written", ["RSSMRA85T10A562T", "", "TINIT-", "12345678901", "x" * 500])
def test_a_wrong_codice_fiscale_is_refused(written):
    with pytest.raises(ValueError, match="codice fiscale"):
        rules.fiscal_number(written)


def test_an_address_is_kept_in_small_letters():
    assert rules.email_address(" Carla@Example.TEST ") == "carla@example.test"

"""What the database itself never lets be false about people and organisations."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tragitto.accounts.models import Membership, Organisation, User

pytestmark = pytest.mark.django_db


def refused_by_the_database(change, *constraints: str) -> bool:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        change()
    return any(constraint in str(refusal.value) for constraint in constraints)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"email": "Carla@example.test"}, "account_email_in_small_letters"),
        ({"language": "de"}, "account_language_known"),
        ({"fiscal_number": "short"}, "account_fiscal_number_in_form"),
    ],
)
def test_the_database_keeps_accounts_in_form(carla_herself, values, constraint):
    accounts = User.objects.filter(pk=carla_herself.pk)

    assert refused_by_the_database(lambda: accounts.update(**values), constraint)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"roles": ["king"]}, "membership_roles_known"),
        ({"roles": []}, "membership_roles_known"),
        ({"ends_on": date(2024, 1, 1)}, "membership_ends_after_start"),
    ],
)
def test_the_database_keeps_memberships_in_form(carla_herself, values, constraint):
    memberships = Membership.objects.filter(user=carla_herself)

    assert refused_by_the_database(lambda: memberships.update(**values), constraint)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [({"kind": "guild"}, "organisation_kind_known"), ({"code": "a b"}, "organisation_code_in_form")],
)
def test_the_database_keeps_organisations_in_form(office, values, constraint):
    organisations = Organisation.objects.filter(pk=office.pk)

    assert refused_by_the_database(lambda: organisations.update(**values), constraint)

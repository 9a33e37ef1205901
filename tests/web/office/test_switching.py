"""Acting for another of one's own organisations."""

from datetime import date

import pytest
from django.urls import reverse

from tests.accounts.signing_in import make_person, sign_in
from tragitto.accounts.models import Membership, Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_offices(client):
    """Carla works for two offices and has signed in."""
    carla = make_person("Carla", "officer", organisation="first-office")
    second = Organisation.objects.create(code="second-office", name="Ufficio secondo", kind="office")
    Membership.objects.create(user=carla, organisation=second, roles=["officer"], starts_on=date(2020, 1, 1))
    sign_in(client, carla)
    return client


def test_carla_sees_for_whom_she_acts_and_for_whom_she_could(two_offices):
    page = two_offices.get(reverse("office:home")).text

    assert 'value="second-office"' in page
    assert 'value="first-office"' not in page


def test_carla_acts_for_her_other_office_from_the_next_page_on(two_offices):
    two_offices.post(reverse("office:switch"), {"organisation": "second-office"})

    assert "Ufficio secondo" in two_offices.get(reverse("office:home")).text


def test_nobody_acts_for_an_office_that_is_not_their_own(two_offices):
    Organisation.objects.create(code="third-office", name="Ufficio terzo", kind="office")

    assert two_offices.post(reverse("office:switch"), {"organisation": "third-office"}).status_code == 404

"""The home page of people who have to do with a roster: what leads where, and who is not asked to file."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.candidates.making import make_candidate
from tests.candidates.test_inviting import consent
from tests.web.office.world import OFFICE_DAY, enter
from tests.web.portal.test_homes import act_for
from tragitto.candidates.models import Candidate, Invitation

pytestmark = pytest.mark.django_db
HOME = reverse("portal:home")
PROFILES = reverse("portal:profiles")
FILED = 'id="filings"'


@pytest.fixture
def amina_herself(world):
    return make_person("Amina")


@pytest.fixture
def amina(world, amina_herself) -> Candidate:
    found = make_candidate(world.call.scheme, account=amina_herself.code)
    consent(found)
    return found


@pytest.fixture
def bruno_in(expression) -> Client:
    """Bruno, who acts for the firm of the expression."""
    bruno = make_person("Bruno")
    act_for(bruno, expression)
    return enter(Client(), bruno)


@pytest.fixture
def invitation(amina, world, expression) -> Invitation:
    return Invitation.objects.create(
        code="I-HOME",
        candidate=amina,
        call=world.call,
        recipient=expression.employer.code,
        invited_at=OFFICE_DAY,
        invited_by="U-CARLA",
    )


def test_a_candidate_is_led_to_the_registration_and_not_asked_to_file(amina, amina_herself):
    page = enter(Client(), amina_herself).get(HOME).text

    assert reverse("portal:candidate", args=[amina.code]) in page
    assert FILED not in page


def test_who_has_nothing_yet_may_file(world):
    page = enter(Client(), make_person("Nina")).get(HOME).text

    assert FILED in page
    assert "roster/mine" not in page


def test_a_candidate_with_a_firm_sees_both(amina, amina_herself, expression):
    act_for(amina_herself, expression)
    page = enter(Client(), amina_herself).get(HOME).text

    assert FILED in page
    assert reverse("portal:candidate", args=[amina.code]) in page


def test_a_partner_is_not_asked_to_file(world):
    elif_ = make_person("Elif", "partner", organisation="another-partner", kind="partner")

    assert FILED not in enter(Client(), elif_).get(HOME).text


def test_a_firm_is_led_to_the_people_it_is_shown(bruno_in, invitation):
    assert PROFILES in bruno_in.get(HOME).text


def test_a_firm_that_is_shown_nobody_is_led_nowhere(bruno_in, amina):
    assert PROFILES not in bruno_in.get(HOME).text


def test_who_acts_for_another_firm_is_led_nowhere(world, invitation):
    assert PROFILES not in enter(Client(), make_person("Mallory")).get(HOME).text

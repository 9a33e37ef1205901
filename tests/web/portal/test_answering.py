"""Bruno answers the office at the portal: what is announced, until when, in his own words."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.web.office import lettering
from tests.web.office.world import OFFICE_DAY, enter
from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.employers import actions
from tragitto.employers.models import Observation, Representation
from tragitto.employers.vocabulary import Capacity, Confirmed, Power
from tragitto.schemes.vocabulary import Acting


@pytest.fixture
def notice(world, expression):
    return lettering.announced(world, expression)


def act(expression, *powers: Power) -> Representation:
    """Bruno acts for the enterprise in this way, confirmed by the office."""
    return Representation.objects.create(
        code="R-3467ACD",
        employer=expression.employer,
        account=User.objects.get(full_name="Bruno").code,
        capacity=Capacity.LEGAL_REPRESENTATIVE,
        powers=[power.value for power in powers],
        starts_on=expression.case.filed_at.date(),
        declared_at=expression.case.filed_at,
        confirmed=Confirmed.OFFICE,
        confirmed_by="U-CARLA",
        confirmed_at=expression.case.filed_at,
    )


@pytest.fixture
def acting(bruno_in, expression) -> Representation:
    """Bruno may do everything for the enterprise."""
    return act(expression, *Power)


@pytest.fixture
def elif_in(world) -> Client:
    """Elif, who takes part too and has nothing to do with Bruno's enterprise."""
    somebody = make_person("Elif", "employer", organisation="elif-srl", kind=OrganisationKind.EMPLOYER)
    return enter(Client(), somebody)


def address(expression, name="answer") -> str:
    return reverse(f"portal:{name}", args=[expression.code])


def test_the_page_of_the_filing_leads_to_the_answer(bruno_in, acting, notice, expression):
    assert address(expression) in bruno_in.get(address(expression, "expression")).text


def test_it_says_what_stands_in_the_way_and_until_when(bruno_in, acting, notice, expression):
    page = bruno_in.get(address(expression)).text

    assert lettering.OBSTACLE[0].text in page
    assert "Your answer must be here by:" in page


def test_observations_in_words_reach_the_office_and_take_the_case_on(bruno_in, acting, notice, expression):
    answer = bruno_in.post(address(expression), {"text": "Abbiamo aperto a Brescia."})

    observation = Observation.objects.get(letter=notice)
    expression.case.refresh_from_db()
    assert answer.url == address(expression, "expression")
    assert (observation.text, observation.entered_by) == ("Abbiamo aperto a Brescia.", acting.account)
    assert expression.case.stage.acting == Acting.OFFICE


def test_without_words_nothing_is_taken(bruno_in, acting, notice, expression):
    answer = bruno_in.post(address(expression), {"text": " "})

    assert (answer.status_code, Observation.objects.count()) == (422, 0)


def test_once_the_office_has_them_the_page_says_that_nothing_waits(bruno_in, acting, notice, expression):
    bruno_in.post(address(expression), {"text": "Abbiamo aperto a Brescia."})

    assert "Nothing waits for your answer now" in bruno_in.get(address(expression)).text


def test_a_request_for_completion_leads_to_a_supplement_and_takes_no_words(
    bruno_in, acting, world, expression
):
    by = {"actor": lettering.officer(world), "at": OFFICE_DAY}
    actions.send_letter(letter=lettering.written(world, expression), **by)

    page = bruno_in.get(address(expression)).text

    assert lettering.POINTS[0].text in page
    assert address(expression, "supplement") in page
    assert bruno_in.post(address(expression), {"text": "Ecco."}).status_code == 404


def test_without_a_letter_there_is_nothing_to_answer(bruno_in, acting, expression):
    assert bruno_in.get(address(expression)).status_code == 404


def test_somebody_else_finds_nothing(elif_in, notice, expression):
    answers = [elif_in.get(address(expression)), elif_in.post(address(expression), {"text": "Hello."})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_stranger_is_led_to_the_sign_in(client, notice, expression):
    assert client.get(address(expression)).url.startswith(reverse("account_login"))


def test_who_may_only_file_for_the_enterprise_does_not_answer_for_it(bruno_in, notice, expression):
    act(expression, Power.FILE)

    answer = bruno_in.post(address(expression), {"text": "Abbiamo aperto a Brescia."})

    assert (answer.status_code, Observation.objects.count()) == (404, 0)


def test_it_speaks_arabic_from_right_to_left(bruno_in, acting, notice, expression):
    bruno_in.cookies["django_language"] = "ar"

    assert '<html lang="ar" dir="rtl">' in bruno_in.get(address(expression)).text

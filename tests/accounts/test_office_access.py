"""The doorkeeper of the office, first seen refusing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.accounts.signing_in import (
    code_now,
    enter_password,
    give_password,
    give_second_factor,
    grant_long_ago,
    make_organisation,
    make_person,
    sign_in,
)
from tests.conftest import NOON
from tragitto.accounts import actions
from tragitto.accounts.vocabulary import OFFICE_ROLES
from tragitto.kernel.actors import Actor
from tragitto.web.office.access import for_office

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.accounts.office_pages"),
    pytest.mark.usefixtures("no_counts"),
]


def test_a_stranger_is_led_to_the_sign_in_and_back(client):
    answer = client.get("/office/?page=2")

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/office/%3Fpage%3D2")


def test_without_a_second_factor_one_is_led_to_enrol(client, carla_herself):
    give_password(carla_herself)
    enter_password(client, carla_herself)
    client.cookies["django_language"] = "en"

    answer = client.get("/office/", follow=True)

    assert answer.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "authenticator app or a passkey" in str(list(answer.context["messages"])[-1])


def test_a_second_factor_set_up_but_not_used_is_asked_for(client, carla_herself):
    give_password(carla_herself)
    enter_password(client, carla_herself)
    give_second_factor(carla_herself)

    answer = client.get("/office/")

    assert answer["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Foffice%2F"


def test_after_the_code_one_comes_in(client, carla_herself):
    give_password(carla_herself)
    enter_password(client, carla_herself)
    give_second_factor(carla_herself)

    answer = client.post(
        f"{reverse('mfa_reauthenticate')}?next=/office/", {"code": code_now(carla_herself)}, follow=True
    )

    assert answer.content.decode() == f"{carla_herself.code} office officer office"


def test_an_employer_is_refused(client, bruno_himself):
    sign_in(client, bruno_himself)

    assert client.get("/office/").status_code == 403


def test_a_partner_with_a_second_factor_is_refused(client, elif_herself):
    give_second_factor(elif_herself)
    sign_in(client, elif_herself)

    assert client.get("/office/").status_code == 403


def test_somebody_without_a_membership_is_refused(client):
    sign_in(client, make_person("Nadia"))

    assert client.get("/office/").status_code == 403


def test_an_ended_membership_is_refused_at_the_next_click(client, carla_herself, office):
    sign_in(client, carla_herself)
    assert client.get("/office/").status_code == 200

    actions.revoke(user=carla_herself, organisation=office, actor=Actor.system("test"), at=timezone.now())

    assert client.get("/office/").status_code == 403


def test_a_membership_that_begins_tomorrow_is_refused(client, office):
    greta, tomorrow = make_person("Greta"), timezone.localdate() + timedelta(days=1)
    actions.grant(
        user=greta,
        organisation=office,
        roles=["officer"],
        starts_on=tomorrow,
        actor=Actor.system("test"),
        at=NOON,
    )
    sign_in(client, greta)

    assert client.get("/office/").status_code == 403


def test_an_account_closed_is_out_at_the_next_click(client, carla_herself):
    sign_in(client, carla_herself)
    carla_herself.is_active = False
    carla_herself.save(update_fields=["is_active"])

    assert client.get("/office/")["Location"].startswith("/account/login/")


def test_the_wrong_role_of_the_office_is_refused(client, carla_herself):
    sign_in(client, carla_herself)

    assert client.get("/office/judge").status_code == 403


def test_the_right_role_comes_in(client, dario_himself):
    sign_in(client, dario_himself)

    assert client.get("/office/judge").content == b"judged"


@pytest.mark.parametrize("role", sorted(OFFICE_ROLES))
def test_every_role_of_the_office_needs_the_second_factor(client, role):
    person = make_person("Greta", role)
    give_password(person)
    enter_password(client, person)

    assert client.get("/office/")["Location"] == reverse("mfa_index")


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(client):
    answer = client.get("/office/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/account/login/?next=/office/")


def test_pages_of_the_office_are_kept_by_no_cache(client, carla_herself):
    sign_in(client, carla_herself)

    assert "no-store" in client.get("/office/")["Cache-Control"]


def test_one_acts_for_the_organisation_chosen(client, carla_herself):
    second = make_organisation("aaa-office")
    grant_long_ago(carla_herself, ["reviewer"], second)
    carla = Actor(code=carla_herself.code, door="office")
    actions.switch_organisation(
        user=carla_herself, organisation=make_organisation("office"), actor=carla, at=timezone.now()
    )
    sign_in(client, carla_herself)

    assert client.get("/office/").content.decode().split()[1:3] == ["office", "officer"]


def test_a_role_outside_the_office_cannot_be_let_in_by_mistake():
    with pytest.raises(ValueError, match="employer"):
        for_office("employer")


def test_the_door_costs_one_query_once_the_session_is_read(client, carla_herself, django_assert_num_queries):
    sign_in(client, carla_herself)

    with django_assert_num_queries(3):  # session, account, membership
        client.get("/office/")

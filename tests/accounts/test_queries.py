"""Who acts for whom, and who may see whom."""

from datetime import date

import pytest

from tests.accounts.signing_in import (
    LONG_AGO,
    give_second_factor,
    grant_long_ago,
    make_organisation,
    make_person,
)
from tests.conftest import NOON
from tragitto.accounts import queries
from tragitto.accounts.vocabulary import OrganisationKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def administrator_of(organisation: str) -> Actor:
    return Actor(code="U-ADMIN", organisation=organisation, roles=frozenset({"administrator"}))


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 8, 1)])
def test_outside_its_days_a_membership_gives_nothing(day):
    greta = make_person("Greta", "officer", ends_on=date(2025, 8, 1))

    assert queries.actor_for(greta, on=day, door="office") == Actor(code=greta.code, door="office")


@pytest.mark.parametrize("day", [LONG_AGO, date(2025, 7, 31)])
def test_on_its_first_and_last_day_a_membership_gives_its_roles(day):
    greta = make_person("Greta", "officer", ends_on=date(2025, 8, 1))

    assert queries.actor_for(greta, on=day, door="office").roles == {"officer"}


def test_a_closed_account_holds_nothing(carla_herself):
    carla_herself.is_active = False

    assert queries.actor_for(carla_herself, on=TODAY, door="office").roles == frozenset()


def test_an_organisation_asked_for_in_vain_is_not_replaced(carla_herself):
    asked = queries.actor_for(carla_herself, on=TODAY, door="office", organisation="office-2")

    assert (asked.organisation, asked.roles) == ("", frozenset())


def test_an_organisation_asked_for_is_taken(carla_herself):
    grant_long_ago(carla_herself, ["reviewer"], make_organisation("a-office"))

    assert queries.actor_for(carla_herself, on=TODAY, door="office", organisation="office").has("officer")


def test_an_employer_needs_no_second_factor(bruno_himself):
    assert not queries.needs_second_factor(bruno_himself, TODAY)


def test_an_officer_needs_a_second_factor(carla_herself):
    assert queries.needs_second_factor(carla_herself, TODAY)


def test_a_stranger_sees_nobody(carla_herself, stranger):
    assert queries.people(stranger) == []
    with pytest.raises(NotFound):
        queries.get_for(stranger, carla_herself.code)


def test_a_case_officer_sees_herself_alone(carla_herself, dario_himself):
    carla = queries.actor_for(carla_herself, on=TODAY, door="office")

    assert [person.full_name for person in queries.people(carla)] == ["Carla"]


def test_an_administrator_sees_the_own_people_and_those_from_outside(carla_herself, bruno_himself):
    make_person("Zoe", "officer", organisation="office-2")
    make_person("Nadia")

    seen = [person.full_name for person in queries.people(administrator_of("office"))]

    assert seen == ["Bruno", "Carla", "Nadia"]


def test_what_a_person_holds_elsewhere_stays_there(carla_herself):
    grant_long_ago(carla_herself, ["reviewer"], make_organisation("office-2"))

    (person,) = queries.people(administrator_of("office"))

    assert [held.organisation for held in person.memberships] == ["office"]


def test_a_person_out_of_sight_is_like_nobody(carla_herself):
    for code in (carla_herself.code, "U-NOBODY"):
        with pytest.raises(NotFound):
            queries.get_for(administrator_of("office-2"), code)


def test_a_person_is_shown_with_roles_and_factor(carla_herself):
    give_second_factor(carla_herself)

    (person,) = queries.people(Actor.system("cli"))

    held = queries.Held("office", "office", ("officer",), LONG_AGO, None)
    ways = "carla@example.test", ""
    assert person == queries.Person(carla_herself.code, "Carla", *ways, True, True, (held,))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_two_queries_however_long(count, django_assert_num_queries):
    for number in range(count):
        make_person(f"Greta {number}", "officer")

    with django_assert_num_queries(2):
        people = queries.people(administrator_of("office"))

    assert len(people) == count


@pytest.mark.parametrize("count", [1, 3])
def test_an_actor_costs_one_query_however_many_memberships(carla_herself, count, django_assert_num_queries):
    for number in range(count):
        kind = OrganisationKind.PARTNER
        grant_long_ago(carla_herself, ["partner"], make_organisation(f"partner-{number}", kind))

    with django_assert_num_queries(1):
        queries.actor_for(carla_herself, on=TODAY, door="office")


@pytest.mark.parametrize("is_verified", [False, None, "true", 1])
def test_an_address_nobody_verified_matches_nobody(carla_herself, is_verified):
    assert queries.matched(claim="email", value="carla@example.test", is_verified=is_verified) is None


def test_a_verified_address_matches_its_person(carla_herself):
    found = queries.matched(claim="email", value="Carla@example.test", is_verified=True)

    assert found == carla_herself


@pytest.mark.parametrize("value", [None, "", ["RSSMRA85T10A562S"], "RSSMRA85T10A562T"])
def test_a_strange_codice_fiscale_matches_nobody(carla_herself, value):
    assert queries.matched(claim="fiscal_number", value=value, is_verified=None) is None

"""What holds of every page of the desk of a round: strangers, people without an office role, other desks."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from tests.selection.making import BRUNO, OUTSIDER, Made, make_round, signed_in
from tests.web.office.pages import of_the_selection

#: Pages that are about no round yet: whoever has no duty finds them empty, or is refused by the action.
WITHOUT_A_ROUND = {"rounds", "round_begin"}


@pytest.fixture
def made() -> Made:
    """A round that another organisation runs."""
    return make_round(posts=1, candidates=1)


def address(name: str, made: Made) -> str:
    """The address of a page about `made`, and about things that may not be there."""
    _namespace, resolver = get_resolver().namespace_dict["office"]
    ((_pattern, arguments),) = resolver.reverse_dict[name][0]
    told = {"code": made.round.code, "post": made.posts[0].code}
    return reverse(f"office:{name}", kwargs={each: told.get(each, "X-NONE") for each in arguments})


def asked(client: Client, path: str) -> HttpResponse:
    """What answers there, asked in the way in which the page is meant to be asked."""
    answer = client.get(path)
    return client.post(path) if answer.status_code == 405 else answer


@pytest.mark.parametrize("name", sorted(of_the_selection()))
def test_a_stranger_is_led_to_the_sign_in(made, name):
    answer = asked(Client(), address(name, made))

    assert (answer.status_code, answer.headers.get("Location", "").split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("name", sorted(of_the_selection()))
def test_somebody_without_an_office_role_stays_outside(made, name):
    assert asked(signed_in(BRUNO), address(name, made)).status_code == 403


@pytest.mark.parametrize("name", sorted(of_the_selection() - WITHOUT_A_ROUND))
def test_another_organisation_does_not_know_the_round(made, name):
    assert asked(signed_in(OUTSIDER), address(name, made)).status_code == 404

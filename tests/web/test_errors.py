"""The pages that say what went wrong."""

import pytest
from django.test import Client, RequestFactory

from tragitto.web.parts import errors


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
        (errors.broken, 500),
    ],
)
def test_an_error_is_told_in_the_frame_with_a_way_on(view, status):
    answer = view(RequestFactory().get("/somewhere"))

    assert answer.status_code == status
    assert '<main id="main"' in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_an_address_that_leads_nowhere_is_not_found(client):
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert "/nowhere" not in answer.content.decode().replace('value="/nowhere"', "")


def test_a_form_from_elsewhere_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post("/language", {"language": "ar"})

    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()


def test_the_page_of_a_fault_is_drawn_without_the_request_or_the_database():
    """No database fixture here: a query would fail this test."""
    request = RequestFactory().get("/")
    request.user = property(lambda self: pytest.fail("asked who is there"))  # type: ignore[assignment]

    assert errors.broken(request).status_code == 500


@pytest.mark.parametrize("address", ["/calls/?before=%00", "/calls/a%00/", "/api/v1/?after=%00"])
def test_an_address_with_a_nul_is_refused_at_the_door(client, address):
    assert client.get(address).status_code == 400

"""What holds of every page of the office: strangers, other offices, observers, languages, escapes."""

import pytest
from django.test import Client

from tests.web.office.pages import (
    EVERY,
    FILES,
    OF_A_CASE,
    OF_A_PUBLISHER,
    OF_A_SORTER,
    OF_ONE_OFFICE,
    OWN,
    PAGES,
    PICTURES,
    WRITES,
    Addresses,
    names,
)


@pytest.fixture
def addresses(world, expression) -> Addresses:
    return Addresses(world, expression)


def send(client: Client, name: str, address: str):
    return client.post(address) if name in (*WRITES, *OWN) else client.get(address)


def test_no_page_escapes_these_tests():
    assert names() == set(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_a_stranger_is_led_to_the_sign_in(addresses, client, name):
    answer = send(client, name, addresses.of(name))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("name", EVERY)
def test_somebody_without_an_office_role_stays_outside(addresses, bruno_in, name):
    assert send(bruno_in, name, addresses.of(name)).status_code == 403


@pytest.mark.parametrize(
    "name", [*OF_ONE_OFFICE, *OF_A_CASE, "judge", "decide", "take_step", "correct", "confirm_met", "withdraw"]
)
def test_another_office_does_not_find_what_is_not_its_own(addresses, sara_in, name):
    assert send(sara_in, name, addresses.of(name)).status_code == 404


def test_another_office_sees_an_empty_queue(addresses, sara_in, expression):
    page = sara_in.get(addresses.of("call_queue"))

    assert expression.code not in page.text


@pytest.mark.parametrize("name", [name for name in WRITES if name != "register_export"])
def test_an_observer_writes_nothing(addresses, olga_in, name):
    assert olga_in.post(addresses.of(name)).status_code == 403


@pytest.mark.parametrize("name", OF_A_PUBLISHER)
def test_neither_officers_nor_reviewers_publish(addresses, carla_in, dario_in, name):
    statuses = {client.post(addresses.of(name)).status_code for client in (carla_in, dario_in)}

    assert statuses == {403}


@pytest.mark.parametrize("name", PAGES)
def test_a_reviewer_reads_it(addresses, dario_in, name):
    assert dario_in.get(addresses.of(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_it_speaks_arabic_from_right_to_left(addresses, dario_in, name):
    dario_in.cookies["django_language"] = "ar"

    page = dario_in.get(addresses.of(name))

    assert page.status_code == 200
    assert '<html lang="ar" dir="rtl">' in page.text


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_never_shown_by_the_browser(addresses, dario_in, name):
    answer = dario_in.get(addresses.of(name))

    assert answer["X-Content-Type-Options"] == "nosniff"
    if name != "journey_picture":
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", OF_A_SORTER)
def test_those_who_only_read_do_not_sort(addresses, dario_in, olga_in, name):
    statuses = {client.get(addresses.of(name)).status_code for client in (dario_in, olga_in)}

    assert statuses == {403}


@pytest.mark.parametrize("name", OF_A_SORTER)
def test_a_case_officer_sorts_in_arabic_too(addresses, carla_in, name):
    carla_in.cookies["django_language"] = "ar"

    assert carla_in.get(addresses.of(name)).status_code == 200


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_shown_and_kept_nowhere(addresses, dario_in, name):
    answer = dario_in.get(addresses.of(name))

    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert {"private", "no-store"} <= {word.strip() for word in answer["Cache-Control"].split(",")}
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["call", "call_queue", "expression", "message", "law_parameter", "judge"])
def test_what_does_not_exist_is_not_found(addresses, dario_in, name):
    address = addresses.of(name)
    *_before, code = [part for part in address.split("/") if part]

    assert send(dario_in, name, address.replace(code, "X-NOTHERE")).status_code == 404


def test_an_attachment_is_reached_through_its_own_message_alone(addresses, dario_in):
    message = addresses.expression.current.message.code

    wrong = addresses.of("attachment").replace(message, addresses.waiting().code)

    assert dario_in.get(wrong).status_code == 404

"""Where a person stands, at the desk: the clock and why, typed reasons, the question, the history."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.candidates.making import AMINA, CARLA, NOON, make_candidate
from tests.web.office.roster_words import part
from tragitto.candidates.actions import move
from tragitto.candidates.models import Candidate
from tragitto.kernel import clock
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonUse
from tragitto.web.office.roster_panels.standing import panel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(world, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def amina(world) -> Candidate:
    return make_candidate(
        world.call.scheme,
        account=AMINA.code,
        email="amina@example.org",
        confirm_by=date(2026, 12, 1),
        valid_until=date(2028, 11, 1),
    )


def file(person: Candidate) -> str:
    return reverse("office:roster_person", args=[person.code])


def post(client: Client, verb: str, person: Candidate, **data: str):
    return client.post(reverse(f"office:roster_{verb}", args=[person.code]), data)


def again(person: Candidate) -> Candidate:
    return Candidate.objects.get(pk=person.pk)


def office_stop(person: Candidate) -> str:
    """The reason by which the office stops the clock."""
    return next(
        each.code
        for each in roster_of(person.scheme).reasons
        if each.leads_to == "paused" and each.use is None and each.needs_note
    )


def test_the_panel_says_status_place_terms_and_history(carla_in, amina):
    said = part(carla_in.get(file(amina)), "standing")

    assert "Place counts from 1 September 2026, 11:30:00 (Europe/Rome)" in said
    assert "Valid until 1 November 2028 (730 days of waiting; stops do not count)" in said
    assert "Interest to be confirmed by 1 December 2026" in said
    assert said.index("On the roster · Identity checked") < said.index("Being checked · Registration sent")


def test_an_officer_moves_a_person_for_a_typed_reason(carla_in, amina):
    answer = post(
        carla_in, "move", amina, **{"move-reason": office_stop(amina), "move-note": "Consulate closed."}
    )

    assert (answer.status_code, again(amina).status) == (302, "paused")
    assert "Consulate closed." in part(carla_in.get(file(amina)), "standing")


def test_a_reviewer_does_too(dario_in, amina):
    post(dario_in, "move", amina, **{"move-reason": office_stop(amina), "move-note": "Closed."})

    assert again(amina).status == "paused"


def test_a_missing_note_is_asked_for_where_it_goes(carla_in, amina):
    answer = post(carla_in, "move", amina, **{"move-reason": office_stop(amina)})

    assert answer.status_code == 422
    assert "Please write a note" in part(answer, "standing")
    assert again(amina).status == "active"


def test_a_reason_that_does_not_follow_cannot_be_chosen(carla_in, amina):
    coming_back = roster_of(amina.scheme).reason_for(ReasonUse.COMING_BACK)

    assert post(carla_in, "move", amina, **{"move-reason": coming_back.code}).status_code == 422
    assert again(amina).seniority_at == amina.seniority_at


def test_an_officer_writes_down_that_somebody_is_interested(carla_in, amina):
    post(carla_in, "question", amina, act="confirmed")

    assert again(amina).confirm_by == timezone.localdate(NOON) + timedelta(days=90)


def test_an_officer_asks_and_the_panel_says_when_and_until_when(carla_in, amina, settings):
    settings.CAN_SEND_MAIL = True

    post(carla_in, "question", amina, act="ask")

    assert "1 message · at rest after 31 December 2026" in part(carla_in.get(file(amina)), "standing")


def test_who_cannot_be_reached_is_said(carla_in, amina, settings):
    settings.CAN_SEND_MAIL = settings.IS_DEMONSTRATION = False

    answer = post(carla_in, "question", amina, act="ask")

    assert answer.status_code == 422
    assert "There is no way to reach this person" in part(answer, "standing")


def test_nothing_is_done_by_a_word_that_is_no_button(carla_in, amina):
    assert post(carla_in, "question", amina, act="win").status_code == 422


@pytest.mark.parametrize(("verb", "data"), [("move", {"move-reason": "x"}), ("question", {"act": "ask"})])
def test_an_office_without_a_duty_finds_nobody(sara_in, amina, verb, data):
    assert post(sara_in, verb, amina, **data).status_code == 404


@pytest.mark.parametrize("verb", ["move", "question"])
def test_an_observer_moves_nobody(olga_in, amina, verb):
    assert post(olga_in, verb, amina).status_code == 403


@pytest.mark.parametrize("verb", ["move", "question"])
def test_a_stranger_signs_in_first(amina, verb):
    assert post(Client(), verb, amina).status_code == 302


def test_nobody_moves_themselves_at_the_desk(carla_in, carla_herself, amina):
    Candidate.objects.filter(pk=amina.pk).update(account=carla_herself.code)

    post(carla_in, "move", amina, **{"move-reason": office_stop(amina), "move-note": "Mine."})

    assert again(amina).status == "active"


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_however_long(carla_in, amina, django_assert_num_queries, count):
    for _each in range(count):
        move(candidate=amina, reason=ReasonUse.PAUSING, actor=AMINA, at=NOON)
        move(candidate=amina, reason=ReasonUse.RETURNING, actor=AMINA, at=NOON)
    person = again(amina)

    with django_assert_num_queries(9):
        panel(CARLA, person)

"""The page behind the link of a message: three buttons, no sign-in, nothing said of the person."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.candidates.making import NOON, make_candidate, make_scheme
from tragitto.candidates import actions
from tragitto.candidates.actions.confirming import token_of
from tragitto.candidates.models import Candidate, Confirmation
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import ReasonUse

pytestmark = pytest.mark.django_db

HOUSE = Actor.system("task")


@pytest.fixture(autouse=True)
def _world(monkeypatch, settings) -> None:
    settings.CAN_SEND_MAIL = True
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def amina() -> Candidate:
    person = make_candidate(
        make_scheme(), account="U-AMINA", email="amina@example.org", confirm_by=date(2026, 12, 1)
    )
    actions.tend(actor=HOUSE, at=NOON)
    return person


@pytest.fixture
def link(amina) -> str:
    return reverse("public:interest", args=[token_of(Confirmation.objects.get())])


def again(person: Candidate) -> Candidate:
    return Candidate.objects.get(pk=person.pk)


def buttons(answer) -> list[str]:
    return re.findall(r'name="interest" value="(\w+)"', answer.content.decode())


def test_the_page_opens_without_signing_in_and_without_a_session(amina, link):
    client = Client()

    answer = client.get(link)

    assert buttons(answer) == ["yes", "pause", "withdraw"]
    assert "sessionid" not in client.cookies
    assert "<script" not in answer.content.decode()


def test_the_page_speaks_the_language_of_the_message(amina, link):
    assert 'lang="fr"' in Client().get(link).content.decode()


def test_another_language_may_be_chosen(amina, link):
    client = Client()
    client.cookies["django_language"] = "ar"

    assert 'lang="ar" dir="rtl"' in client.get(link).content.decode()


def test_nothing_on_the_page_says_who_it_is(amina, link):
    html = Client().get(link).content.decode()

    names = [amina.identity.surnames, amina.identity.given_names, amina.identity.phone, amina.code]
    assert [name for name in names if name in html] == []


def test_looking_answers_nothing(amina, link):
    Client().get(link)
    Client().head(link)

    assert Confirmation.objects.get().answered_at is None


@pytest.mark.parametrize(("word", "status"), [("yes", "active"), ("pause", "paused")])
def test_one_button_answers(amina, link, word, status):
    answer = Client().post(link, {"interest": word}, follow=True)

    assert (answer.status_code, again(amina).status) == (200, status)
    assert buttons(answer) == []


def test_leaving_is_asked_once_more(amina, link):
    answer = Client().post(link, {"interest": "withdraw"})

    assert (answer.status_code, again(amina).status) == (200, "active")
    assert buttons(answer) == ["withdraw"]
    assert f'href="{link}"' in answer.content.decode()


def test_who_says_it_twice_leaves(amina, link):
    Client().post(link, {"interest": "withdraw", "sure": "yes"})

    assert again(amina).status == "withdrawn"


def test_two_taps_are_one(amina, link):
    client = Client()
    client.post(link, {"interest": "yes"})

    assert client.post(link, {"interest": "yes"}).status_code == 302


def test_another_answer_afterwards_is_refused_in_words(amina, link):
    client = Client()
    client.post(link, {"interest": "yes"})

    assert client.post(link, {"interest": "withdraw"}).status_code == 422
    assert again(amina).status == "active"


def test_a_form_of_another_site_is_refused(amina, link):
    assert Client(enforce_csrf_checks=True).post(link, {"interest": "withdraw"}).status_code == 403


def test_who_lapsed_comes_back_by_the_same_link(amina, link, monkeypatch):
    actions.move(candidate=amina, reason=ReasonUse.UNCONFIRMED, actor=HOUSE, at=NOON)
    assert buttons(Client().get(link)) == ["yes", "withdraw"]

    Client().post(link, {"interest": "yes"})

    assert (again(amina).status, again(amina).seniority_at) == ("active", amina.seniority_at)


def test_after_the_time_the_place_is_not_promised_any_more(amina, link, monkeypatch):
    actions.move(candidate=amina, reason=ReasonUse.UNCONFIRMED, actor=HOUSE, at=NOON)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=400))

    assert buttons(Client().get(link)) == []


def test_who_never_signed_in_is_led_to_where_a_registration_is_taken_over(amina, link):
    Candidate.objects.filter(pk=amina.pk).update(account="")
    answer = Client().post(link, {"interest": "yes"}, follow=True)

    assert f'href="{reverse("portal:roster", args=[amina.scheme.code])}"' in answer.content.decode()


@pytest.mark.parametrize("token", ["a" * 26, "x"])
def test_a_link_that_is_none_of_ours_is_not_there(amina, token):
    assert Client().get(reverse("public:interest", args=[token])).status_code == 404


def test_a_word_that_is_no_answer_does_nothing(amina, link):
    assert Client().post(link, {"interest": "perhaps"}).status_code == 200
    assert Confirmation.objects.get().answered_at is None

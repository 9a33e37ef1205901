"""The pages that anybody may read."""

import json

import pytest
from django.db import DatabaseError
from django.urls import reverse

from tragitto.web.public.views import status

PAGES = ("public:home", "public:accessibility", "public:privacy")
pytestmark = pytest.mark.django_db
LANGUAGES = (("it", "ltr"), ("fr", "ltr"), ("ar", "rtl"), ("en", "ltr"))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_a_page_says_its_language_and_direction(client, settings, name, language, direction):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = client.get(reverse(name)).content.decode()

    assert f'<html lang="{language}" dir="{direction}">' in page


@pytest.mark.parametrize("name", ["public:accessibility", "public:privacy"])
def test_a_page_of_words_asks_the_database_nothing_of_a_stranger(client, name, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        client.get(reverse(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_carries_no_inline_style_or_script(client, name):
    page = client.get(reverse(name)).content.decode()

    assert " style=" not in page
    assert "<style" not in page
    assert "<script" not in page
    assert " onclick=" not in page


def test_the_policy_allows_nothing_from_elsewhere(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_each_language_is_called_by_its_own_name(client):
    page = client.get("/").content.decode()

    for code, direction, name in [
        ("fr", "ltr", "Français"),
        ("ar", "rtl", "العربية"),
        ("en", "ltr", "English"),
    ]:
        assert f'value="{code}" lang="{code}" dir="{direction}">{name}</button>' in page


def test_choosing_a_language_needs_no_session(client, settings):
    answer = client.post(reverse("public:set_language"), {"language": "ar", "next": "/privacy/"})

    assert answer.headers["Location"] == "/privacy/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_the_way_back_after_a_language_never_leaves_the_site(client):
    answer = client.post(
        reverse("public:set_language"), {"language": "ar", "next": "https://elsewhere.example/"}
    )

    assert "elsewhere" not in answer.headers["Location"]


def test_the_foot_says_who_runs_the_site_and_how_to_reach_them(client, settings):
    settings.SITE = {
        "organisation": "Ufficio di prova",
        "dpo": "rpd@ufficio.example",
        "pec": "pec@ufficio.example",
    }

    page = client.get("/").content.decode()

    assert "Ufficio di prova" in page
    assert 'href="mailto:rpd@ufficio.example"' in page
    assert 'href="mailto:pec@ufficio.example"' in page


def test_a_demonstration_says_so_on_every_page(client, settings):
    settings.IS_DEMONSTRATION = True

    assert 'class="demonstration"' in client.get("/privacy/").content.decode()


def test_a_real_installation_is_not_called_a_demonstration(client, settings):
    settings.IS_DEMONSTRATION = False

    assert 'class="demonstration"' not in client.get("/privacy/").content.decode()


def test_status_is_a_pass_while_the_database_answers(client, db):
    answer = client.get(reverse("public:status"))

    assert answer.status_code == 200
    assert answer.json()["status"] == "pass"


def test_status_is_a_problem_document_when_the_database_does_not_answer(client, monkeypatch):
    def refuse() -> None:
        raise DatabaseError

    monkeypatch.setattr(status.connection, "cursor", refuse)

    answer = client.get(reverse("public:status"))

    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == 503


def test_people_see_the_status_as_a_page_even_without_a_database(client, monkeypatch):
    def refuse() -> None:
        raise DatabaseError

    monkeypatch.setattr(status.connection, "cursor", refuse)

    answer = client.get(reverse("public:status"), headers={"accept": "text/html"})

    assert answer.status_code == 503
    assert "<h1>" in answer.content.decode()


def test_pages_only_answer_to_reading(client):
    assert client.post(reverse("public:privacy")).status_code == 405

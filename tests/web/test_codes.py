"""The pages for signing in with a code: a phone or an address, then the code; four languages, no script."""

import re

import pytest
from django.conf import settings as house
from django.core import mail
from django.core.cache import cache

from tests.accounts.signing_in import make_person, sign_in
from tests.accounts.texting import code_in, texter, work  # noqa: F401
from tragitto.accounts import ports
from tragitto.accounts.models import OneTimeCode, User
from tragitto.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texter")]
ASK, ENTER = "/sign-in/code/", "/sign-in/code/enter/"
PHONE, EMAIL = "+212612345678", "amina@example.test"


@pytest.fixture(autouse=True)
def a_house_that_mails(settings):
    settings.CAN_SEND_MAIL = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ask(client):
    def ask(address: str = "06 12 34 56 78", page: str = ASK, **more: str):
        answer = client.post(page, {"address": address, **more})
        work()
        return answer

    return ask


@pytest.fixture
def code(ask, texter) -> str:  # noqa: F811
    ask()
    return code_in(texter.arrived[-1][1])


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_number_and_the_code_sign_in(client, code):
    answer = client.post(ENTER, {"code": code})

    amina = User.objects.get(phone=PHONE)
    assert (answer.status_code, answer["Location"]) == (302, "/work/")
    assert client.session["_auth_user_id"] == str(amina.pk)
    (entry,) = Entry.objects.filter(verb="person.signed_in")
    assert (entry.subject, entry.facts) == (amina.code, {"methods": ["code"]})


def test_an_address_and_the_code_sign_in(client, ask):
    ask(EMAIL, f"{ASK}?by=email")

    client.post(ENTER, {"code": code_in(mail.outbox[-1].body)})
    assert User.objects.get(email=EMAIL).pk == int(client.session["_auth_user_id"])


def test_an_address_in_place_of_a_number_is_understood(client, ask):
    ask(EMAIL)

    assert len(mail.outbox) == 1


def test_the_office_stays_closed_and_the_portal_opens(client, code):
    client.post(ENTER, {"code": code})

    assert client.get("/office/").status_code == 403
    assert client.get("/portal/").status_code == 200


def test_the_session_has_a_new_key_and_forgets_the_number(client, code):
    before = client.session.session_key
    client.post(ENTER, {"code": code})

    assert client.session.session_key != before
    assert PHONE not in str(dict(client.session))


def test_one_goes_on_where_one_was_going(client, ask, texter):  # noqa: F811
    answer = ask(next="/portal/representations/")
    assert answer["Location"] == f"{ENTER}?next=%2Fportal%2Frepresentations%2F"
    assert 'name="next" value="/portal/representations/"' in client.get(answer["Location"]).text

    answer = client.post(ENTER, {"code": code_in(texter.arrived[-1][1]), "next": "/portal/representations/"})
    assert answer["Location"] == "/portal/representations/"


def test_nobody_is_led_to_a_foreign_page(client, ask, code):
    assert ask(next="https://evil.example/")["Location"] == ENTER
    assert 'name="next" value="//evil' not in client.get(f"{ASK}?next=//evil.example/").text


def test_who_is_signed_in_is_led_on(client, code):
    client.post(ENTER, {"code": code})

    assert client.get(f"{ASK}?next=/portal/")["Location"] == "/portal/"


def test_a_wrong_code_is_said_and_nobody_signed_in(client, code):
    wrong = f"{(int(code) + 1) % 10**6:06}"
    answer = client.post(ENTER, {"code": wrong})

    assert answer.status_code == 422
    assert not is_signed_in(client)
    assert not User.objects.filter(phone=PHONE).exists()


def test_what_is_no_number_is_said_at_the_field(client, ask):
    answer = ask("0522 12 34 56")

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert not OneTimeCode.objects.exists()


def test_nothing_typed_is_said(client, ask):
    assert ask("").status_code == 422


def test_without_having_asked_there_is_no_code_to_enter(client):
    assert client.get(f"{ENTER}?next=/portal/")["Location"] == f"{ASK}?next=%2Fportal%2F"


def test_who_has_an_account_stays_unknown(client, ask):
    make_person("Carla", "officer")
    taken, free = ask("carla@example.test"), ask("free@example.test")

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])


def test_one_number_gets_three_codes_in_ten_minutes_however_it_is_written(client, ask):
    written = ("0612345678", "06 12 34 56 78", "+212612345678", "00212 612345678")

    assert [ask(each).status_code for each in written] == [302, 302, 302, 429]


def test_a_visitor_has_so_many_tries(client, code, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "code_tried": "1/10m/ip"}

    assert [client.post(ENTER, {"code": "1"}).status_code for _time in range(2)] == [422, 429]


def test_the_limits_of_the_house_are_those_documented():
    assert house.ACCOUNT_RATE_LIMITS["code_asked"] == "60/10m/ip,3/10m/key,10/d/key"


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
@pytest.mark.parametrize("page", [ASK, f"{ASK}?by=email", ENTER])
def test_each_page_stands_in_each_language(client, ask, page, language):
    ask()
    client.cookies["django_language"] = language
    answer = client.get(page)

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in answer.text
    assert len(re.findall("<h1>", answer.text)) == 1
    assert "<script" not in answer.text


def test_fields_are_what_a_phone_expects(client, ask):
    (phone,) = re.findall(r"<input[^>]+name=\"address\"[^>]*>", client.get(ASK).text)
    (email,) = re.findall(r"<input[^>]+name=\"address\"[^>]*>", client.get(f"{ASK}?by=email").text)
    ask()
    (code,) = re.findall(r"<input[^>]+name=\"code\"[^>]*>", client.get(ENTER).text)

    assert ('type="tel"' in phone, 'autocomplete="tel"' in phone) == (True, True)
    assert ('type="email"' in email, 'autocomplete="email"' in email) == (True, True)
    assert ('inputmode="numeric"' in code, 'autocomplete="one-time-code"' in code) == (True, True)


def test_the_sign_in_page_leads_here_with_where_one_was_going(client):
    assert f'href="{ASK}?next=%2Fportal%2F"' in client.get("/account/login/?next=/portal/").text


def test_without_text_messages_the_page_asks_for_an_address(client):
    ports.use(None)

    page = client.get(ASK)
    assert 'type="email"' in page.text
    assert "?by=" not in page.text


def test_without_either_the_page_says_whom_to_ask(client, settings):
    ports.use(None)
    settings.CAN_SEND_MAIL = False

    page = client.get(ASK)
    assert (page.status_code, 'name="address"' in page.text) == (200, False)


def test_a_demonstration_shows_the_code_and_only_a_demonstration(client, ask, settings):
    settings.IS_DEMONSTRATION = True
    ask()
    (shown,) = re.findall(r"<code>(\d{6})</code>", client.get(ENTER).text)
    settings.IS_DEMONSTRATION = False
    assert "<code>" not in client.get(ENTER).text

    client.post(ENTER, {"code": shown})
    assert is_signed_in(client)


def test_an_office_signs_in_with_its_second_factor_as_before(client):
    carla = make_person("Carla", "officer")
    sign_in(client, carla)

    assert client.get("/office/").status_code == 200


def test_the_number_stands_in_no_address_of_a_page(client, ask):
    assert "612345678" not in ask()["Location"]

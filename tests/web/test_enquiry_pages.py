"""Asking for information without signing in, and the secret page that shows where the request stands."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.signing_in import make_person, sign_in
from tests.conftest import NOON
from tests.web.calls import load_the_shipped_calls, publish_all
from tragitto.employers.models import Enquiry, FilingDraft
from tragitto.employers.queries import enquiries as queries
from tragitto.kernel.actors import Actor
from tragitto.law.actions import load_holidays
from tragitto.schemes.models import Call
from tragitto.web.parts.enquiring import new_key

pytestmark = pytest.mark.django_db
SAID = {
    "enterprise_name": "Officine Bruno S.r.l.",
    "province": "BG",
    "division": "25",
    "codice_fiscale": "00743110157",
    "contact_name": "Bruno Bianchi",
    "contact_email": "bruno@officine.example",
    "contact_phone": "+39 035 123-4567",
    "language": "en",
    "question": "How long is the training?",
}


@pytest.fixture(autouse=True)
def at_noon():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def drafts() -> list[Call]:
    load_holidays(years=range(2025, 2027), actor=Actor.system("cli"), at=NOON)
    return load_the_shipped_calls()


@pytest.fixture
def call(drafts: list[Call], client, settings) -> Call:
    """The call of Lombardia, read in English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return next(call for call in publish_all(drafts) if "BG" in call.region.provinces)


@pytest.fixture
def address(call: Call) -> str:
    return reverse("public:enquiry", args=[call.code])


@pytest.fixture
def send(client, address):
    """Bruno fills in the form and sends it."""

    def _send(browser=client, **changes: str):
        return browser.post(address, {**SAID, "key": new_key(), **changes})

    return _send


def test_a_stranger_asks_and_is_led_to_a_secret_page(client, send):
    answer = send()

    enquiry = Enquiry.objects.get()
    assert answer.headers["Location"] == reverse(
        "public:enquiry_state", args=[queries.secret_of(enquiry.code)]
    )
    assert (enquiry.contact_phone, enquiry.account) == ("+390351234567", "")


def test_the_same_form_sent_twice_is_one_request(send):
    key = new_key()

    first, again = send(key=key), send(key=key)

    assert (first.headers["Location"], Enquiry.objects.count()) == (again.headers["Location"], 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"enterprise_name": ""}, "Enterprise"),
        ({"province": "XX"}, "Province"),
        ({"codice_fiscale": "00743110158"}, "does not pass its own check"),
        ({"contact_email": "bruno"}, "E-mail"),
        ({"contact_phone": "ring me"}, "with digits alone"),
        ({"question": "a" * 2001}, "at most 2000 characters"),
        ({"key": "guess"}, "open the page again"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(send, change, says):
    answer = send(**change)

    html = answer.content.decode()
    assert (answer.status_code, Enquiry.objects.count()) == (422, 0)
    assert says in html
    assert "How long is the training?" in html or "question" in change


def test_whoever_fills_in_the_hidden_field_is_told_to_empty_it(send):
    answer = send(website="https://spam.example")

    assert (answer.status_code, Enquiry.objects.count()) == (422, 0)
    assert "must stay empty" in answer.content.decode()


def test_too_many_from_one_place_are_slowed_down(send, settings):
    settings.ACCOUNT_RATE_LIMITS = {"enquiry": "2/h/ip"}

    assert [send().status_code for _time in range(3)] == [302, 302, 429]


def test_the_form_comes_with_the_notice_about_data(client, address, call):
    html = client.get(address).content.decode()

    assert "What happens with these data" in html
    assert call.texts["privacy"]["en"].split("\n")[0][:40] in html


def test_the_province_of_the_region_comes_first(client, address):
    html = client.get(address).content.decode()

    assert html.index("Bergamo (BG)") < html.index("Agrigento (AG)")


def test_a_draft_takes_no_request(client, drafts):
    assert client.get(reverse("public:enquiry", args=[drafts[0].code])).status_code == 404


def test_a_call_that_takes_none_has_no_such_page(client, address, call, django_db_blocker, monkeypatch):
    monkeypatch.setattr("tragitto.web.public.views.enquiries.schemes.enquiries_of", lambda call: None)

    assert client.get(address).status_code == 404


def test_the_secret_page_says_who_calls_by_when(client, send):
    html = client.get(send().headers["Location"]).content.decode()

    assert "Received" in html
    assert "3 July 2025, 23:59:59 (Europe/Rome)" in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_secret_page_shows_nothing_of_what_was_typed(client, send):
    html = client.get(send().headers["Location"]).content.decode()

    assert not any(word in html for word in ("Bruno", "Officine", "bruno@", "training?"))


@pytest.mark.parametrize("secret", ["0" * 64, "guess"])
def test_a_guessed_address_leads_nowhere(client, send, secret):
    send()

    assert client.get(reverse("public:enquiry_state", args=[secret])).status_code == 404
    assert client.post(reverse("public:enquiry_begin", args=[secret])).status_code == 404


def test_when_we_are_late_the_page_says_so(client, send):
    address = send().headers["Location"]
    enquiry = Enquiry.objects.get()
    task = queries.task_of(enquiry)
    type(task).objects.filter(pk=task.pk).update(level=1, escalated_at=NOON)

    assert "We are late" in client.get(address).content.decode()


def test_bruno_begins_to_answer_with_what_he_has_said(client, send, settings):
    address = send().headers["Location"]
    bruno = make_person("Bruno Bianchi")
    sign_in(client, bruno)

    answer = client.post(f"{address}filing/")

    draft = FilingDraft.objects.get()
    assert answer.headers["Location"] == reverse("portal:draft", args=[draft.code])
    said = " ".join(str(value) for form in draft.answers.values() for value in form.values())
    assert all(word in said for word in ("Officine Bruno S.r.l.", "00743110157", "bruno@officine.example"))
    assert client.post(f"{address}filing/").headers["Location"] == answer.headers["Location"]


def test_somebody_elses_request_cannot_be_taken_up(client, send):
    address = send().headers["Location"]
    Enquiry.objects.update(account="U-SOMEBODY")
    sign_in(client, make_person("Amina"))

    answer = client.post(f"{address}filing/")

    assert (answer.status_code, FilingDraft.objects.count()) == (422, 0)


def test_a_stranger_who_begins_signs_in_and_comes_back_to_what_was_said(client, send):
    address = send().headers["Location"]

    answer = client.post(f"{address}filing/")

    assert answer.headers["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_a_request_about_no_call_begins_nothing(client, send, is_signed_in):
    address = send().headers["Location"]
    Enquiry.objects.update(call=None)
    if is_signed_in:
        sign_in(client, make_person("Bruno Bianchi"))

    answer = client.post(f"{address}filing/")

    assert (answer.status_code, FilingDraft.objects.count()) == (422 if is_signed_in else 302, 0)


def test_asked_while_signed_in_it_is_found_among_ones_own(client, send):
    bruno = make_person("Bruno Bianchi")
    sign_in(client, bruno)

    send()

    assert [each.account for each in queries.own(Actor(bruno.code, door="portal"))] == [bruno.code]


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_the_pages_speak_the_language_of_the_visitor(client, settings, address, send, language):
    location = send().headers["Location"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    for page in (address, location):
        assert f'<html lang="{language}"' in client.get(page).content.decode()


def test_asking_and_looking_need_no_script(client, address, send):
    for page in (address, send().headers["Location"]):
        html = client.get(page).content.decode()
        assert "<script" not in html
        assert " style=" not in html


def test_the_way_is_on_the_page_of_the_call(client, call, address):
    html = client.get(reverse("public:call", args=[call.code])).content.decode()

    assert f'href="{address}"' in html


def test_a_week_later_the_promise_is_counted_from_then(client, send):
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        html = client.get(send().headers["Location"]).content.decode()

    assert "10 July 2025, 23:59:59" in html


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (400, False)])
def test_a_way_to_begin_is_shown_while_the_call_takes_answers(client, send, days, is_told):
    address = send().headers["Location"]

    with time_machine.travel(NOON + timedelta(days=days), tick=False):
        html = client.get(address).content.decode()

    assert ("Sign in, then begin" in html) is is_told

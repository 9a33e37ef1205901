"""The public pages of the calls."""

from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape
from pypdf import PdfReader

from tests.conftest import NOON
from tests.web.calls import AFTERWARDS, load_the_shipped_calls, publish_all
from tragitto.schemes.models import Call

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts() -> list[Call]:
    return load_the_shipped_calls()


@pytest.fixture
def published(drafts: list[Call]) -> list[Call]:
    return publish_all(drafts)


@pytest.fixture
def english(client, settings) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def page(client, name: str, *arguments: str) -> str:
    return client.get(reverse(name, args=arguments)).content.decode()


@pytest.mark.parametrize("name", ["public:home", "public:calls"])
def test_a_stranger_reads_the_published_calls(client, published, name):
    with time_machine.travel(NOON, tick=False):
        html = page(client, name)

    assert all(call.title["it"] in html for call in published)


@pytest.mark.parametrize("name", ["public:home", "public:calls"])
def test_a_draft_is_shown_to_no_stranger(client, drafts, name):
    html = page(client, name)

    assert not any(call.title["it"] in html for call in drafts)


def test_the_page_of_a_draft_is_not_there_for_a_stranger(client, drafts):
    assert client.get(reverse("public:call", args=[drafts[0].code])).status_code == 404


@pytest.mark.usefixtures("english")
def test_a_call_is_open_while_its_window_is(client, published):
    with time_machine.travel(NOON, tick=False):
        assert "<span>Open</span>" in page(client, "public:calls")
    with time_machine.travel(AFTERWARDS, tick=False):
        assert "<span>Open</span>" not in page(client, "public:calls")


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_a_call_speaks_the_language_of_the_page(client, settings, published, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    for call in published:
        html = page(client, "public:call", call.code)
        assert f"<h1>{escape(call.title[language])}</h1>" in html


def test_the_end_of_a_window_is_told_as_its_last_second(client, published):
    ends = [call.windows.order_by("number").last().closes_at for call in published]
    html = "".join(page(client, "public:call", call.code) for call in published)

    assert all(end.second == 0 for end in ends)
    assert "23:59:59 (Europe/Rome)" in html


@pytest.mark.usefixtures("english")
def test_a_rehearsal_says_that_nothing_is_real(client, published):
    assert "This is a rehearsal" in page(client, "public:call", published[0].code)


def test_the_notice_about_data_stands_on_the_page_of_the_call(client, published):
    for call in published:
        assert 'id="privacy"' in page(client, "public:call", call.code)


def test_a_blank_form_can_be_filled_and_names_its_call(client, published):
    call, form = next((call, form) for call in published for form in call.forms.all() if form.fields)

    answer = client.get(reverse("public:form", args=[call.code, form.code]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert PdfReader(BytesIO(answer.content)).get_fields()["call"].value == call.code


def test_a_form_that_the_call_does_not_have_is_not_found(client, published):
    address = reverse("public:form", args=[published[0].code, "no-such-form"])

    assert client.get(address).status_code == 404


def test_the_forms_of_a_draft_cannot_be_fetched(client, drafts):
    call, form = next((call, form) for call in drafts for form in call.forms.all() if form.fields)

    assert client.get(reverse("public:form", args=[call.code, form.code])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["public:home", "public:calls"])
def test_a_list_of_calls_costs_three_queries_however_long(
    client, drafts, name, count, django_assert_num_queries
):
    publish_all(drafts[:count])

    with django_assert_num_queries(3):
        client.get(reverse(name))

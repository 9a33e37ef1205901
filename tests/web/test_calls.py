"""The public pages of the calls."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape
from pypdf import PdfReader

from tests.conftest import NOON
from tests.web.calls import AFTERWARDS, load_the_shipped_calls, publish_all
from tragitto.kernel.actors import Actor
from tragitto.schemes.actions import extend_window
from tragitto.schemes.models import Call
from tragitto.schemes.queries import takes_online

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
@pytest.mark.parametrize(("name", "queries"), [("public:home", 4), ("public:calls", 3)])  # home: rosters too
def test_a_list_of_calls_costs_the_same_however_long(
    client, drafts, name, queries, count, django_assert_num_queries
):
    publish_all(drafts[:count])

    with django_assert_num_queries(queries):
        client.get(reverse(name))


@pytest.mark.usefixtures("english")
def test_the_page_counts_down_to_the_closing_in_words(client, published):
    call = published[0]
    closes_at = call.windows.order_by("number").first().closes_at

    with time_machine.travel(closes_at - timedelta(days=3, hours=4), tick=False):
        assert "Closes in 3 days and 4 hours" in page(client, "public:call", call.code)
    with time_machine.travel(AFTERWARDS, tick=False):
        assert "Closed " in page(client, "public:call", call.code)


@pytest.mark.usefixtures("english")
def test_both_ways_in_stand_on_the_page_while_the_call_is_open(client, published):
    with time_machine.travel(NOON, tick=False):
        for call in published:
            html = page(client, "public:call", call.code)
            assert reverse("public:enquiry", args=[call.code]) in html
            assert (reverse("portal:draft_start", args=[call.code]) in html) is ("<span>Open</span>" in html)


@pytest.mark.usefixtures("english")
def test_a_call_by_certified_mail_alone_says_that_only_the_message_counts(client, published):
    with time_machine.travel(NOON, tick=False):
        for call in published:
            says = "only the message counts" in page(client, "public:call", call.code)
            assert says is not takes_online(call)


def test_after_the_closing_nobody_is_led_to_answer(client, published):
    with time_machine.travel(AFTERWARDS, tick=False):
        html = "".join(page(client, "public:call", call.code) for call in published)

    assert not any(reverse("portal:draft_start", args=[call.code]) in html for call in published)


@pytest.mark.usefixtures("english")
def test_an_extension_moves_the_end_and_stands_among_the_changes(client, published):
    call = published[0]
    dario = Actor("U-DARIO", call.publisher.code, frozenset({"publisher"}), "office")
    closes_at = call.windows.order_by("number").last().closes_at + timedelta(days=7)
    number = call.windows.order_by("number").last().number
    told = {"act": "det. 7/2025", "reason": "Requests."}
    extend_window(call=call, number=number, closes_at=closes_at, **told, actor=dario, at=NOON)

    html = page(client, "public:call", call.code)

    assert 'id="changes"' in html
    assert "New end of the window" in html
    assert "det. 7/2025" in html


@pytest.mark.usefixtures("english")
def test_related_calls_are_shown_until_they_are_taken_away(client, published):
    call, other = published[:2]
    link = call.related_links.create(
        number=1, relation="later", title=other.title, other=other, added_at=NOON, added_by="U-DARIO"
    )

    assert 'id="related"' in page(client, "public:call", call.code)

    type(link).objects.filter(pk=link.pk).update(removed_at=NOON, removed_by="U-DARIO")
    assert 'id="related"' not in page(client, "public:call", call.code)


def test_the_page_of_a_call_costs_the_same_each_time(client, published, django_assert_num_queries):
    address = reverse("public:call", args=[published[0].code])
    client.get(address)

    with django_assert_num_queries(8):
        client.get(address)

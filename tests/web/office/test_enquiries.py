"""The office's pages of requests for information: the list, one of them, portfolios, needs."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.signing_in import make_person
from tests.web.office.asking import asked
from tests.web.office.world import enter, person
from tragitto.employers import actions
from tragitto.employers.models import Enquiry, Portfolio
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.vocabulary import EnquiryState
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.web.parts.enquiring import new_key


@pytest.fixture
def ask(world):
    return lambda: asked(world)


@pytest.fixture
def enquiry(ask) -> Enquiry:
    return ask()


@pytest.fixture
def ada_in(world) -> Client:
    """Ada, administrator of the office, signed in."""
    return enter(Client(), person("Ada", "administrator", office=world.call.publisher))


def page(browser: Client, name: str, *arguments: str, **query: str) -> str:
    return browser.get(reverse(f"office:{name}", args=arguments), query).content.decode()


def post(browser: Client, name: str, code: str, **said: str):
    return browser.post(reverse(f"office:{name}", args=[code]), said)


def test_carla_sees_what_waits(carla_in, enquiry):
    html = page(carla_in, "enquiries")

    assert "Officine Bruno S.r.l." in html
    assert reverse("office:enquiry", args=[enquiry.code]) in html


@pytest.mark.parametrize("whose", ["mine", "over", "overdue"])
def test_the_list_is_narrowed(carla_in, enquiry, whose):
    assert "Officine Bruno" not in page(carla_in, "enquiries", whose=whose)


def test_an_unknown_narrowing_shows_all(carla_in, enquiry):
    assert "Officine Bruno" in page(carla_in, "enquiries", whose="somebody")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(carla_in, ask, count, django_assert_num_queries):
    for _number in range(count):
        ask()
    carla_in.get(reverse("office:enquiries"))

    with django_assert_num_queries(7):
        carla_in.get(reverse("office:enquiries"))


def addresses(enquiry: Enquiry) -> list[str]:
    names = [reverse(f"office:{name}") for name in ("enquiries", "portfolios", "needs", "needs_file")]
    return [*names, reverse("office:enquiry", args=[enquiry.code])]


def test_a_stranger_is_led_to_the_sign_in(client, enquiry):
    for address in addresses(enquiry):
        assert client.get(address).status_code == 302


def test_an_employer_a_reviewer_and_an_observer_read_none(bruno_in, dario_in, olga_in, enquiry):
    for browser in (bruno_in, dario_in, olga_in):
        assert {browser.get(address).status_code for address in addresses(enquiry)} == {403}


def test_another_office_finds_none(world, enquiry):
    elsewhere = make_person("Emma", "officer", organisation="another-office")
    browser = enter(Client(), elsewhere)

    assert "Officine Bruno" not in page(browser, "enquiries")
    assert browser.get(reverse("office:enquiry", args=[enquiry.code])).status_code == 404
    for name in ("contact", "answer", "needs", "assign", "close", "take"):
        assert post(browser, f"enquiry_{name}", enquiry.code).status_code == 404


def test_the_page_says_who_asks_and_by_when_to_call(carla_in, enquiry):
    html = page(carla_in, "enquiry", enquiry.code)

    assert all(word in html for word in ("Bruno Bianchi", "bruno@officine.example", "Quanto dura"))
    assert "23:59:59 (Europe/Rome)" in html


def test_carla_takes_it(carla_in, carla_herself, enquiry):
    answer = post(carla_in, "enquiry_take", enquiry.code)

    enquiry.refresh_from_db()
    assert (answer.status_code, enquiry.manager) == (302, carla_herself.code)


def test_carla_gives_it_to_somebody_else(carla_in, world, enquiry):
    other = person("Oscar", "officer", office=world.call.publisher)

    post(carla_in, "enquiry_assign", enquiry.code, manager=other.code, why="Conosce la zona.")

    assert "Oscar" in page(carla_in, "enquiry", enquiry.code)
    assert post(carla_in, "enquiry_assign", enquiry.code, manager="U-NOBODY").status_code == 422


def contact(**changes: str) -> dict[str, str]:
    minute = (clock.now() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    said = {"channel": "phone", "outcome": "reached", "happened_at": minute, "note": "Richiamata."}
    return {**said, **changes}


def test_a_contact_stands_in_the_log_and_answers_the_request(carla_in, enquiry):
    post(carla_in, "enquiry_contact", enquiry.code, **contact())

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.ANSWERED
    assert "Richiamata." in page(carla_in, "enquiry", enquiry.code)


def test_a_contact_without_words_is_sent_back_with_the_form_open(carla_in, enquiry):
    answer = post(carla_in, "enquiry_contact", enquiry.code, **contact(note=""))

    assert answer.status_code == 422
    assert '<details class="more" open>' in answer.content.decode()


def test_an_answer_begins_with_a_text_of_the_call_filled_in(carla_in, enquiry, world):
    code = world.call.enquiries["templates"][0]["code"]

    html = page(carla_in, "enquiry", enquiry.code, template=code)

    assert "Gentile Bruno Bianchi, grazie per l&#x27;interesse di Officine Bruno S.r.l." in html


@pytest.mark.parametrize(
    ("sent", "state"), [({}, EnquiryState.ANSWERED), ({"invites": "on"}, EnquiryState.CONVERTED)]
)
def test_an_answer_in_writing_may_invite_to_file(carla_in, enquiry, sent, state):
    post(carla_in, "enquiry_answer", enquiry.code, text="Sei mesi.", **sent)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.contacts.get().note) == (state, "Sei mesi.")


def rows(profile: str, **changes: str) -> dict[str, str]:
    said = {"profile": profile, "workers": "3", "province": "BG", "start": "2026-01-01", "skills": "tornio"}
    first = {f"needs-0-{name}": value for name, value in {**said, **changes}.items()}
    return {"needs-TOTAL_FORMS": "2", "needs-INITIAL_FORMS": "0", **first}


@pytest.fixture
def profile(world) -> str:
    return world.call.scheme.profiles.order_by("position").first().code


def test_needs_are_written_down_and_summed(carla_in, enquiry, profile):
    answer = post(carla_in, "enquiry_needs", enquiry.code, **rows(profile))

    assert answer.status_code == 302
    assert "tornio" in page(carla_in, "enquiry", enquiry.code)
    assert "Bergamo" in page(carla_in, "needs")


def test_half_a_row_of_needs_is_sent_back(carla_in, enquiry, profile):
    assert post(carla_in, "enquiry_needs", enquiry.code, **rows(profile, workers="")).status_code == 422
    assert post(carla_in, "enquiry_needs", enquiry.code, **rows("")).status_code == 422
    assert Enquiry.objects.get().needs == []


def test_written_needs_come_back_into_the_form(carla_in, enquiry, profile):
    post(carla_in, "enquiry_needs", enquiry.code, **rows(profile))

    html = page(carla_in, "enquiry", enquiry.code)
    assert 'name="needs-0-start" value="2026-01-01"' in html
    assert 'name="needs-2-profile"' in html


def test_needs_are_saved_as_a_table_without_names(carla_in, enquiry, profile):
    post(carla_in, "enquiry_needs", enquiry.code, **rows(profile))

    text = carla_in.get(reverse("office:needs_file")).content.decode("utf-8-sig")
    (_head, line) = csv.reader(io.StringIO(text))
    assert (line[0], line[2:]) == (profile, ["BG", "1", "3", "2026-01-01"])


def test_closing_wants_a_reason(carla_in, enquiry):
    assert post(carla_in, "enquiry_close", enquiry.code, reason="").status_code == 422

    post(carla_in, "enquiry_close", enquiry.code, reason="Ha chiesto altrove.")

    html = page(carla_in, "enquiry", enquiry.code)
    assert "Ha chiesto altrove." in html
    assert reverse("office:enquiry_contact", args=[enquiry.code]) not in html


def test_what_was_passed_on_is_on_top_for_the_administrator(ada_in, ask):
    first, late = ask(), ask()
    task = queries.task_of(late)
    type(task).objects.filter(pk=task.pk).update(level=1, escalated_at=clock.now())

    html = page(ada_in, "enquiries")

    assert html.index(late.code) < html.index(first.code)


def test_ada_says_who_looks_after_what_and_ends_it(ada_in, carla_herself, world):
    said = {
        "scheme": world.call.scheme.code,
        "manager": carla_herself.code,
        "provinces": "bg, BS",
        "divisions": "25 28",
        "share": "2",
        "starts_on": "2025-01-01",
    }

    assert ada_in.post(reverse("office:portfolios"), said).status_code == 302

    portfolio = Portfolio.objects.get()
    assert (portfolio.provinces, portfolio.divisions, portfolio.share) == (["BG", "BS"], ["25", "28"], 2)
    assert post(ada_in, "portfolio_end", portfolio.code, ends_on="2024-01-01").status_code == 422
    assert post(ada_in, "portfolio_end", portfolio.code, ends_on="2025-12-31").status_code == 302
    assert "BG, BS" in page(ada_in, "portfolios")


@pytest.mark.parametrize("change", [{"provinces": "XX"}, {"divisions": "04"}, {"share": "0"}])
def test_what_does_not_exist_is_looked_after_by_nobody(ada_in, carla_herself, world, change):
    said = {"scheme": world.call.scheme.code, "manager": carla_herself.code, "share": "1"}

    answer = ada_in.post(reverse("office:portfolios"), {**said, "starts_on": "2025-01-01", **change})

    assert (answer.status_code, Portfolio.objects.count()) == (422, 0)


def test_a_case_officer_reads_portfolios_and_sets_none(carla_in, carla_herself, world):
    said = {"scheme": world.call.scheme.code, "manager": carla_herself.code, "share": "1"}

    answer = carla_in.post(reverse("office:portfolios"), {**said, "starts_on": "2025-01-01"})

    assert (answer.status_code, Portfolio.objects.count()) == (403, 0)
    assert 'name="provinces"' not in page(carla_in, "portfolios")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries_made"), [("portfolios", 7), ("needs", 7)])
def test_the_tables_cost_the_same_however_long(
    ada_in, ask, carla_herself, world, profile, count, name, queries_made, django_assert_num_queries
):
    ada = Actor("U-ADA", world.call.publisher.code, frozenset({"administrator"}), "office")
    area = actions.Area(carla_herself.code, clock.now().date())
    for _number in range(count):
        actions.set_portfolio(
            scheme=world.call.scheme, organisation=world.call.publisher, area=area, actor=ada, at=clock.now()
        )
        need = actions.Need(profile, 1, "BG")
        actions.record_needs(enquiry=ask(), needs=[need], actor=ada, at=clock.now())
    ada_in.get(reverse(f"office:{name}"))

    with django_assert_num_queries(queries_made):
        ada_in.get(reverse(f"office:{name}"))


# --- by telephone ------------------------------------------------------------------------------------------


@pytest.fixture
def telephoned(world, carla_in):
    """Carla writes down what Bruno said on the telephone."""
    address = reverse("office:enquiry_new", args=[world.call.code])
    said = {
        "enterprise_name": "Officine Bruno S.r.l.",
        "province": "BG",
        "contact_name": "Bruno Bianchi",
        "contact_phone": "+39 035 1234567",
        "language": "it",
        "key": new_key(),
    }
    return lambda **changes: carla_in.post(address, {**said, **changes})


def test_the_list_leads_to_writing_down_a_request_by_telephone(carla_in, world):
    assert reverse("office:enquiry_new", args=[world.call.code]) in page(carla_in, "enquiries")


def test_a_request_by_telephone_is_given_and_due_like_any_other(carla_in, telephoned):
    answer = telephoned()

    made = Enquiry.objects.get()
    assert answer.url == reverse("office:enquiry", args=[made.code])
    assert (made.contact_email, made.account, made.state) == ("", "", EnquiryState.OPEN)
    assert queries.task_of(made) is not None
    assert "mailto:" not in page(carla_in, "enquiry", made.code)


def test_the_same_form_twice_is_one_request(telephoned):
    key = new_key()

    first, second = telephoned(key=key), telephoned(key=key)

    assert (first.url, Enquiry.objects.count()) == (second.url, 1)


def test_who_cannot_be_reached_is_asked_for_a_way(telephoned):
    answer = telephoned(contact_phone="")

    assert answer.status_code == 422
    assert "Give an e-mail address or a telephone number" in answer.text
    assert not Enquiry.objects.exists()


def test_who_has_no_address_is_not_answered_in_writing(carla_in, telephoned):
    telephoned()

    answer = post(carla_in, "enquiry_answer", Enquiry.objects.get().code, text="Sei mesi.")

    assert answer.status_code == 422
    assert "This enterprise gave no e-mail address" in answer.text


def test_nobody_writes_down_a_request_for_another_office(world, dario_in, bruno_in):
    address = reverse("office:enquiry_new", args=[world.call.code])
    elsewhere = enter(Client(), make_person("Emma", "officer", organisation="another-office"))

    assert elsewhere.post(address).status_code == 404
    assert {browser.post(address).status_code for browser in (dario_in, bruno_in)} == {403}

"""The sorting desk, the register, the law: what is shown, placed, exported and refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web.office.world import HOUSE, OFFICE_DAY, STORY
from tragitto.employers.models import Expression
from tragitto.ledger.models import Entry
from tragitto.records import actions as records
from tragitto.records.models import Message

KINDS = [oddity.kind for oddity in STORY.oddities]


def address(name: str, message: Message, *more: str) -> str:
    return reverse(f"office:{name}", args=[message.code, *more])


@pytest.fixture
def question(world) -> Message:
    """A genuine certified message to the office that is no filing."""
    own = Message.objects.waiting().filter(office=world.call.publisher.code)
    return own.filter(kind="posta-certificata", verdict="valid").order_by("pk")[0]


def test_the_desk_says_why_each_message_waits(carla_in, world):
    page = carla_in.get(reverse("office:sorting"))

    own = Message.objects.waiting().filter(office=world.call.publisher.code)
    assert {message for message, _why in page.context["waiting"]} == set(own) != set()
    assert all(why for _message, why in page.context["waiting"])


def test_another_office_sees_neither_desk_nor_counts_nor_register(sara_in, world):
    year = reverse("office:register_year", args=[OFFICE_DAY.year])

    assert sara_in.get(reverse("office:sorting")).context["waiting"] == []
    assert sara_in.get(reverse("office:home")).context["desk_count"] == 0
    assert list(sara_in.get(year).context["page"]) == []
    assert "No entry of this year has that number." in sara_in.get(year, {"number": 1}).text


def test_another_office_exports_a_register_of_its_own_that_is_empty(sara_in, world):
    day = Message.objects.order_by("pk")[0].entry.registered_at.date().isoformat()

    answer = sara_in.post(reverse("office:register_export"), {"day": day})

    assert answer["Content-Disposition"].endswith(f'filename="register-another-office-{day}.csv"')
    assert answer.content.count(b"\r\n") == 1


def test_only_calls_under_which_carla_may_place_are_offered(carla_in, world, question):
    page = carla_in.get(address("message", question))

    by_hand = [code for code, _title in page.context["by_hand"].fields["call"].choices if code]
    assert by_hand == [world.call.code]
    assert {each.choice["call"] for each in page.context["placing"].suggestions} <= {world.call.code}


def test_what_is_nobodys_is_marked_on_the_desk_and_has_no_place_in_the_offices_register(carla_in, world):
    kept = records.take_in(b"Subject: to whom\r\n\r\nCiao", door="cli", actor=HOUSE, at=OFFICE_DAY)

    assert "No office's yet" in carla_in.get(reverse("office:sorting")).text
    page = carla_in.get(address("message", kept.message)).text
    assert "in the register of mail that was nobody's" in page


def test_what_an_altered_message_claims_is_marked_as_unproven(carla_in, world):
    altered = Message.objects.filter(verdict="altered").order_by("pk")[0]

    page = carla_in.get(address("message", altered)).text

    assert "Claimed, not proven" in page
    assert "Altered after sealing" in page
    assert altered.claims["identifier"] in page


def test_a_message_is_placed_under_a_call_by_hand(carla_in, world, question):
    data = {"call": world.call.code, "codice_fiscale": "49529220169", "name": "Impianti Bianchi S.p.A."}

    answer = carla_in.post(address("place_by_hand", question), data)

    assert answer.status_code == 302
    expression = Expression.objects.get(versions__message=question)
    assert expression.code in carla_in.get(address("message", question)).text


def test_placing_without_an_employer_is_refused_in_words(carla_in, world, question):
    page = carla_in.post(
        address("place_by_hand", question), {"call": world.call.code, "name": "Nobody S.r.l."}
    )

    assert page.status_code == 422
    assert "No form of the call came with it" in page.text
    assert "Nobody S.r.l." in page.text


def test_a_call_must_be_named(carla_in, question):
    assert carla_in.post(address("place_by_hand", question), {"call": ""}).status_code == 422


def test_a_suggestion_must_be_chosen(carla_in, question):
    assert carla_in.post(address("place", question)).status_code == 422


def test_a_message_is_set_aside_with_a_reason_and_taken_up_again(carla_in, question):
    carla_in.post(address("set_aside", question), {"reason": "A question, answered by telephone."})
    page = carla_in.get(address("message", question)).text
    assert "A question, answered by telephone." in page

    carla_in.post(address("take_up", question), {"reason": "Asked again."})

    question.refresh_from_db()
    assert question.state == "sorting"


def test_setting_aside_without_a_reason_is_refused(carla_in, question):
    page = carla_in.post(address("set_aside", question), {"reason": " "})

    assert page.status_code == 422
    question.refresh_from_db()
    assert question.state == "sorting"


def test_a_message_that_moved_on_meanwhile_is_refused(carla_in, question):
    carla_in.post(address("set_aside", question), {"reason": "Answered."})

    page = carla_in.post(address("set_aside", question), {"reason": "Answered twice."})

    assert page.status_code == 422
    assert "Answered twice." not in [filing.reason for filing in question.filings.all()]


def test_a_message_on_the_desk_cannot_be_taken_up(carla_in, question):
    assert carla_in.post(address("take_up", question)).status_code == 422


def test_a_reviewer_sorts_nothing(dario_in, question):
    assert dario_in.post(address("set_aside", question), {"reason": "No."}).status_code == 403
    assert "Set it aside" not in dario_in.get(address("message", question)).text


def test_the_raw_message_leaves_as_it_came(carla_in, question):
    answer = carla_in.get(address("message_raw", question))

    assert answer["Content-Disposition"] == f'attachment; filename="{question.code}.eml"'
    assert b"daticert.xml" in answer.content


def test_the_register_shows_every_number_and_finds_one(carla_in, world):
    year = reverse("office:register_year", args=[OFFICE_DAY.year])

    assert 'class="is-found"' in carla_in.get(year, {"number": 3}).text
    assert "No entry of this year has that number." in carla_in.get(year, {"number": 9999}).text


def test_a_number_that_is_none_is_refused_softly(carla_in, world):
    page = carla_in.get(reverse("office:register_year", args=[OFFICE_DAY.year]), {"number": "first"})

    assert page.status_code == 200


def test_the_register_of_a_day_is_exported_and_the_ledger_knows(carla_in, world):
    office = world.call.publisher.code
    day = Message.objects.filter(office=office).order_by("pk")[0].entry.registered_at.date().isoformat()

    answer = carla_in.post(reverse("office:register_export"), {"day": day})

    assert answer["Content-Disposition"].endswith(f'filename="register-{office}-{day}.csv"')
    assert Entry.objects.filter(verb="register.exported", subject=day).count() == 1


def test_a_day_to_come_has_no_register(carla_in, world):
    day = (OFFICE_DAY + timedelta(days=1)).date().isoformat()

    page = carla_in.post(reverse("office:register_export"), {"day": day})

    assert page.status_code == 422
    assert "This day has not come yet." in page.text


def test_the_law_of_another_day_is_another(carla_in, world):
    code = reverse("office:law_parameter", args=[world.call.review_term])

    assert carla_in.get(code, {"on": "2025-07-01"}).context["row"] is not None
    assert carla_in.get(code, {"on": "1900-01-01"}).context["refusal"]


def test_the_law_is_searched_by_words(carla_in, world):
    rows = carla_in.get(reverse("office:law"), {"words": world.call.review_term}).context["rows"]

    assert [row.code for row in rows] == [world.call.review_term]


def test_the_queue_without_a_call_leads_to_the_busiest(carla_in, world):
    assert carla_in.get(reverse("office:queue")).url == reverse("office:call_queue", args=[world.call.code])


def test_the_register_leads_to_its_latest_year(carla_in, world):
    assert carla_in.get(reverse("office:register")).url == reverse(
        "office:register_year", args=[OFFICE_DAY.year]
    )


def oddity(world, **facts: str) -> Message:
    """A message of this kind that waits at the desk of the call's office."""
    own = Message.objects.waiting().filter(office=world.call.publisher.code)
    return own.filter(**facts).order_by("pk")[0]


def test_an_altered_message_is_never_offered_a_place(carla_in, world):
    altered = oddity(world, verdict="altered")

    page = carla_in.get(address("message", altered)).text

    assert "Put it there" not in page
    assert "Place under this call" not in page
    assert "Ask the sender for the original file" in page


@pytest.mark.parametrize("name", ["place", "place_by_hand"])
def test_an_altered_message_becomes_no_filing_even_when_asked(carla_in, world, name):
    altered = oddity(world, verdict="altered")
    typed = {"call": world.call.code, "codice_fiscale": "49529220169", "name": "Bruno S.r.l."}

    page = carla_in.post(address(name, altered), {**typed, "suggestion": "0"})

    assert page.status_code == 422
    assert page.text.count("cannot be a filing") > 0
    assert not Expression.objects.filter(versions__message=altered).exists()


def test_a_filed_message_leads_to_its_filing_by_the_employers_name(carla_in, expression):
    page = carla_in.get(address("message", expression.placed.message)).text

    link = reverse("office:expression", args=[expression.code])
    assert f'<a href="{link}"><bdi>{expression.employer.name}' in page.replace("&#x27;", "'")


def test_setting_aside_twice_says_why_and_keeps_the_reason(carla_in, question):
    carla_in.post(address("set_aside", question), {"reason": "Answered."})

    page = carla_in.post(address("set_aside", question), {"reason": "Typed with care."})

    assert page.status_code == 422
    assert "Typed with care." in page.text
    assert "error-summary" in page.text


def test_a_moment_is_said_in_words(carla_in, world):
    page = carla_in.get(reverse("office:law_parameter", args=[world.call.review_term]))

    row = page.context["row"]
    assert row.moment
    assert page.context["moment"] != row.moment

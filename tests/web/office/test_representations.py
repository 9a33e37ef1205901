"""The office's pages about who acts for whom, and about late filings."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.office.acting import declared
from tests.web.office.world import STORY, free_of_conflicts
from tragitto.employers.actions import Upload
from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.models import Expression, LateAdmission, Representation

pytestmark = pytest.mark.django_db
PDF = Upload("delega.pdf", b"%PDF-1.7 the delegation")


@pytest.fixture
def nina(expression) -> Representation:
    return declared(expression, paper=PDF)


def address(name: str, *args: object) -> str:
    return reverse(f"office:{name}", args=args)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(carla_in, expression, count, django_assert_num_queries):
    for number in range(count):
        declared(expression, f"Nina {number}")
    carla_in.get(address("representations"))

    with django_assert_num_queries(6):
        text = carla_in.get(address("representations")).text

    assert text.count("/office/representations/R-") == count


def test_the_list_is_narrowed(carla_in, nina):
    there = address("representations")

    assert nina.code in carla_in.get(f"{there}?show=open").text
    assert nina.code not in carla_in.get(f"{there}?show=confirmed").text
    assert nina.code not in carla_in.get(f"{there}?show=ended").text


def test_the_page_shows_the_papers_and_who_sent_what(carla_in, nina, expression):
    text = carla_in.get(address("representation", nina.code)).text

    assert address("representation_paper", nina.code, "delegation") in text
    assert expression.code in text


def test_the_paper_is_saved_as_it_came(carla_in, nina):
    answer = carla_in.get(address("representation_paper", nina.code, "delegation"))

    assert answer.content == PDF.content
    assert carla_in.get(address("representation_paper", nina.code, "identity")).status_code == 404


def test_an_officer_confirms_and_ends(carla_in, nina):
    carla_in.post(address("representation_confirm", nina.code))
    nina.refresh_from_db()
    assert nina.confirmed == "office"

    assert carla_in.post(address("representation_end", nina.code), {"reason": ""}).status_code == 422
    carla_in.post(address("representation_end", nina.code), {"reason": "Taken back."})
    nina.refresh_from_db()
    assert nina.revocation_reason == "Taken back."


def test_without_the_paper_the_page_says_what_is_missing(carla_in, expression):
    bare = declared(expression)

    answer = carla_in.post(address("representation_confirm", bare.code))

    assert answer.status_code == 422
    assert "There is no signed delegation to look at" in answer.text


def test_who_only_looks_confirms_nothing(olga_in, nina):
    assert "By confirming you say" not in olga_in.get(address("representation", nina.code)).text
    assert olga_in.post(address("representation_confirm", nina.code)).status_code == 403


@pytest.mark.parametrize("name", ["representation", "representation_confirm", "representation_end"])
def test_another_office_the_employer_and_a_stranger_see_nothing(sara_in, bruno_in, nina, name):
    ask = "get" if name == "representation" else "post"
    there = address(name, nina.code)

    assert getattr(sara_in, ask)(there).status_code == 404
    assert getattr(bruno_in, ask)(there).status_code == 403
    assert getattr(Client(), ask)(there).status_code == 302


# --- late filings ------------------------------------------------------------------------------------------


@pytest.fixture
def late(world) -> Expression:
    """The filing of the story that came too late."""
    found = Expression.objects.filter(
        versions__findings__criterion__judge=TIMELINESS, versions__findings__state="unmet"
    )
    if not found.exists():
        for filing in [each for each in STORY.filings if each.call == world.call.code]:
            world.post_filing(filing)
    return found.order_by("pk")[0]


def test_a_late_filing_is_shown_with_its_proof(carla_in, late):
    text = carla_in.get(address("expression", late.code)).text

    assert "came out of time" in text
    assert late.versions.get().identifier in text


def test_who_has_not_spoken_of_conflicts_reads_so(carla_in, late):
    exception = late.call.filing["exceptions"][0]["code"]
    answer = carla_in.post(
        address("late_propose", late.code, 1), {"exception": exception, "reason": "Attested."}
    )

    assert answer.status_code == 422
    assert "Say first whether you have a conflict of interest" in answer.text


def test_one_proposes_and_another_admits(carla_in, dario_in, late, carla_herself, dario_himself):
    free_of_conflicts(carla_herself, late.case)
    free_of_conflicts(dario_himself, late.case)
    exception = late.call.filing["exceptions"][0]["code"]
    said = {"exception": exception, "reason": "Attested by the provider."}
    assert carla_in.post(address("late_propose", late.code, 1), said).status_code == 302

    assert "Somebody else decides." in carla_in.get(address("expression", late.code)).text
    answer = dario_in.post(
        address("late_decide", late.code, 1), {"answer": "admit", "ground": "I have seen it."}
    )

    assert answer.status_code == 302
    assert LateAdmission.objects.get().is_admitted
    assert "Admitted as an exception" in dario_in.get(address("expression", late.code)).text


def test_what_lacks_a_reason_is_said_in_the_form(carla_in, late):
    answer = carla_in.post(address("late_propose", late.code, 1), {"reason": ""})

    assert answer.status_code == 422
    assert not LateAdmission.objects.exists()


def test_what_nobody_proposed_is_not_decided(dario_in, late):
    assert dario_in.post(address("late_decide", late.code, 1), {"answer": "admit"}).status_code == 404
    assert dario_in.post(address("late_propose", late.code, 9), {}).status_code == 404


def test_others_have_no_say_about_late_filings(sara_in, olga_in, bruno_in, late):
    there = address("late_propose", late.code, 1)

    assert sara_in.post(there).status_code == 404
    assert olga_in.post(there).status_code == 403
    assert bruno_in.post(there).status_code == 403
    assert Client().post(there).status_code == 302

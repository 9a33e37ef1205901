"""Who works on a filing: the statement first, who is named, what reviewers do not see, looking again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.accounts.signing_in import grant_long_ago, make_person
from tests.web.office.world import OFFICE_DAY, STORY, enter
from tragitto.cases.models import ConflictStatement
from tragitto.cases.queries import officers_of
from tragitto.employers.models import Judgement, Version
from tragitto.schemes.models import Amendment
from tragitto.schemes.pack import ReviewSpec
from tragitto.schemes.vocabulary import ReviewOpening


@pytest.fixture
def nora_herself(world):
    """Nora, a reviewer who has said nothing about conflicts of interest yet."""
    nora = make_person("Nora")
    grant_long_ago(nora, ["reviewer"], world.call.publisher)
    return nora


@pytest.fixture
def nora_in(client, nora_herself):
    return enter(client, nora_herself)


@pytest.fixture
def address(expression) -> str:
    return reverse("office:expression", args=[expression.code])


def at(name: str, expression) -> str:
    return reverse(f"office:{name}", args=[expression.code])


def judge(client, expression):
    finding = expression.current.findings.filter(state="unknown")[0]
    data = {f"{finding.code}-answer": "met", f"{finding.code}-ground": "Seen on paper."}
    return client.post(reverse("office:judge", args=[expression.code, finding.code]), data)


def state(client, expression, answer, ground=""):
    return client.post(
        at("state_conflict", expression), {"conflict-answer": answer, "conflict-ground": ground}
    )


@pytest.fixture
def promises(monkeypatch):
    """Calls as if they had been published with these promises about their review: a call never changes."""

    def _promises(**review) -> None:
        monkeypatch.setattr("tragitto.schemes.queries.review_of", lambda call: ReviewSpec(**review))

    return _promises


def test_before_anything_else_the_page_asks_about_conflicts(nora_in, address, expression):
    page = nora_in.get(address).text

    assert "Say first whether you have a conflict of interest" in page
    assert at("decide", expression) not in page
    assert at("confirm_met", expression) not in page


def test_without_a_statement_a_judgement_is_refused_with_words(nora_in, expression):
    answer = judge(nora_in, expression)

    assert answer.status_code == 422
    assert "Say first whether you have a conflict of interest" in answer.text
    assert Judgement.objects.count() == 0


def test_a_statement_opens_the_review(nora_in, address, expression):
    assert state(nora_in, expression, "no").status_code == 302

    assert at("confirm_met", expression) in nora_in.get(address).text
    assert judge(nora_in, expression).status_code == 302


def test_who_has_a_conflict_abstains(nora_in, nora_herself, address, expression):
    state(nora_in, expression, "yes", "My brother works there.")

    page = nora_in.get(address).text
    assert "somebody else must work on this case" in page
    assert "My brother works there." in page
    assert judge(nora_in, expression).status_code == 403


def test_a_conflict_without_its_ground_is_refused(nora_in, nora_herself, expression):
    answer = state(nora_in, expression, "yes")

    assert answer.status_code == 422
    assert "Please say what the conflict of interest is" in answer.text
    assert not ConflictStatement.objects.filter(officer=nora_herself.code).exists()


def test_somebody_is_named_and_the_page_says_who(carla_in, nora_herself, address, expression):
    sent = {"assign-officer": nora_herself.code, "assign-reason": "Knows the sector."}

    assert carla_in.post(at("assign_officer", expression), sent).status_code == 302

    assert officers_of([expression.case_id]) == {expression.case_id: nora_herself.code}
    assert "<strong><bdi>Nora</bdi></strong>" in carla_in.get(address).text


def test_who_was_responsible_and_abstains_leaves_the_filing_to_be_given(
    carla_in, nora_herself, address, expression
):
    carla_in.post(at("assign_officer", expression), {"assign-officer": nora_herself.code})
    state(enter(type(carla_in)(), nora_herself), expression, "yes", "My brother works there.")

    page = carla_in.get(address).text

    assert "Whoever was responsible abstains" in page
    sent = {"assign-officer": nora_herself.code}
    assert carla_in.post(at("assign_officer", expression), sent).status_code == 422


def test_nobody_outside_the_office_is_named(carla_in, sara_herself, expression):
    answer = carla_in.post(at("assign_officer", expression), {"assign-officer": sara_herself.code})

    assert answer.status_code == 422
    assert officers_of([expression.case_id]) == {}


def test_looking_again_says_that_nothing_has_changed(dario_in, address, expression):
    answer = dario_in.post(at("evaluate", expression), follow=True)

    assert "nothing has changed" in answer.text
    assert expression.current.findings.count() == expression.call.criteria.count()


def test_looking_again_after_an_extension_makes_a_late_filing_timely(dario_in, world):
    late = next(each for each in STORY.filings if "Late by one second" in each.says)
    message = world.post_filing(late)
    expression = Version.objects.get(message=message).expression
    closes = max(window.closes_at for window in world.call.windows.all())
    Amendment.objects.create(
        call=world.call, number=1, kind="extension", act="200/2025", reason="More time.", window_number=1,
        closes_at=closes + timedelta(days=7), made_at=OFFICE_DAY, made_by="U-P",
    )  # fmt: skip

    answer = dario_in.post(at("evaluate", expression), follow=True)

    assert "1 version has new findings" in answer.text
    timely = expression.versions.get().findings.filter(criterion__judge="in_time").order_by("run")
    assert [each.state for each in timely] == ["unmet", "met"]


# --- review windows, hidden facts ---


def test_before_the_review_opens_nobody_judges(dario_in, world, promises, address, expression, settings):
    promises(opens=ReviewOpening.AFTER_CLOSING)
    end = max(window.closes_at for window in world.call.windows.all())
    settings.CLOCK_SHIFT += end - OFFICE_DAY - timedelta(hours=1)

    assert "The review of this call begins when its last window has closed." in dario_in.get(address).text
    assert judge(dario_in, expression).status_code == 422

    settings.CLOCK_SHIFT += timedelta(hours=1, seconds=1)
    assert judge(dario_in, expression).status_code == 302


@pytest.fixture
def contact(expression) -> dict[str, str]:
    """What the form says of the contact person, besides the name, which stands elsewhere too."""
    (main,) = [form for form in expression.current.facts["forms"] if form["role"] == "main"]
    return {key: value for key, value in main["facts"]["contact"].items() if key != "name"}


def test_reviewers_do_not_see_what_the_call_hides(dario_in, carla_in, promises, address, contact):
    promises(hidden=("contact",))

    hidden, shown = dario_in.get(address).text, carla_in.get(address).text

    assert contact["email"] in shown
    assert [value for value in contact.values() if value in hidden] == []
    assert "This call hides some facts from reviewers" in hidden
    assert "This call hides some facts from reviewers" not in shown


def test_the_files_that_show_them_are_set_aside_too(dario_in, carla_in, promises, expression):
    promises(hidden=("contact",))
    message = expression.current.message
    file = message.attachments.order_by("position")[0]
    addresses = [
        reverse("office:message", args=[message.code]),
        reverse("office:message_raw", args=[message.code]),
        reverse("office:attachment", args=[message.code, file.code]),
        reverse("office:file_page", args=[message.code, file.code, 1]),
    ]

    assert {dario_in.get(each).status_code for each in addresses} == {403}
    assert {carla_in.get(each).status_code for each in addresses} == {200}


def test_other_calls_hide_nothing(dario_in, address, contact):
    assert contact["email"] in dario_in.get(address).text

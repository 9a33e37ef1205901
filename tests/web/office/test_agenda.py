"""The agenda: what is due, who is late, why that date; what stands still; whose it is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.office.world import OFFICE_DAY, STORY
from tragitto.agenda import actions
from tragitto.agenda import queries as agenda
from tragitto.agenda.models import Deadline, Suspension
from tragitto.cases.models import Responsibility
from tragitto.kernel.actors import Actor

HOUSE = Actor.system("test")


@pytest.fixture
def address() -> str:
    return reverse("office:agenda")


@pytest.fixture
def term(expression) -> Deadline:
    """The first term about the expression."""
    return agenda.of_subject(actor=HOUSE, subject=expression.case.code)[0]


def responsible(expression, user, number=1):
    return Responsibility.objects.create(
        case=expression.case,
        number=number,
        officer=user.code,
        organisation=expression.call.publisher.code,
        given_at=OFFICE_DAY,
        given_by=user.code,
    )


def task(world, due_at, assignee):
    doing, office = actions.Doing(due_at=due_at, assignee=assignee), world.call.publisher
    told = {"subject": "Q-ABC", "kind": "call_back", "holder": office}
    actions.set_task(**told, doing=doing, actor=HOUSE, at=OFFICE_DAY)


def due(page) -> list[Deadline]:
    return [line.deadline for line in page.context["due"]]


def test_terms_stand_in_the_order_of_their_ends_with_every_step_of_the_count(dario_in, address, term):
    page = dario_in.get(address)

    ends = [deadline.due_at for deadline in due(page)]
    assert term in due(page)
    assert ends == sorted(ends)
    assert page.text.count("The count") >= len(ends)
    for row in term.law_rows:
        assert row in page.text


def test_a_term_names_the_filing_and_leads_to_it(dario_in, address, expression, term):
    page = dario_in.get(address).text

    assert reverse("office:expression", args=[expression.code]) in page
    assert expression.employer.name in page
    assert f">{term.kind}<" not in page


def test_who_is_responsible_stands_beside_the_term(dario_in, dario_himself, address, expression):
    assert "nobody yet" in dario_in.get(address).text

    responsible(expression, dario_himself)

    lines = {line.about.code: line.officer for line in dario_in.get(address).context["due"]}
    assert lines[expression.code] == "Dario"


def test_mine_is_what_one_is_responsible_for(dario_in, dario_himself, address, expression, term):
    assert due(dario_in.get(address, {"whose": "mine"})) == []

    responsible(expression, dario_himself)

    assert due(dario_in.get(address, {"whose": "mine"})) == [term]


def test_only_overdue_ones_are_shown_when_asked(dario_in, address, term, settings):
    settings.CLOCK_SHIFT += term.due_at - OFFICE_DAY - timedelta(minutes=5)
    assert term not in due(dario_in.get(address, {"show": "over"}))

    settings.CLOCK_SHIFT += timedelta(minutes=6)

    assert term in due(dario_in.get(address, {"show": "over"}))


def test_a_term_that_stands_still_is_not_due(dario_in, address, term):
    Suspension.objects.create(
        deadline=term,
        number=1,
        kind=term.kind,
        starts_on=OFFICE_DAY.date(),
        limit_on=OFFICE_DAY.date() + timedelta(days=30),
        law_rows=term.law_rows,
        set_at=OFFICE_DAY,
        set_by="U-CARLA",
    )

    page = dario_in.get(address)

    assert term not in due(page)
    assert [line.deadline for line in page.context["standing"]] == [term]


def test_a_task_is_shown_with_its_words_and_who_does_it(dario_in, dario_himself, address, world):
    task(world, OFFICE_DAY - timedelta(hours=1), dario_himself.code)

    page = dario_in.get(address, {"whose": "mine"})

    assert [task.subject for task in page.context["tasks"]] == ["Q-ABC"]
    assert "Call back" in page.text
    assert "Over" in page.text


def test_somebody_elses_task_is_not_mine(dario_in, carla_herself, address, world):
    task(world, OFFICE_DAY, carla_herself.code)

    assert dario_in.get(address, {"whose": "mine"}).context["tasks"] == []
    assert len(dario_in.get(address).context["tasks"]) == 1


def test_another_office_has_its_own_agenda(sara_in, address, term):
    page = sara_in.get(address)

    assert due(page) == []
    assert "No term answers to this." in page.text


def test_the_rail_leads_here(dario_in, address):
    assert f'href="{address}"' in dario_in.get(reverse("office:home")).text


def test_strangers_and_employers_are_kept_out(client, bruno_in, address):
    assert client.get(address).status_code == 302
    assert bruno_in.get(address).status_code == 403


def test_the_agenda_costs_the_same_with_more_terms(dario_in, address, world):
    def cost() -> int:
        dario_in.get(address)
        with CaptureQueriesContext(connection) as taken:
            dario_in.get(address)
        return len(taken)

    before, terms = cost(), Deadline.objects.open().count()
    for filing in [each for each in STORY.filings if each.call == world.call.code][4:6]:
        world.post_filing(filing)

    assert Deadline.objects.open().count() > terms
    assert cost() == before

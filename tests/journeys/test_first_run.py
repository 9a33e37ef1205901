"""The first run, whole: from a certified e-mail to an admitted expression, under each of the three calls."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.office.world import STORY, World, enter, person
from tragitto.demo.story import Signing
from tragitto.employers.models import Expression
from tragitto.records.models import Message, RegisterEntry
from tragitto.records.rules.register import ROME
from tragitto.schemes.models import Call

pytestmark = pytest.mark.slow
CALLS = sorted({filing.call for filing in STORY.filings})


@dataclass
class Office:
    """The office of a call at work: Dario reviews, Rita is the second pair of eyes."""

    world: World
    call: Call
    dario: Client
    rita: Client

    def queue(self, show: str = "") -> list:
        """The queue as Dario sees it."""
        page = self.dario.get(reverse("office:call_queue", args=[self.call.code]), {"show": show})
        return list(page.context["page"].object_list)

    def page(self, expression: Expression):
        """The page of an expression as Dario sees it."""
        return self.dario.get(reverse("office:expression", args=[expression.code]))

    def settle(self, expression: Expression) -> None:
        """Dario answers every finding in the employer's favour, form by form."""
        self.dario.post(reverse("office:confirm_met", args=[expression.code]))
        for shown in self.page(expression).context["findings"]:
            if not shown.view.is_settled:
                data = {f"{shown.view.code}-answer": "met", f"{shown.view.code}-ground": "Seen on paper."}
                self.dario.post(reverse("office:judge", args=[expression.code, shown.view.code]), data)

    def admit(self, expression: Expression) -> None:
        """Dario proposes, Rita decides."""
        address = reverse("office:decide", args=[expression.code])
        words = {"outcome": "admitted", "reasons": "Every condition of the call is met."}
        assert self.dario.post(address, {**words, "propose": "yes"}).status_code == 302
        assert self.rita.post(address, {**words, "decide": "yes"}).status_code == 302


@pytest.fixture
def office(world, request) -> Office:
    """The office of the call that the story is about."""
    call = world.calls[request.param]
    dario = enter(Client(), person("Dario", "reviewer", office=call.publisher))
    rita = enter(Client(), person("Rita", "reviewer", office=call.publisher))
    return Office(world, call, dario, rita)


def saying(word: str, call: str):
    """The filing of the story that says this of itself."""
    return next(each for each in STORY.filings if each.call == call and word in each.says)


def of(filing, office: Office) -> Expression:
    """What the filing has become."""
    number = STORY.words_of(filing)["enterprise_codice_fiscale"]
    return Expression.objects.get(call=office.call, employer__codice_fiscale=number)


def test_every_message_is_registered_in_its_offices_register_without_a_gap(world):
    registered = RegisterEntry.objects.order_by("register", "year", "number")

    rows = [(m.office, m.arrived_at.astimezone(ROME).year) for m in Message.objects.order_by("pk")]
    assert len(rows) == len(STORY.filings)
    assert {office for office, _year in rows} == {call.publisher.code for call in world.calls.values()}
    assert list(registered.values_list("register", "year", "number")) == [
        (*row, number) for row in sorted(set(rows)) for number in range(1, rows.count(row) + 1)
    ]


def test_every_filing_of_the_story_finds_its_call_by_itself(world):
    """But for those on paper: a person says what stands on a scan."""
    filed = Expression.objects.values_list("call__code", "versions__message__subject")
    on_paper = [filing for filing in STORY.filings if filing.signing is Signing.BY_HAND]

    assert filed.count() == len(STORY.filings) - len(on_paper)


@pytest.mark.parametrize("office", CALLS, indirect=True)
def test_the_queue_stands_in_the_order_of_the_certified_instants(office):
    rows = office.queue()

    keys = [(row.key_instant, row.key_identifier) for row in rows]
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert keys == sorted(keys)


@pytest.mark.parametrize("office", CALLS, indirect=True)
def test_the_first_of_the_queue_is_reviewed_admitted_and_listed(office):
    first = office.queue()[0].expression
    office.settle(first)

    office.admit(first)

    listed = office.dario.get(reverse("office:admitted", args=[office.call.code]))
    assert [each.code for each in listed.context["page"]] == [first.code]
    assert first.employer.name in listed.text
    table = office.dario.get(reverse("office:admitted_file", args=[office.call.code])).content.decode(
        "utf-8-sig"
    )
    assert first.employer.codice_fiscale in table
    assert all(position.seats for each in listed.context["page"] for position in each.open_positions)


@pytest.mark.parametrize("office", CALLS, indirect=True)
def test_the_history_of_an_admission_can_be_read(office):
    first = office.queue()[0].expression
    office.settle(first)
    office.admit(first)

    page = office.page(first).text

    assert "Every condition of the call is met." in page
    assert "procedure.call_review@" in page
    ledger = office.dario.get(reverse("office:ledger"), {"subject": first.code}).text
    assert "expression.admitted" in ledger
    assert first.employer.name not in ledger


@pytest.mark.parametrize("office", ["lombardia-2025"], indirect=True)
def test_one_second_decides_about_the_deadline(office):
    late = of(saying("Late by one second", office.call.code), office)
    in_time = of(saying("In time by one second", office.call.code), office)

    shown = [row.expression.code for row in office.queue("late")]

    assert late.code in shown
    assert in_time.code not in shown


@pytest.mark.parametrize("office", ["veneto-2025"], indirect=True)
def test_two_windows_take_filings_and_the_time_after_them_does_not(office):
    late = of(saying("after the second window closed", office.call.code), office)

    assert [row.expression.code for row in office.queue("late")] == [late.code]


@pytest.mark.parametrize("office", ["lombardia-2025"], indirect=True)
def test_a_late_filing_is_never_admitted_as_it_stands(office):
    late = of(saying("Late by one second", office.call.code), office)
    office.dario.post(reverse("office:confirm_met", args=[late.code]))
    for shown in office.page(late).context["findings"]:
        if not shown.view.is_settled:
            answer = "confirmed" if shown.view.finding.state == "unmet" else "met"
            data = {f"{shown.view.code}-answer": answer, f"{shown.view.code}-ground": "Seen on paper."}
            office.dario.post(reverse("office:judge", args=[late.code, shown.view.code]), data)
    words = {"outcome": "admitted", "reasons": "An attempt."}
    office.dario.post(reverse("office:decide", args=[late.code]), {**words, "propose": "yes"})

    page = office.rita.post(reverse("office:decide", args=[late.code]), {**words, "decide": "yes"})

    assert page.status_code == 422
    late.case.refresh_from_db()
    assert not late.case.is_closed


@pytest.mark.parametrize("office", ["lombardia-2025"], indirect=True)
def test_a_delegate_without_papers_is_told_what_is_missing(office):
    lacking = of(saying("Modulo B and the identity document are missing", office.call.code), office)
    whole = of(saying("with Modulo B", office.call.code), office)

    def papers(expression: Expression) -> str:
        findings = office.page(expression).context["findings"]
        return next(one.view.state for one in findings if one.view.criterion.judge == "delegation_complete")

    assert papers(lacking) == "unmet"
    assert papers(whole) == "unknown"


@pytest.mark.parametrize("office", ["lombardia-2025"], indirect=True)
def test_a_second_message_is_a_second_version_that_keeps_the_place(office):
    again = next(each for each in STORY.filings if each.repeats)
    expression = of(again, office)

    versions = office.page(expression).context["it"].versions

    assert [(shown.is_placed, shown.is_current) for shown in versions] == [(True, False), (False, True)]

"""The queue: the frozen order, its numbers and its key; narrowed and looked through; as dear as one page."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOON
from tests.employers.making import Sent, company, finding, rome
from tragitto.cases import actions as cases
from tragitto.cases.models import Responsibility
from tragitto.employers import actions, queries
from tragitto.employers.models import Expression, Judgement
from tragitto.employers.queries.tallies import tallies
from tragitto.employers.vocabulary import QueueShow, State, Verdict
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.schemes.vocabulary import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(file):
    """Files as many expressions as asked, each a minute after the one before; the last one first."""

    def _make(count: int) -> list[Expression]:
        made = [
            file(
                enterprise_codice_fiscale=company(number),
                partita_iva=company(number),
                enterprise_name=f"Impresa {number}",
                sent=Sent(at=rome(2025, 7, 1, 9, number)),
            )
            for number in range(count, 0, -1)
        ]
        return made[::-1]

    return _make


@pytest.fixture
def show(carla, lombardia):
    """The expressions of the queue as narrowed."""

    def _show(show: str = "", words: str = "", actor=carla) -> list[Expression]:
        return [row.expression for row in queries.queue(actor=actor, call=lombardia, show=show, words=words)]

    return _show


def overrule(expression, judge: str, state: State, dario):
    actions.judge(
        finding=finding(expression, judge),
        verdict=Verdict.OVERRULED,
        state=state,
        ground="Seen on paper.",
        actor=dario,
        at=NOON,
    )


def test_a_page_is_a_part_of_the_frozen_order(make, carla, lombardia):
    made = make(5)

    queue = queries.queue(actor=carla, call=lombardia)

    assert len(queue) == 5
    assert [(row.number, row.expression) for row in queue[2:4]] == [(3, made[2]), (4, made[3])]
    assert queue[4].expression == made[4]


def test_numbers_stay_those_of_the_whole_queue_however_it_is_narrowed(make, dario, carla, lombardia):
    made = make(4)
    overrule(made[1], "in_time", State.UNMET, dario)
    overrule(made[3], "in_time", State.UNMET, dario)

    late = queries.queue(actor=carla, call=lombardia, show=QueueShow.LATE)

    assert [(row.number, row.expression) for row in late] == [(2, made[1]), (4, made[3])]


def test_equal_instants_are_ordered_by_the_certified_identifier(file, show):
    at = rome(2025, 7, 1, 9)
    last, first = (
        file(
            enterprise_codice_fiscale=company(number),
            partita_iva=company(number),
            sent=Sent(at=at, identifier=name),
        )
        for number, name in ((1, "opec.b@pec.example"), (2, "opec.a@pec.example"))
    )

    assert show() == [first, last]
    assert [queries.number_in_queue(each) for each in (first, last)] == [1, 2]


def test_who_proves_no_instant_comes_last(file, show):
    unproven = file(sent=Sent(at=rome(2025, 7, 1, 9), verdict="uncertified"))
    proven = file(
        enterprise_codice_fiscale=company(1), partita_iva=company(1), sent=Sent(at=rome(2025, 7, 2, 9))
    )

    assert show() == [proven, unproven]
    assert queries.number_in_queue(unproven) == 2


def test_what_was_overruled_back_to_in_time_is_not_late(make, show, dario):
    (one,) = make(1)
    overrule(one, "in_time", State.UNMET, dario)
    assert show(QueueShow.LATE) == [one]

    actions.judge(finding=finding(one, "in_time"), verdict=Verdict.CONFIRMED, actor=dario, at=NOON)

    assert show(QueueShow.LATE) == []


def test_each_filter_shows_its_own(make, show, settle, carla, dario):
    admitted, asked, waiting = make(3)
    settle(admitted)
    actions.propose(expression=admitted, outcome=Outcome.ADMITTED, reasons="All.", actor=carla, at=NOON)
    actions.admit(expression=admitted, reasons=["All."], actor=dario, at=NOON)
    Responsibility.objects.create(
        case=waiting.case, number=1, officer=carla.code, organisation=carla.organisation,
        given_at=NOON, given_by="U-HEAD",
    )  # fmt: skip

    found = {each: show(each) for each in QueueShow}

    assert found == {
        QueueShow.TO_REVIEW: [asked, waiting],
        QueueShow.WAITING: [],
        QueueShow.ADMITTED: [admitted],
        QueueShow.REFUSED: [],
        QueueShow.LATE: [],
        QueueShow.MINE: [waiting],
        QueueShow.NOBODYS: [asked],
    }


def test_mine_is_of_whoever_looks(make, show, carla, dario):
    (one,) = make(1)
    Responsibility.objects.create(
        case=one.case, number=1, officer=dario.code, organisation=dario.organisation,
        given_at=NOON, given_by="U-HEAD",
    )  # fmt: skip

    assert show(QueueShow.MINE, actor=carla) == []
    assert show(QueueShow.MINE, actor=dario) == [one]


def test_who_withdrew_waits_for_nobody(make, show, carla):
    (one,) = make(1)
    actions.withdraw(expression=one, reason="They close the plant.", actor=carla, at=NOON)

    assert [show(each) for each in (QueueShow.TO_REVIEW, QueueShow.WAITING, QueueShow.NOBODYS)] == [
        [],
        [],
        [],
    ]


@pytest.mark.parametrize("words", ["impresa 2", "IMPRESA 2", " Impresa 2 "])
def test_an_employer_is_found_by_a_part_of_the_name(make, show, words):
    made = make(3)

    assert show(words=words) == [made[1]]


def test_an_employer_is_found_by_how_the_codice_fiscale_begins(make, show):
    made = make(3)

    assert show(words=made[2].employer.codice_fiscale[:7]) == [made[2]]


def test_a_filing_is_found_by_its_code_and_by_that_of_its_case(make, show):
    made = make(2)

    assert show(words=made[0].code.lower()) == [made[0]]
    assert show(words=made[1].case.code) == [made[1]]
    assert show(words="E-") == []


def test_a_percent_sign_is_a_percent_sign(make, show):
    make(1)

    assert show(words="%") == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("show", "cost"), [("", 8), ("to_review", 9), ("late", 9)])
def test_a_page_costs_the_same_however_long_the_queue(
    make, carla, dario, lombardia, count, show, cost, django_assert_num_queries
):
    for each in make(count):
        overrule(each, "in_time", State.UNMET, dario)
    queue = queries.queue(actor=carla, call=lombardia, show=show)

    with django_assert_num_queries(cost):
        told = [
            (row.number, row.expression.employer.name, row.expression.case.stage.phase, row.due, row.unmet)
            for row in queue[:25]
        ]

    assert len(told) == count


def test_counting_costs_one_query(make, carla, lombardia, django_assert_num_queries):
    make(3)

    with django_assert_num_queries(1):
        assert len(queries.queue(actor=carla, call=lombardia)) == 3


def test_the_row_says_who_is_responsible_and_what_is_due(make, carla, lombardia):
    (one,) = make(1)
    Responsibility.objects.create(
        case=one.case, number=1, officer="U-DARIO", organisation=carla.organisation,
        given_at=NOON, given_by="U-HEAD",
    )  # fmt: skip

    (row,) = queries.queue(actor=carla, call=lombardia)

    assert (row.officer, row.due.kind, row.stands) == ("U-DARIO", lombardia.review_term, None)


def test_cases_are_named_in_the_order_of_arrival(make, carla, stranger, lombardia):
    made = make(3)
    codes = [made[2].code, made[0].code, "E-UNKNOWN"]

    found = queries.cases_in_order(actor=carla, call=lombardia, codes=codes)

    assert found == [made[0].case, made[2].case]
    assert queries.cases_in_order(actor=stranger, call=lombardia, codes=codes) == []


def test_a_stranger_sees_an_empty_queue(make, stranger, lombardia):
    make(2)

    queue = queries.queue(actor=stranger, call=lombardia)

    assert (len(queue), list(queue)) == (0, [])


def test_the_tally_tells_ours_from_what_waits_for_others(make, carla, lombardia, settle, dario):
    first, _second = make(2)
    settle(first)

    tally = tallies(actor=carla)[lombardia.pk]

    assert (tally.received, tally.to_review, tally.waiting, tally.admitted) == (2, 2, 0, 0)


def test_looking_again_at_every_version_counts_those_with_new_findings(file, carla):
    file(sent=Sent(at=rome(2025, 7, 1, 9)))
    expression = file(sent=Sent(at=rome(2025, 7, 2, 9)))

    assert actions.evaluate_all(expression=expression, actor=carla, at=NOON) == 0


def test_who_abstains_judges_nothing(make, dario):
    (one,) = make(1)
    cases.state_conflict(case=one.case, has_conflict=True, ground="His brother.", actor=dario, at=NOON)

    with pytest.raises(NotAllowed) as refused:
        overrule(one, "in_time", State.UNMET, dario)

    assert [each.code for each in refused.value.findings] == ["conflict_of_interest"]


def test_the_database_lets_nobody_judge_who_abstains(make, dario):
    (one,) = make(1)
    cases.state_conflict(case=one.case, has_conflict=True, ground="His brother.", actor=dario, at=NOON)

    with pytest.raises(IntegrityError, match="abstains"), transaction.atomic():
        Judgement.objects.create(
            finding=finding(one, "in_time"), number=1, verdict="confirmed", state="met",
            reviewer=dario.code, judged_at=NOON,
        )  # fmt: skip


def test_nobody_judges_without_the_statement_that_the_call_asks_for(make, dario):
    (one,) = make(1)
    newcomer = replace(dario, code="U-NEW")

    with pytest.raises(Blocked) as refused:
        overrule(one, "in_time", State.UNMET, newcomer)

    assert [each.code for each in refused.value.findings] == ["conflict_not_stated"]

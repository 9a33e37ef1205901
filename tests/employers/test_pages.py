"""What the pages of the office ask: in the frozen order, at a fixed cost, and nothing for a stranger."""

from dataclasses import replace

import pytest

from tests.conftest import NOON
from tests.employers.making import Sent, company, rome
from tragitto.employers import actions, queries
from tragitto.employers.models import Employer, Expression
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Duty
from tragitto.schemes.vocabulary import DutyKind, Outcome

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def make(file):
    """Files as many expressions as asked, each a minute after the one before; the last one first."""

    def _make(count: int) -> list[Expression]:
        return [
            file(
                enterprise_codice_fiscale=company(number),
                partita_iva=company(number),
                sent=Sent(at=rome(2025, 7, 1, 9, number)),
            )
            for number in range(count, 0, -1)
        ]

    return _make


@pytest.fixture
def admit(settle, carla, dario):
    def _admit(expression: Expression) -> None:
        settle(expression)
        actions.propose(
            expression=expression, outcome=Outcome.ADMITTED, reasons="Complete.", actor=carla, at=NOON
        )
        actions.admit(expression=expression, reasons=["Complete."], actor=dario, at=NOON)

    return _admit


def test_the_queue_is_in_the_order_of_arrival_and_shows_its_key(make, carla, lombardia):
    expressions = make(3)

    rows = queries.queue(actor=carla, call=lombardia)

    assert [row.expression for row in rows] == expressions[::-1]
    assert [row.key_instant for row in rows] == [rome(2025, 7, 1, 9, minute) for minute in (1, 2, 3)]
    assert all(row.key_identifier for row in rows)


def test_the_queue_counts_what_is_open(file, carla, lombardia):
    file(unit_province_1="NA", ateco="01.11", seat_address=None)

    (row,) = queries.queue(actor=carla, call=lombardia)

    assert (row.unmet, row.unknown, row.unsettled) == (2, 1, lombardia.criteria.count())
    assert [view.criterion.judge for view in row.open_points] == [
        "unit_in_region",
        "signed_by_the_right_person",
        "forms_complete",
        "sector_hint",
    ]


def test_a_settled_filing_has_nothing_open(file, settle, carla, lombardia):
    settle(file())

    (row,) = queries.queue(actor=carla, call=lombardia)

    assert (row.unmet, row.unknown, row.unsettled) == (0, 0, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_costs_eight_queries_however_long(make, carla, lombardia, count, django_assert_num_queries):
    make(count)

    with django_assert_num_queries(8):
        rows = queries.queue(actor=carla, call=lombardia)
        told = [
            (row.expression.employer.name, row.expression.case.stage.phase, row.unmet, row.unsettled)
            for row in rows
        ]

    assert len(told) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_versions(file, carla, count, django_assert_num_queries):
    for day in range(1, count + 1):
        expression = file(sent=Sent(at=rome(2025, 7, day, 9)))

    with django_assert_num_queries(33):
        page = queries.expression_page(actor=carla, code=expression.code, on=TODAY)
        told = [view.text for version in page.versions for view in version.findings]

    assert len(told) == count * expression.call.criteria.count()


def test_the_page_says_which_version_holds_the_place_and_which_is_reviewed(file, carla):
    file(sent=Sent(at=rome(2025, 7, 1, 9)))
    expression = file(sent=Sent(at=rome(2025, 7, 2, 9)))

    page = queries.expression_page(actor=carla, code=expression.code, on=TODAY)

    assert [(view.version.number, view.is_placed, view.is_current) for view in page.versions] == [
        (1, True, False),
        (2, False, True),
    ]
    assert page.current is page.versions[1]


def test_the_page_says_what_the_actor_may_do(file, carla, dario):
    expression = file()

    officer = queries.expression_page(actor=carla, code=expression.code, on=TODAY)
    reviewer = queries.expression_page(actor=dario, code=expression.code, on=TODAY)

    assert (officer.may["expression.judge"], reviewer.may["expression.judge"]) == (False, True)
    assert {step.code for step in officer.exits} < {step.code for step in reviewer.exits}


@pytest.mark.parametrize("count", [1, 3])
def test_the_admitted_cost_two_queries_however_many(
    make, admit, carla, lombardia, count, django_assert_num_queries
):
    for expression in make(count):
        admit(expression)

    with django_assert_num_queries(2):
        told = [
            (expression.employer.name, [position.profile.code for position in expression.open_positions])
            for expression in queries.admitted(actor=carla, call=lombardia)
        ]

    assert [len(positions) for _name, positions in told] == [1] * count


def test_a_stranger_sees_nothing(file, stranger, lombardia):
    expression = file()

    assert list(queries.queue(actor=stranger, call=lombardia)) == []
    assert list(queries.admitted(actor=stranger, call=lombardia)) == []
    assert list(Employer.objects.visible_to(stranger)) == []
    with pytest.raises(NotFound):
        queries.expression_page(actor=stranger, code=expression.code, on=TODAY)


def test_the_office_of_another_region_sees_nothing(file, carla, veneto, lombardia):
    file()
    (other, *_more) = Duty.objects.filter(duty=DutyKind.REVIEWS, region=veneto.region)

    neighbour = replace(carla, organisation=other.organisation.code)

    assert list(queries.queue(actor=neighbour, call=lombardia)) == []


def test_who_coordinates_the_scheme_sees_no_file_not_even_of_the_admitted(make, admit, carla, lombardia):
    (admitted,) = make(1)
    admit(admitted)
    (duty,) = Duty.objects.filter(duty=DutyKind.COORDINATES)

    elif_ = replace(carla, code="U-ELIF", roles=frozenset({"partner"}), organisation=duty.organisation.code)

    assert list(Expression.objects.visible_to(elif_)) == []
    assert list(queries.admitted(actor=elif_, call=lombardia)) == []


def test_who_only_supports_employers_sees_no_file(file, carla, lombardia):
    file()
    holders = Duty.objects.filter(duty=DutyKind.SUPPORTS_EMPLOYERS).exclude(organisation=lombardia.publisher)
    chamber = replace(carla, organisation=holders.filter(region=lombardia.region)[0].organisation.code)

    assert list(queries.queue(actor=chamber, call=lombardia)) == []


def test_invisible_and_missing_look_the_same(file, stranger):
    file()

    with pytest.raises(NotFound) as missing:
        queries.get_for(actor=stranger, code="E-NOTHING")
    assert missing.value.args == ("E-NOTHING",)

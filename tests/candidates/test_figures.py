"""Figures: everybody counted once, and small numbers that nobody can reckon back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates.making import (
    AMINA,
    CARLA,
    ELIF,
    REGISTRAR_ORGANISATION,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tragitto.candidates.models import LanguageLevel
from tragitto.candidates.queries.figures import UNKNOWN, tally
from tragitto.candidates.rules.figures import LEAST, Dimension, Figures, figures
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.vocabulary import RosterStatus


def lines_of(told: Figures) -> list[list[int | None]]:
    """The table whole, totals included."""
    rows = [[*cells, total] for cells, total in zip(told.cells, told.row_totals, strict=True)]
    return [*rows, [*told.column_totals, told.total]]


def reckoned(told: Figures) -> set[tuple[int, int]]:
    """The judge: hidden places whose number follows from the others, by solving what rows and columns say."""
    table = lines_of(told)
    hidden = [(x, y) for x, line in enumerate(table) for y, count in enumerate(line) if count is None]
    sums = [[(x, y) for y in range(len(table[0]))] for x in range(len(table))]
    sums += [[(x, y) for x in range(len(table))] for y in range(len(table[0]))]
    matrix = [
        [Fraction(-1 if place == line[-1] else 1) if place in line else Fraction(0) for place in hidden]
        for line in sums
    ]
    pivots = []
    for column in range(len(hidden)):
        found = next((row for row in range(len(pivots), len(matrix)) if matrix[row][column]), None)
        if found is None:
            continue
        place = len(pivots)
        matrix[place], matrix[found] = matrix[found], matrix[place]
        matrix[place] = [value / matrix[place][column] for value in matrix[place]]
        for row in range(len(matrix)):
            if row != place and matrix[row][column]:
                times = matrix[row][column]
                matrix[row] = [a - times * b for a, b in zip(matrix[row], matrix[place], strict=True)]
        pivots.append(column)
    alone = [column for row, column in enumerate(pivots) if sum(map(bool, matrix[row])) == 1]
    return {hidden[column] for column in alone}


def test_a_small_number_is_hidden_together_with_others():
    told = figures({("a", "x"): 2, ("a", "y"): 9, ("b", "x"): 8, ("b", "y"): 7}, ["a", "b"], ["x", "y"])

    assert lines_of(told) == [[None, None, 11], [None, None, 15], [10, 16, 26]]


def test_nothing_is_hidden_where_nothing_is_small():
    told = figures({("a", "x"): 6, ("b", "x"): 0}, ["a", "b"], ["x"])

    assert (lines_of(told), told.hides) == ([[6, 6], [0, 0], [6, 6]], False)


def test_of_few_people_nothing_is_told():
    assert lines_of(figures({("a", "x"): 4}, ["a"], ["x"])) == [[None, None], [None, None]]


def test_the_judge_finds_a_number_that_follows():
    careless = Figures(["a", "b"], ["x", "y"], [[None, 9], [8, 7]], [11, 15], [10, 16], 26)

    assert reckoned(careless) == {(0, 0)}


_COUNTS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 12), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


def table_of(counts: list[list[int]]) -> Figures:
    """The figures of these counts, rows and columns by their numbers."""
    told = {(str(x), str(y)): count for x, line in enumerate(counts) for y, count in enumerate(line)}
    return figures(told, [str(x) for x in range(len(counts))], [str(y) for y in range(len(counts[0]))])


@given(_COUNTS)
def test_no_hidden_number_follows_from_what_is_shown(counts):
    told = table_of(counts)

    assert reckoned(told) == set()


@given(_COUNTS)
def test_no_small_number_is_shown_and_those_shown_are_right(counts):
    told = table_of(counts)

    for x, line in enumerate(told.cells):
        for y, shown in enumerate(line):
            assert shown is None or (shown == counts[x][y] and (shown == 0 or shown >= LEAST))


# --- over the rows ---

pytest_db = pytest.mark.django_db


def of(scheme, by, across, actor=CARLA, **more) -> Figures:
    return tally(actor=actor, scheme=scheme, by=by, across=across, tongue="it", **more)


def counted(told: Figures) -> dict[tuple[str, str], int | None]:
    return {
        (row, column): count
        for row, cells in zip(told.rows, told.cells, strict=True)
        for column, count in zip(told.columns, cells, strict=True)
        if count
    }


@pytest_db
def test_everybody_is_counted_once_under_the_first_wish():
    scheme = make_scheme()
    first, second = scheme.profiles.order_by("position").values_list("code", flat=True)[:2]
    for _each in range(5):
        make_candidate(scheme, profiles=[second, first])
        make_candidate(scheme, profiles=[first], status=RosterStatus.PAUSED)
    make_candidate(scheme, status=RosterStatus.REGISTERING)

    assert counted(of(scheme, Dimension.PROFILE, Dimension.STATUS)) == {
        (second, "active"): 5,
        (first, "paused"): 5,
    }


@pytest_db
def test_levels_registrars_and_what_is_unknown():
    scheme = make_scheme()
    for _each in range(5):
        amina = make_candidate(scheme, registered_by=REGISTRAR_ORGANISATION)
        LanguageLevel.objects.create(candidate=amina, tongue="it", level="B1", proof="said")
        make_candidate(scheme)

    assert counted(of(scheme, Dimension.LEVEL, Dimension.REGISTRAR)) == {
        ("B1", REGISTRAR_ORGANISATION): 5,
        (UNKNOWN, UNKNOWN): 5,
    }


@pytest_db
def test_only_those_of_one_status():
    scheme = make_scheme()
    for _each in range(5):
        make_candidate(scheme)
        make_candidate(scheme, status=RosterStatus.PAUSED)

    assert of(scheme, Dimension.EQF, Dimension.MONTH, status=RosterStatus.PAUSED).total == 5


@pytest_db
@pytest.mark.parametrize("actor", [AMINA, ELIF, STRANGER])
def test_only_those_who_keep_the_roster_count_it(actor):
    with pytest.raises(NotFound):
        of(make_scheme(), Dimension.PROFILE, Dimension.STATUS, actor)


@pytest_db
@pytest.mark.parametrize("count", [1, 3])
def test_figures_cost_the_same_however_many(count, django_assert_num_queries):
    scheme = make_scheme()
    for _each in range(count):
        make_candidate(scheme)

    with django_assert_num_queries(3):
        of(scheme, Dimension.PROFILE, Dimension.STATUS)

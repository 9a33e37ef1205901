"""What must never be false cannot be made false by the ordinary role, not even around the program."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests.conftest import NOON
from tests.employers.making import COMPANY, Sent, company, rome
from tragitto.agenda.models import Deadline
from tragitto.cases.models import Case
from tragitto.employers.models import Employer, Expression, Position, Version
from tragitto.kernel.permanence import lasting_tables, never_deleted, only_grows
from tragitto.law.models import Parameter
from tragitto.records.models import Message
from tragitto.schemes.models import Call, Criterion, Window

pytestmark = pytest.mark.django_db
#: Rows that may change and never go.
LASTING = (Call, Case, Deadline, Employer, Expression, Message, Parameter, Position, Version)


def open_functions(schema: str) -> list[str]:
    """Functions of ours in `schema` that look up their tables where the caller says.

    Those of the job queue are not ours; a range type brings its own, written in no language of ours.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT proname FROM pg_proc
            JOIN pg_namespace ON pg_namespace.oid = pronamespace
            JOIN pg_language ON pg_language.oid = prolang
            WHERE nspname = %s AND lanname IN ('plpgsql', 'sql') AND proname NOT LIKE 'procrastinate%%'
                AND NOT coalesce(proconfig @> ARRAY['search_path=public, pg_temp'], false)
            ORDER BY proname
            """,
            [schema],
        )
        return [name for (name,) in cursor.fetchall()]


def test_every_function_names_where_its_tables_are(db):
    assert open_functions("public") == []


def test_a_function_that_does_not_is_found(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE anything (id int)")
        cursor.execute("CREATE FUNCTION pg_temp.looks_anywhere() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        cursor.execute("SELECT pg_my_temp_schema()::regnamespace::text")
        (schema,) = cursor.fetchone()

    assert open_functions(schema) == ["looks_anywhere"]


@pytest.fixture
def shadowed(lombardia: Call) -> None:
    """A table of one's own that bears the name of the calls and says that none of them is published."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE call (id bigint, status text)")


def test_no_shadow_of_a_table_moves_a_published_window(shadowed):
    with pytest.raises(IntegrityError, match="only an amendment"), transaction.atomic():
        Window.objects.update(closes_at=NOON)


def test_no_shadow_of_a_table_takes_away_a_published_criterion(shadowed):
    with pytest.raises(IntegrityError, match="only an amendment"), transaction.atomic():
        Criterion.objects.all().delete()


@pytest.mark.parametrize(
    "change",
    [
        {"place_instant": rome(2020, 1, 1)},
        {"place_instant": None},
        {"place_identifier": "a"},
        {"placed": None},
    ],
    ids=str,
)
def test_the_place_is_that_of_the_version_that_holds_it(file, change):
    file()

    with pytest.raises(IntegrityError, match="place of an expression"), transaction.atomic():
        Expression.objects.update(**change)


def test_the_place_follows_another_version_only_whole(file):
    file(sent=Sent(at=rome(2025, 7, 1, 9)))
    expression = file(sent=Sent(at=rome(2025, 7, 2, 9)))
    second = expression.versions.get(number=2)

    with pytest.raises(IntegrityError, match="place of an expression"), transaction.atomic():
        Expression.objects.update(placed=second)
    whole = {"place_instant": second.instant, "place_identifier": second.identifier}

    assert Expression.objects.update(placed=second, **whole) == 1


def test_an_expression_keeps_its_employer(file):
    file()
    other = Employer.objects.create(code="B-2", codice_fiscale=company(2), name="Two", known_since=NOON)

    with pytest.raises(IntegrityError, match="keeps its employer"), transaction.atomic():
        Expression.objects.update(employer=other)


def test_a_case_is_filed_earlier_at_most(file):
    expression = file()
    filed_at = expression.case.filed_at

    with pytest.raises(IntegrityError, match="filed earlier at most"), transaction.atomic():
        Case.objects.update(filed_at=filed_at + timedelta(seconds=1))

    assert Case.objects.update(filed_at=filed_at - timedelta(seconds=1)) == 1


def test_a_case_keeps_its_journey(file, lombardia, veneto):
    file()

    with pytest.raises(IntegrityError, match="keeps its call"), transaction.atomic():
        Case.objects.update(call=veneto)


def test_an_employer_keeps_its_codice_fiscale_and_may_change_its_name(file):
    file()

    with pytest.raises(IntegrityError, match="keeps its codice fiscale"), transaction.atomic():
        Employer.objects.filter(codice_fiscale=COMPANY).update(codice_fiscale=company(2))

    assert Employer.objects.update(name="Officine Bruno spa") == 1


@pytest.mark.parametrize("change", [{"value": "999"}, {"valid_until": None}, {"article": "art. 1"}], ids=str)
def test_a_row_of_the_law_never_changes(lombardia, change):
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Parameter.objects.update(**change)


def test_a_row_of_the_law_is_superseded_once(lombardia):
    Parameter.objects.update(superseded_at=NOON)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Parameter.objects.update(superseded_at=None)


def may_delete(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'DELETE')", [table])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("model", LASTING, ids=lambda model: model._meta.label)
def test_what_lasts_is_never_deleted(db, model):
    assert model._meta.db_table in lasting_tables()
    assert not may_delete(model._meta.db_table)


def test_a_model_that_says_nothing_loses_rows():
    class Guest(models.Model):
        never_deleted: ClassVar[bool] = False

        class Meta:
            app_label = "database_tests"

    assert not never_deleted(Guest)
    assert may_delete("law_holiday")


def test_no_model_says_both():
    assert [model for model in apps.get_models() if only_grows(model) and never_deleted(model)] == []

"""Exports: what they may hold, formulas that stay text, the ledger, and files that are forgotten."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from tests.accounts.signing_in import grant_long_ago, make_person
from tests.candidates.making import (
    AMINA,
    DARIO,
    ELIF,
    KEEPER_ORGANISATION,
    NOON,
    REGISTRAR_ORGANISATION,
    STRANGER,
    make_candidate,
    make_scheme,
)
from tragitto.accounts.models import Membership, Organisation
from tragitto.accounts.queries import actor_for
from tragitto.candidates.actions import exporting, working
from tragitto.candidates.models import Candidate, LanguageLevel, Work
from tragitto.candidates.queries.exported import rows
from tragitto.candidates.rules.disclosure import READERS
from tragitto.candidates.rules.exporting import COLUMNS, Form, chosen, offered
from tragitto.candidates.rules.spreadsheet import spreadsheet
from tragitto.candidates.vocabulary import Audience, WorkState
from tragitto.candidates.words.exporting import COLUMNS as WORDS
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import RosterStatus

HOUSE = Actor.system("task")
ON = NOON.date()


@pytest.fixture
def scheme(db):
    return make_scheme()


@pytest.fixture
def carla(scheme) -> Actor:
    office = Organisation.objects.get(code=KEEPER_ORGANISATION)
    herself = make_person("Carla")
    grant_long_ago(herself, ["officer"], office)
    return actor_for(herself, on=ON, door="office", organisation=office.code)


def order(scheme, actor, *people, columns=("code", "surnames"), form=Form.XLSX, language="en") -> Work:
    return exporting.order_export(
        scheme=scheme,
        people=[each.code for each in people],
        columns=columns,
        form=form,
        language=language,
        actor=actor,
        at=NOON,
    )


def run(work: Work) -> Work:
    begun = working.begin(code=work.code, actor=HOUSE, at=NOON)
    if begun is not None:
        exporting.make_export(work=begun, actor=HOUSE, at=NOON)
    return Work.objects.get(pk=work.pk)


def read(content: bytes) -> list[list[object]]:
    return load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()


# --- columns ---


def test_every_column_shows_fields_of_the_table_and_has_its_word():
    shown = {field for column in COLUMNS for field in column.shows}

    assert shown - READERS.keys() == set()
    assert {column.code for column in COLUMNS} == WORDS.keys()


def test_a_column_is_offered_to_whoever_reads_all_it_shows():
    refused = {each.code for each in COLUMNS} - {each.code for each in offered(Audience.REGISTRAR)}

    assert offered(Audience.KEEPER) == COLUMNS
    assert refused == {"confirmed", "reason"}
    assert offered(Audience.STRANGER) == ()


def test_columns_come_in_the_order_of_the_table_and_unknown_ones_not_at_all():
    assert [each.code for each in chosen(["phone", "sex", "code"], Audience.KEEPER)] == ["code", "phone"]


# --- rows ---


def test_a_row_says_in_words_what_is_known(scheme):
    profile = scheme.profiles.order_by("position").first()
    amina = make_candidate(
        scheme, registered_by=REGISTRAR_ORGANISATION, passport={"number": "XK1"}, shifts=["day"]
    )
    LanguageLevel.objects.create(candidate=amina, tongue="it", level="A2", proof="said")
    columns = ["surnames", "status", "seniority", "profiles", "languages", "documents", "shifts", "eqf"]

    (row,) = rows(scheme, [amina.code], columns, "it")

    assert row == [
        "EL IDRISSI", "On the roster", date(2026, 9, 1), f"{profile.title['it']} (3)", "Italian A2",
        "Passaporto XK1 (2029-05-02)", "By day", "",
    ]  # fmt: skip


def test_people_come_in_the_order_asked_for_and_drafts_not_at_all(scheme):
    first, second = make_candidate(scheme), make_candidate(scheme)
    draft = make_candidate(scheme, status=RosterStatus.REGISTERING)

    found = rows(scheme, [second.code, draft.code, first.code, "C-NOBODY"], ["code"], "it")

    assert found == [[second.code], [first.code]]


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_the_same_however_many(scheme, count, django_assert_num_queries):
    codes = [make_candidate(scheme).code for _each in range(count)]

    with django_assert_num_queries(11):
        assert len(rows(scheme, codes, [each.code for each in COLUMNS], "it")) == count


# --- files ---


def test_a_spreadsheet_holds_text_days_and_numbers():
    content = spreadsheet("A: name", ["one", "two"], [["=1+1", date(2026, 2, 3)], [None, 7], ["<&>", "é"]])

    assert read(content) == [["one", "two"], ["=1+1", date(2026, 2, 3)], ["", 7.0], ["<&>", "é"]]


def test_no_cell_of_a_spreadsheet_is_a_formula():
    sheet = ZipFile(BytesIO(spreadsheet("x", ["=a"], [["=1+1"], ["@x"]]))).read("xl/worksheets/sheet1.xml")

    assert b"<f>" not in sheet


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), max_size=5))
def test_whatever_is_written_the_spreadsheet_can_be_read(lines):
    content = spreadsheet("x", ["one", "two"], lines)

    assert len(read(content)) <= len(lines) + 1


def test_an_export_is_a_file_with_the_columns_chosen(scheme, carla):
    amina = make_candidate(scheme, surnames="=CMD()")

    work = run(order(scheme, carla, amina))

    assert (work.state, work.name) == (WorkState.DONE, f"{scheme.code}-{work.code}.xlsx")
    assert read(bytes(work.content)) == [["Code", "Surnames"], [amina.code, "=CMD()"]]


def test_a_csv_runs_nothing(scheme, carla):
    amina = make_candidate(scheme, surnames="=CMD()")

    work = run(order(scheme, carla, amina, form=Form.CSV))

    lines = list(csv.reader(StringIO(bytes(work.content).decode("utf-8-sig"))))
    assert lines == [["Code", "Surnames"], [amina.code, "'=CMD()"]]


def test_the_words_are_those_of_who_ordered_it(scheme, carla):
    work = run(order(scheme, carla, make_candidate(scheme), columns=["surnames"], language="it"))

    assert read(bytes(work.content))[0] != [""]


def test_an_arabic_sheet_begins_on_the_right(scheme, carla):
    work = run(order(scheme, carla, make_candidate(scheme), language="ar"))

    sheet = ZipFile(BytesIO(bytes(work.content))).read("xl/worksheets/sheet1.xml")
    assert b'rightToLeft="1"' in sheet


# --- who may, and what is told ---


@pytest.mark.parametrize("actor", [AMINA, DARIO, ELIF, STRANGER])
def test_only_officers_and_administrators_of_a_keeper_export(scheme, actor):
    with pytest.raises(NotAllowed):
        order(scheme, actor, make_candidate(scheme))


def test_an_export_of_nothing_and_of_nobody_is_refused(scheme, carla):
    with pytest.raises(Blocked) as columns:
        order(scheme, carla, make_candidate(scheme), columns=["sex"])
    with pytest.raises(Blocked) as nobody:
        order(scheme, carla)

    assert [each.code for each in columns.value.findings] == ["no_columns"]
    assert [each.code for each in nobody.value.findings] == ["nobody_to_export"]


def test_the_ledger_tells_how_many_and_which_columns(scheme, carla):
    work = run(order(scheme, carla, make_candidate(scheme)))
    exporting.fetch_export(work=work, actor=carla, at=NOON)

    told = Entry.objects.filter(subject=work.code).order_by("pk")
    assert [(each.verb, each.actor, each.facts) for each in told] == [
        (
            "roster.export_ordered",
            carla.code,
            {"columns": ["code", "surnames"], "form": "xlsx", "people": 1},
        ),
        ("roster.exported", carla.code, {"columns": ["code", "surnames"], "people": 1}),
        ("roster.export_fetched", carla.code, {"bytes": work.size}),
    ]


def test_rights_that_ended_meanwhile_end_the_export(scheme, carla):
    ordered = order(scheme, carla, make_candidate(scheme))
    Membership.objects.filter(user__code=carla.code).update(ends_on=ON - timedelta(days=1))

    work = run(ordered)

    assert (work.state, work.problem, work.content) == (WorkState.FAILED, "not-allowed", None)


def test_nobody_else_fetches_the_file(scheme, carla):
    work = run(order(scheme, carla, make_candidate(scheme)))

    other = Actor("U-OTHER", KEEPER_ORGANISATION, frozenset({"officer"}), "office")
    with pytest.raises(NotAllowed):
        exporting.fetch_export(work=work, actor=other, at=NOON)


def test_a_cancelled_export_makes_no_file(scheme, carla, monkeypatch):
    ordered = order(scheme, carla, make_candidate(scheme))
    whole = exporting.rows

    def cancelled_meanwhile(*given):
        working.cancel(work=ordered, actor=carla, at=NOON)
        return whole(*given)

    monkeypatch.setattr(exporting, "rows", cancelled_meanwhile)
    work = run(ordered)

    assert (work.state, work.content) == (WorkState.CANCELLED, None)


def test_an_export_that_was_killed_starts_over(scheme, carla, monkeypatch):
    ordered, whole = order(scheme, carla, make_candidate(scheme)), exporting.rows
    monkeypatch.setattr(exporting, "rows", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        run(ordered)
    monkeypatch.setattr(exporting, "rows", whole)

    assert run(ordered).state == WorkState.DONE


def test_the_file_and_the_people_are_forgotten_after_days(scheme, carla):
    work = run(order(scheme, carla, make_candidate(scheme)))

    assert working.forget(actor=HOUSE, at=work.forget_at - timedelta(seconds=1)) == 0
    assert working.forget(actor=HOUSE, at=work.forget_at) == 1
    work.refresh_from_db()
    assert (work.content, work.parameters) == (None, {})
    with pytest.raises(Blocked):
        exporting.fetch_export(work=work, actor=carla, at=NOON)


def test_a_person_who_left_the_roster_meanwhile_is_not_in_the_file(scheme, carla):
    amina, salma = make_candidate(scheme), make_candidate(scheme)
    ordered = order(scheme, carla, amina, salma)
    Candidate.objects.filter(pk=amina.pk).update(status=RosterStatus.REGISTERING)

    assert read(bytes(run(ordered).content))[1:] == [[salma.code, "EL IDRISSI"]]

"""Elif sends lists of people from the portal: tried, mended, entered; nobody else sees them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.accounts.signing_in import grant_long_ago, make_person
from tests.candidates.making import (
    ELIF,
    OTHER_ORGANISATION,
    REGISTRAR_ORGANISATION,
    make_scheme,
)
from tests.candidates.registering_others import (
    HOUSE,
    NOON,
    applied,
    fresh,
    row,
    taken,
    tried,
    verdicts,
    xlsx,
)
from tests.web.conftest import plain_static_files  # noqa: F401
from tests.web.office.world import enter
from tragitto.accounts.models import Organisation
from tragitto.candidates.actions import applying
from tragitto.candidates.models import Batch, Candidate
from tragitto.candidates.queries import batches as queries
from tragitto.candidates.queries.choices import lists_of
from tragitto.candidates.rules.columns import COLUMNS, headings_in
from tragitto.records.reader import sheet_of
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of
from tragitto.web.portal.registrar_list import filled_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme() -> Scheme:
    return make_scheme()


def someone_in(name: str, organisation: str = "", role: str = "partner") -> Client:
    user = make_person(name)
    if organisation:
        grant_long_ago(user, [role], Organisation.objects.get(code=organisation))
    return enter(Client(headers={"accept-language": "en"}), user)


@pytest.fixture
def elif_in(scheme) -> Client:
    return someone_in("Elif", REGISTRAR_ORGANISATION)


def upload(client: Client, content: bytes, name: str = "anapec.xlsx"):
    return client.post(reverse("portal:batches"), {"file": SimpleUploadedFile(name, content)})


def page(client: Client, batch: Batch, **query: str):
    return client.get(reverse("portal:batch", args=[batch.code]), query)


def words(answer) -> str:
    return " ".join(answer.text.split())


# --- sending -----------------------------------------------------------------------------------------------


def test_a_list_is_sent_and_its_page_says_how_far_it_is(elif_in):
    answer = upload(elif_in, xlsx([row(1), row(2)]))

    batch = Batch.objects.get()
    assert answer["Location"] == reverse("portal:batch", args=[batch.code])
    assert "0 of 2 rows tried." in words(page(elif_in, batch))


def test_what_is_no_list_is_said_on_the_page(elif_in):
    answer = upload(elif_in, b"PK\x03\x04 nothing")

    assert answer.status_code == 422
    assert "This file cannot be read: save it as a spreadsheet (XLSX) or as CSV, and send it again." in words(
        answer
    )


def test_a_file_must_be_chosen(elif_in):
    answer = elif_in.post(reverse("portal:batches"))

    assert (answer.status_code, "Choose a file." in words(answer)) == (422, True)


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_the_list_to_be_filled_is_read_back_column_by_column(scheme, language):
    spec = roster_of(scheme)
    content = filled_list("Roster", lists_of(scheme, spec), language)

    found = headings_in([line.cells for line in sheet_of(content).rows])
    assert found.codes == tuple(column.code for column in COLUMNS)


def test_the_list_has_instructions_and_every_answer(elif_in, scheme):
    answer = elif_in.get(reverse("portal:batch_list", args=[scheme.code]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    answers = book.get_sheet_by_index(2).to_python()
    profiles = list(scheme.profiles.order_by("position").values_list("code", flat=True))
    place = next(at for at, cell in enumerate(answers[1]) if cell == profiles[0])
    assert len(book.sheet_names) == 3
    assert [line[place] for line in answers[1 : len(profiles) + 1]] == profiles


# --- the result --------------------------------------------------------------------------------------------


def test_each_row_says_what_will_happen_and_why(elif_in, scheme):
    batch = tried(scheme, [row(1), row(2, birth_on="soon")])

    shown = words(page(elif_in, batch))

    assert "This is not a date. Write it like 2001-12-31 or 31/12/2001, the day before the month." in shown
    assert "Refused (1)" in shown
    assert "New (1)" in shown


def test_rows_are_shown_by_what_happens_to_them(elif_in, scheme):
    batch = tried(scheme, [row(1), row(2, birth_on="soon")])

    answer = page(elif_in, batch, show="refused")

    assert [each.number for each in answer.context["rows"]] == [2]


def test_a_change_is_shown_in_words(elif_in, scheme):
    applied(scheme, [row(housing="help")])

    (shown,) = page(elif_in, tried(scheme, [row(housing="own", profile_1_years="5")])).context["rows"]

    assert [(each.label, each.ours, each.theirs) for each in shown.changes] == [
        ("Housing", "Needs help to find one", "Has a place to live"),
        ("Profile: Welder", "3 years", "5 years"),
    ]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_rows_to_mend_come_back_with_the_reasons_and_can_be_sent_again(elif_in, scheme, kind):
    batch = tried(scheme, [row(1), row(2, birth_on="soon", phone="+212 600 000 002")])

    answer = elif_in.get(reverse("portal:batch_to_mend", args=[batch.code, kind]))

    lines = [line.cells for line in sheet_of(answer.content).rows]
    assert lines[1][0] == "2"
    assert lines[1][1].startswith("Date of birth: This is not a date.")
    assert upload(elif_in, answer.content, f"mended.{kind}").status_code == 302
    again = Batch.objects.latest("pk")
    assert [each.raw["reference"] for each in again.rows.all()] == ["AN-00002"]


def test_a_telephone_number_survives_the_way_through_a_csv(elif_in, scheme):
    batch = tried(scheme, [row(2, birth_on="soon", phone="+212 600 000 002")])
    answer = elif_in.get(reverse("portal:batch_to_mend", args=[batch.code, "csv"]))
    upload(elif_in, answer.content.replace(b"soon", b"1990-05-05"), "mended.csv")

    from tragitto.candidates.actions import checking

    again = Batch.objects.latest("pk")
    checking.check(code=again.code, actor=HOUSE, at=NOON)

    assert (verdicts(again), again.rows.get().values["phone"]) == (["new"], "+212600000002")


# --- entering and throwing away ----------------------------------------------------------------------------


def test_pressed_once_everybody_is_entered(elif_in, scheme):
    batch = tried(scheme, [row(1), row(2)])

    elif_in.post(reverse("portal:batch_apply", args=[batch.code]))
    applying.enter_batch(code=batch.code, actor=HOUSE, at=NOON)

    assert (fresh(batch).state, Candidate.objects.count()) == ("applied", 2)
    assert "What happened to each row" in words(page(elif_in, batch))


def test_refused_rows_must_be_left_out_by_somebody(elif_in, scheme):
    batch = tried(scheme, [row(1), row(2, birth_on="soon")])
    where = reverse("portal:batch_apply", args=[batch.code])

    refused = elif_in.post(where)
    left_out = elif_in.post(where, {"leave_out": "on"})

    assert (refused.status_code, left_out.status_code) == (422, 302)
    assert "Some rows are refused" in words(refused)
    assert fresh(batch).leaves_out


def test_a_list_is_thrown_away(elif_in, scheme):
    batch = tried(scheme, [row()])

    elif_in.post(reverse("portal:batch_cancel", args=[batch.code]))

    assert (fresh(batch).state, batch.rows.count()) == ("cancelled", 0)
    assert "The rows of this list have been erased." in words(page(elif_in, batch))


def test_what_moved_on_is_told_on_the_page(elif_in, scheme):
    batch = tried(scheme, [row()])

    refused = elif_in.post(reverse("portal:batch_cancel", args=[applied(scheme, [row(2)]).code]))

    assert refused.status_code == 422
    assert "This batch has moved on since you looked: look at it again." in words(refused)
    assert fresh(batch).state == "checked"


# --- the people --------------------------------------------------------------------------------------------


def test_elif_sees_whom_she_registered_and_where_they_stand(elif_in, scheme):
    applied(scheme, [row(1), row(2)])
    where = reverse("portal:batch_people", args=[scheme.code])

    everybody, one = elif_in.get(where), elif_in.get(where, {"reference": "AN-00002"})

    assert [each.reference for each, _look in everybody.context["rows"]] == ["AN-00001", "AN-00002"]
    assert [each.reference for each, _look in one.context["rows"]] == ["AN-00002"]
    assert "Being checked" in words(one)


def test_home_leads_there(elif_in):
    assert reverse("portal:batches") in elif_in.get(reverse("portal:home")).text


# --- costs and strangers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_lists_costs_the_same(elif_in, scheme, count, django_assert_num_queries):
    for number in range(count):
        taken(scheme, [row(number + 1)])
    elif_in.get(reverse("portal:batches"))

    with django_assert_num_queries(9):
        elif_in.get(reverse("portal:batches"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_list_costs_the_same(elif_in, scheme, count, django_assert_num_queries):
    batch = tried(scheme, [row(number + 1) for number in range(count)])
    page(elif_in, batch)

    with django_assert_num_queries(10):
        page(elif_in, batch)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_people_costs_the_same(elif_in, scheme, count, django_assert_num_queries):
    applied(scheme, [row(number + 1) for number in range(count)])
    where = reverse("portal:batch_people", args=[scheme.code])
    elif_in.get(where)

    with django_assert_num_queries(8):
        elif_in.get(where)


def addresses(scheme: Scheme, batch: Batch) -> list[str]:
    return [
        reverse("portal:batches"),
        reverse("portal:batch_list", args=[scheme.code]),
        reverse("portal:batch_people", args=[scheme.code]),
        reverse("portal:batch", args=[batch.code]),
        reverse("portal:batch_to_mend", args=[batch.code, "csv"]),
    ]


def acts(client: Client, batch: Batch) -> list:
    return [client.post(reverse(f"portal:batch_{act}", args=[batch.code])) for act in ("apply", "cancel")]


def test_a_stranger_is_led_to_the_sign_in(scheme):
    batch = tried(scheme, [row()])

    asked = [Client().get(where) for where in addresses(scheme, batch)]
    done = [
        Client().post(reverse(f"portal:{act}", args=[batch.code])) for act in ("batch_apply", "batch_cancel")
    ]

    assert {answer.status_code for answer in asked + done} == {302}
    assert all("login" in answer["Location"] for answer in asked + done)
    assert fresh(batch).state == "checked"


@pytest.mark.parametrize(
    ("organisation", "role"),
    [
        ("", ""),
        (OTHER_ORGANISATION, "partner"),
        ("iom-italy", "partner"),
        (REGISTRAR_ORGANISATION, "observer"),
    ],
)
def test_whoever_registers_nobody_has_no_such_pages(scheme, organisation, role):
    batch = tried(scheme, [row()])
    wrong = someone_in("Wrong", organisation, role)

    asked = [wrong.get(where) for where in addresses(scheme, batch)]
    done = [
        wrong.post(reverse(f"portal:{act}", args=[batch.code])) for act in ("batch_apply", "batch_cancel")
    ]

    assert {answer.status_code for answer in asked + done} == {403}
    assert upload(wrong, xlsx([row(5)])).status_code == 403
    assert fresh(batch).state == "checked"


def test_another_registrar_does_not_find_the_list(scheme):
    other = Organisation.objects.get(code=OTHER_ORGANISATION)
    scheme.roster_duties.create(duty="registers", organisation=other, source="a story")
    batch = tried(scheme, [row()])
    elsewhere = someone_in("Other", OTHER_ORGANISATION)

    asked = [elsewhere.get(where).status_code for where in addresses(scheme, batch)]
    done = [answer.status_code for answer in acts(elsewhere, batch)]

    assert (asked, done) == ([200, 200, 200, 404, 404], [404, 404])
    assert list(queries.own_people(ELIF, scheme)) == []
    assert batch.code not in elsewhere.get(reverse("portal:batches")).text


@pytest.mark.parametrize("language", ["ar", "it", "fr"])
def test_every_page_speaks_every_language(elif_in, scheme, language):
    batch = tried(scheme, [row(1), row(2, birth_on="soon")])
    elif_in.cookies["django_language"] = language
    for where in addresses(scheme, batch)[:4:1]:
        answer = elif_in.get(where)
        assert answer.status_code == 200
        if answer["Content-Type"].startswith("text/html"):
            assert f'lang="{language}"' in answer.text

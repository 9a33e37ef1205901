"""Programs of a registrar: batches tried and applied, single people, their own people; nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.candidates.making import OTHER_ORGANISATION, REGISTRAR_ORGANISATION, make_scheme
from tests.candidates.registering_others import HOUSE, NOON, row
from tragitto.accounts.actions import make_token
from tragitto.accounts.models import Organisation
from tragitto.accounts.vocabulary import Scope
from tragitto.candidates.actions import applying, checking
from tragitto.candidates.models import Batch, Candidate
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Scheme

pytestmark = pytest.mark.django_db
API = "/api/v1/roster"


@pytest.fixture
def scheme() -> Scheme:
    return make_scheme()


def secret(organisation: str, *scopes: str) -> str:
    now = clock.now()
    _token, shown = make_token(
        organisation=Organisation.objects.get(code=organisation),
        scopes=scopes or [Scope.ROSTER_READ.value, Scope.ROSTER_WRITE.value],
        ends_on=now.date() + timedelta(days=30),
        actor=Actor.system("test"),
        at=now,
    )
    return shown


@pytest.fixture
def anapec(scheme) -> str:
    return secret(REGISTRAR_ORGANISATION)


def call(client, token: str, method: str, path: str, body: object = None):
    headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
    return getattr(client, method)(f"{API}{path}", body, content_type="application/json", headers=headers)


def get(client, token: str, path: str, **query: object):
    headers = {"authorization": f"Bearer {token}", "accept-language": "en"}
    return client.get(f"{API}{path}", query, headers=headers)


def sent(client, token: str, scheme: Scheme, *rows: dict[str, str]) -> str:
    """The code of a batch of these rows, which was tried."""
    answer = call(client, token, "post", f"/{scheme.code}/batches/", {"name": "nightly", "rows": list(rows)})
    assert answer.status_code == 202, answer.json()
    code = str(answer.json()["code"])
    checking.check(code=code, actor=HOUSE, at=NOON)
    return code


def test_rows_are_tried_and_nobody_is_entered(client, anapec, scheme):
    code = sent(client, anapec, scheme, row(1), row(2, birth_on="soon"))

    told = get(client, anapec, f"/batches/{code}/").json()
    assert (told["state"], told["total"], told["done"], told["counts"]) == (
        "checked",
        2,
        2,
        {"new": 1, "refused": 1},
    )
    assert Candidate.objects.count() == 0


def test_each_row_says_why_it_is_refused(client, anapec, scheme):
    code = sent(client, anapec, scheme, row(1), row(2, birth_on="soon"))

    told = get(client, anapec, f"/batches/{code}/rows/", verdict="refused").json()

    assert told["next"] is None
    ((refused),) = told["rows"]
    assert (refused["number"], refused["reference"], refused["verdict"]) == (2, "AN-00002", "refused")
    assert refused["problems"] == [
        {
            "field": "birth_on",
            "code": "no_day",
            "text": "This is not a date. Write it like 2001-12-31 or 31/12/2001, the day before the month.",
            "facts": {},
        }
    ]


def test_a_batch_is_entered_once_however_often_it_is_asked(client, anapec, scheme):
    code = sent(client, anapec, scheme, row(1))

    first = call(client, anapec, "post", f"/batches/{code}/application/", {})
    applying.enter_batch(code=code, actor=HOUSE, at=NOON)
    again = call(client, anapec, "post", f"/batches/{code}/application/", {})

    assert (first.status_code, first.json()["state"]) == (202, "applying")
    assert (again.status_code, again.json()["state"]) == (202, "applied")
    assert Candidate.objects.count() == 1


def test_refused_rows_are_left_out_if_the_program_says_so(client, anapec, scheme):
    code = sent(client, anapec, scheme, row(1), row(2, birth_on="soon"))

    refused = call(client, anapec, "post", f"/batches/{code}/application/", {})
    taken = call(client, anapec, "post", f"/batches/{code}/application/", {"leave_out_refused": True})

    assert (refused.status_code, refused.json()["findings"][0]["code"]) == (422, "rows_refused")
    assert taken.status_code == 202


def test_the_same_rows_again_are_the_same_batch(client, anapec, scheme):
    assert sent(client, anapec, scheme, row(1)) == sent(client, anapec, scheme, row(1))


def test_a_batch_is_thrown_away_and_then_cannot_be_entered(client, anapec, scheme):
    code = sent(client, anapec, scheme, row(1))

    assert call(client, anapec, "delete", f"/batches/{code}/").json()["state"] == "cancelled"
    assert call(client, anapec, "post", f"/batches/{code}/application/", {}).status_code == 409


def test_an_unknown_column_is_refused(client, anapec, scheme):
    answer = call(client, anapec, "post", f"/{scheme.code}/batches/", {"rows": [{"sex": "F"}]})

    assert (answer.status_code, answer.json()["findings"][0]["code"]) == (422, "columns-unknown")
    assert list(Batch.objects.all()) == []


def test_one_person_is_entered_at_once_and_again_without_harm(client, anapec, scheme):
    where = f"/{scheme.code}/people/AN-7/"
    said = {key: text for key, text in row(7).items() if key != "reference"}

    answers = [
        call(client, anapec, "put", where, body).json() for body in (said, said, {**said, "town": "Salé"})
    ]

    assert [answer["verdict"] for answer in answers] == ["new", "same", "changed"]
    assert answers[2]["differences"] == {"town": {"ours": None, "theirs": "Salé", "taken": True}}
    assert [answer["code"] for answer in answers] == [Candidate.objects.get().code] * 3


def test_a_person_who_is_refused_is_not_kept(client, anapec, scheme):
    answer = call(client, anapec, "put", f"/{scheme.code}/people/AN-7/", {"birth_on": "2015-01-01"})

    assert answer.status_code == 422
    assert [finding["code"] for finding in answer.json()["findings"]] == ["under_age"]
    assert Candidate.objects.count() == 0


def test_own_people_are_listed_by_reference(client, anapec, scheme):
    for number in (2, 1):
        call(client, anapec, "put", f"/{scheme.code}/people/AN-{number}/", row(number))

    told = get(client, anapec, f"/{scheme.code}/people/").json()
    after = get(client, anapec, f"/{scheme.code}/people/", after="AN-1").json()

    assert [each["reference"] for each in told["people"]] == ["AN-1", "AN-2"]
    assert [each["reference"] for each in after["people"]] == ["AN-2"]
    assert told["people"][0]["status"] == "checking"
    assert told["people"][0]["entered"]["surnames"] == "BENALI"


def test_a_token_that_only_reads_enters_nobody(client, scheme):
    reads = secret(REGISTRAR_ORGANISATION, Scope.ROSTER_READ.value)

    answers = [
        call(client, reads, "post", f"/{scheme.code}/batches/", {"rows": [row(1)]}),
        call(client, reads, "put", f"/{scheme.code}/people/AN-1/", row(1)),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert list(Batch.objects.all()) == list(Candidate.objects.all()) == []


def test_a_stranger_and_another_partner_find_nothing(client, anapec, scheme):
    code = sent(client, anapec, scheme, row(1))
    other = secret(OTHER_ORGANISATION)
    paths = [f"/batches/{code}/", f"/batches/{code}/rows/", f"/{scheme.code}/people/"]

    strangers = [client.get(f"{API}{path}").status_code for path in paths]
    others = [get(client, other, path).status_code for path in paths]
    acts = [
        call(client, other, "post", f"/batches/{code}/application/", {}).status_code,
        call(client, other, "delete", f"/batches/{code}/").status_code,
        call(client, other, "post", f"/{scheme.code}/batches/", {"rows": [row(1)]}).status_code,
        call(client, other, "put", f"/{scheme.code}/people/AN-1/", row(1)).status_code,
    ]

    assert (strangers, others, acts) == ([401] * 3, [404] * 3, [404] * 4)


def test_rows_cost_the_same_however_many(client, anapec, scheme):
    costs = []
    for numbers in (range(1, 2), range(2, 5)):
        code = sent(client, anapec, scheme, *map(row, numbers))
        get(client, anapec, f"/batches/{code}/rows/")
        with CaptureQueriesContext(connection) as made:
            get(client, anapec, f"/batches/{code}/rows/")
        costs.append(len(made))

    assert costs[0] == costs[1]


def test_an_address_with_a_nul_is_refused_at_the_door(client, anapec, scheme):
    answer = call(client, anapec, "put", f"/{scheme.code}/people/AN%00/", row())

    assert answer.status_code == 400


@pytest.mark.parametrize("sign", ["\0", "\ud800"], ids=["nul", "half"])
def test_signs_that_are_no_text_are_a_finding(client, anapec, scheme, sign):
    rows = {"name": "nightly", "rows": [row(town=f"F{sign}s")]}
    one = {code: text for code, text in row(town=f"F{sign}s").items() if code != "reference"}

    answers = [
        call(client, anapec, "post", f"/{scheme.code}/batches/", rows),
        call(client, anapec, "post", f"/{scheme.code}/batches/", {"name": "\0", "rows": [row()]}),
        call(client, anapec, "put", f"/{scheme.code}/people/AN-1/", one),
    ]

    assert [(each.status_code, each.json()["findings"][0]["code"]) for each in answers] == [
        (422, "not-text"),
        (422, "not-text"),
        (422, "no_text"),
    ]

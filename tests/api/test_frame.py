"""The frame of the API: who is let in, how it says no, what it says of itself."""

from datetime import timedelta

import pytest
from ninja import Router
from ninja.testing import TestClient

from tests.accounts.signing_in import make_organisation
from tragitto.accounts import actions
from tragitto.accounts.vocabulary import OrganisationKind, Scope
from tragitto.api import problems
from tragitto.api.bearer import BearerToken
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, NotFound, Stale

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")
ME = "/api/v1/"


@pytest.fixture
def made():
    """A token of Elif's organisation that may only read."""
    now = clock.now()
    return actions.make_token(
        organisation=make_organisation("elif-ong", OrganisationKind.PARTNER),
        scopes=[Scope.ROSTER_READ.value],
        ends_on=now.date() + timedelta(days=30),
        actor=HOUSE,
        at=now,
    )


def call(client, secret: str, path: str = ME, **headers: str):
    return client.get(path, headers={"authorization": f"Bearer {secret}", **headers})


def test_a_token_says_whose_it_is(client, made):
    token, secret = made
    answer = call(client, secret)

    assert answer.json() == {
        "token": token.code,
        "organisation": "elif-ong",
        "organisation_name": "elif-ong",
        "scopes": ["roster.read"],
        "ends_on": token.ends_on.isoformat(),
    }
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert "no-store" in answer["Cache-Control"]


def test_a_stranger_is_told_to_send_a_token(client):
    answer = client.get(ME)

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    told = answer.json()
    assert (told["type"], told["title"], told["status"]) == ("about:blank", "Unauthorized", 401)
    assert [finding["code"] for finding in told["findings"]] == ["no-token"]


def test_a_made_up_a_revoked_and_an_ended_token_look_the_same(client, made):
    token, secret = made
    made_up = call(client, "tragitto_made-up")
    actions.revoke_token(token=token, actor=HOUSE, at=clock.now())

    assert (made_up.status_code, made_up.json()) == (401, call(client, secret).json())


def test_a_signed_in_person_is_a_stranger_here(client, made):
    from tests.accounts.signing_in import make_person, sign_in

    sign_in(client, make_person("Elif", "partner", organisation="elif-ong", kind=OrganisationKind.PARTNER))

    assert client.get(ME).status_code == 401


def test_each_token_has_its_rate(client, made, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "api": "2/m/key"}
    _token, secret = made
    answers = [call(client, secret) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert answers[-1]["Content-Type"] == "application/problem+json"


def test_guessing_tokens_has_an_end(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "api_refused": "2/m/ip"}

    assert [call(client, "x").status_code for _time in range(3)] == [401, 401, 429]


def test_what_is_not_there_is_a_problem_too(client):
    answer = client.get("/api/v1/nothing")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_another_method_is_a_problem_that_names_those_allowed(client):
    answer = client.delete(ME)

    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer["Content-Type"] == "application/problem+json"


def test_problems_speak_the_language_asked_for(client):
    english = client.get(ME, headers={"accept-language": "en"}).json()["detail"]

    assert english == "Send a token that holds: Authorization: Bearer tragitto_…"


def test_the_description_is_there_without_a_token(client):
    described = client.get("/api/v1/openapi.json").json()

    assert described["openapi"].startswith("3.")
    assert described["paths"]["/api/v1/"]["get"]["operationId"] == "whoAmI"
    assert described["components"]["securitySchemes"]["BearerToken"]["scheme"] == "bearer"


def test_the_documentation_is_a_page_without_scripts(client):
    page = client.get("/api/v1/docs/")

    assert page.status_code == 200
    assert "GET /api/v1/" in page.text
    assert "organisation_name" in page.text
    assert "<script" not in page.text


# --- refusals of any operation ------------------------------------------------------------------------------

FINDING = Finding("too-old", "Take a newer one.", {"days": 3})


@pytest.fixture
def api():
    """An API of operations that refuse, each in its way, told as ours tells."""
    from ninja import NinjaAPI

    made = NinjaAPI(urls_namespace="refusing", docs_url=None)
    problems.tell(made)
    router = Router(auth=BearerToken())
    raised = {
        "not-allowed": NotAllowed(FINDING),
        "stale": Stale(FINDING),
        "blocked": Blocked([FINDING, Finding("other", "And this.")]),
        "not-found": NotFound("C-1"),
        "broken": ValueError("Amina's secret"),
    }

    @router.get("/write", auth=BearerToken(Scope.ROSTER_WRITE))
    def write(request):
        return {}

    @router.get("/count")
    def count(request, number: int):
        return {
            "number": number,
            "actor": [request.actor.code, request.actor.organisation, request.actor.door],
        }

    @router.get("/{word}")
    def refuse(request, word: str):
        raise raised[word]

    made.add_router("", router)
    return TestClient(made)


def ask(api, secret: str, path: str):
    return api.get(path, headers={"Authorization": f"Bearer {secret}"}, META={"REMOTE_ADDR": "127.0.0.1"})


@pytest.mark.parametrize(
    ("word", "status", "codes"),
    [
        ("not-allowed", 403, ["too-old"]),
        ("stale", 409, ["too-old"]),
        ("blocked", 422, ["too-old", "other"]),
        ("not-found", 404, ["not-found"]),
    ],
)
def test_a_refusal_is_a_problem_with_its_findings(api, made, word, status, codes):
    answer = ask(api, made[1], f"/{word}")

    told = answer.json()
    assert (answer.status_code, told["status"]) == (status, status)
    assert [finding["code"] for finding in told["findings"]] == codes
    assert answer["Content-Type"] == "application/problem+json"


def test_a_finding_says_how_to_mend_it_and_its_facts(api, made):
    (told,) = ask(api, made[1], "/stale").json()["findings"]

    assert told == {"code": "too-old", "text": "Take a newer one.", "facts": {"days": 3}}


def test_what_breaks_says_nothing_of_its_inside(api, made, caplog):
    answer = ask(api, made[1], "/broken")

    assert answer.status_code == 500
    assert "Amina" not in answer.content.decode()
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_value_that_cannot_be_read_is_named_with_its_place(api, made):
    (told,) = ask(api, made[1], "/count?number=many").json()["findings"]

    assert (told["code"], told["facts"]) == ("value-int_parsing", {"at": "query.number"})


def test_a_token_without_the_scope_is_refused(api, made):
    answer = ask(api, made[1], "/write")

    assert answer.status_code == 403
    assert [finding["code"] for finding in answer.json()["findings"]] == ["scope-missing"]


def test_an_operation_knows_who_acts(api, made):
    token, secret = made

    assert ask(api, secret, "/count?number=3").json() == {
        "number": 3,
        "actor": [token.code, "elif-ong", "api"],
    }

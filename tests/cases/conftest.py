"""A small scheme made for these stories: one journey, one call, an office that reviews it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.conftest import NOON
from tragitto.accounts.models import Organisation
from tragitto.cases import actions
from tragitto.cases.models import Case
from tragitto.kernel.actors import Actor
from tragitto.law.actions import load_holidays, load_pack
from tragitto.law.rules import read_pack
from tragitto.schemes.models import Call, Duty, Journey, Region, Scheme, Stage, Step

FILED = datetime(2025, 6, 20, 8, 0, tzinfo=UTC)
TERM = "procedure.call_review"
WAITING = "procedure.obstacles_reply"


def texts(word: str) -> dict[str, str]:
    return {language: f"{word} {language}" for language in ("it", "fr", "ar", "en")}


@pytest.fixture
def office(db: None) -> Organisation:
    return Organisation.objects.create(code="office", name="Ufficio", kind="office")


@pytest.fixture
def call(office: Organisation) -> Call:
    """A call whose journey goes: came → review → (waiting) → yes or no, and back by a correction."""
    load_pack(pack=read_pack(), actor=Actor.system("cli"), at=FILED)
    load_holidays(years=range(2025, 2028), actor=Actor.system("cli"), at=FILED)
    scheme = Scheme.objects.create(
        code="s", title=texts("s"), summary=texts("s"), places=1, pack_hash="0", loaded_at=FILED
    )
    region = Region.objects.create(
        scheme=scheme, code="r", title=texts("r"), nuts="ITC4", istat_code="03", provinces=["BG"]
    )
    Duty.objects.create(scheme=scheme, region=region, duty="reviews", organisation=office)
    journey = Journey.objects.create(
        scheme=scheme, code="j", version=1, subject="expression", title=texts("j"), content_hash="0"
    )
    call = Call.objects.create(
        scheme=scheme,
        region=region,
        publisher=office,
        journey=journey,
        code="c",
        title=texts("c"),
        summary=texts("c"),
        zone="Europe/Rome",
        mailbox="c@pec.example",
        counted_instant="accepted",
        place_rule="first",
        disclosure="named_list",
        review_term=TERM,
        four_eyes=False,
        status="draft",
        drafted_by="U-X",
        drafted_at=FILED,
        content_hash="hash-of-the-call",
    )
    _walk(journey)
    return call


def _walk(journey: Journey) -> None:
    came = _stage(journey, 1, "came", "applying")
    review = _stage(journey, 2, "review", "reviewing")
    waiting = _stage(journey, 3, "waiting", "reviewing", acting="employer", term=WAITING)
    yes = _stage(journey, 4, "yes", "closed", outcome="admitted")
    decided = [{"name": "decision_recorded", "parameters": {"outcome": "admitted"}}]
    start = [{"name": "start_term", "parameters": {"term": TERM}}]
    close = [{"name": "close_case"}]
    _step(journey, 1, "enter", None, came, roles=["system", "officer"])
    _step(journey, 2, "begin", came, review, roles=["officer", "reviewer"], effects=start)
    _step(journey, 3, "ask", review, waiting, roles=["officer"], needs_reason=True)
    _step(journey, 4, "take", waiting, review, roles=["officer"], kind="return")
    _step(journey, 5, "accept", review, yes, roles=["reviewer"], guards=decided, effects=close)
    _step(journey, 6, "train", review, waiting, roles=["officer"], awaits="training")
    _step(journey, 7, "reopen", yes, review, roles=["reviewer"], kind="correction", needs_reason=True)
    papers = [{"name": "document_valid_for", "parameters": {"kind": "passport", "months": 6}}]
    _step(journey, 8, "travel", review, waiting, roles=["reviewer"], guards=papers)


def _stage(journey: Journey, position: int, code: str, phase: str, **more: str) -> Stage:
    facts = {"acting": "office", "titles": {"office": texts(code)}, **more}
    return Stage.objects.create(journey=journey, position=position, code=code, phase=phase, **facts)


def _step(journey: Journey, position: int, code: str, source: object, target: Stage, **more: object) -> Step:
    facts = {"kind": "normal", "label": texts(code), **more}
    return Step.objects.create(
        journey=journey, position=position, code=code, source=source, target=target, **facts
    )


@pytest.fixture
def case(call: Call) -> Case:
    return actions.open_case(call=call, filed_at=FILED, actor=Actor.system("mail"), at=FILED)


@pytest.fixture
def reviewed(case: Case, carla: Actor) -> Case:
    """The case, its review begun."""
    actions.advance(case=case, step="begin", actor=carla, at=NOON)
    case.refresh_from_db()
    return case


@pytest.fixture
def eva(dario: Actor) -> Actor:
    """A second reviewer of the office."""
    return replace(dario, code="U-EVA")

"""Letters of decisions: signed by whoever decided, and taken back where the decision was corrected."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.employers.letters import OBSTACLE, case_of, receipt, sent, words
from tests.employers.making import HOUSE, rome
from tragitto.accounts.models import User
from tragitto.cases import actions as cases
from tragitto.cases.models import Responsibility
from tragitto.cases.queries import exits_to
from tragitto.employers import actions
from tragitto.employers.queries import telling
from tragitto.kernel.refusals import Blocked, Stale
from tragitto.schemes.vocabulary import Outcome, Phase, StepKind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    settings.DOCUMENTS = str(tmp_path / "documents")


@pytest.fixture
def notice(file, settle, carla):
    """The notice of refusal left on 4 July at noon; nothing is known of its arrival."""
    expression = file(unit_province_1="NA")
    settle(expression)
    at = NOON + 3 * DAY
    written = actions.announce_refusal(expression=expression, points=OBSTACLE, actor=carla, at=at)
    return sent(written, carla, at)


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


@pytest.fixture
def decided(notice, carla, dario):
    """Bruno is refused: he observed nothing in time."""
    receipt(notice, NOON + 3 * DAY)
    actions.follow_deliveries(actor=HOUSE, at=NOON + 3 * DAY)
    at = rome(2025, 7, 25, 12)
    reasons = {"reasons": "No unit.", "outcome": Outcome.REFUSED}
    actions.propose(expression=notice.expression, **reasons, actor=carla, at=at)
    return actions.refuse(expression=notice.expression, ground="No unit here.", actor=dario, at=at)


@pytest.fixture
def refused(decided, carla):
    """The letter of that decision is written."""
    return actions.write_decision(decision=decided, actor=carla, at=decided.decided_at)


def correct(expression, carla, dario, at):
    case = case_of(expression)
    (step,) = exits_to(case=case, phase=Phase.REVIEWING, kind=StepKind.CORRECTION)
    told = {"case": case, "step": step.code, "reason": "Ricorso accolto."}
    proposal = cases.propose_step(**told, actor=carla, at=at)
    cases.correct(proposal=proposal, actor=dario, at=at)


def test_a_decision_that_was_corrected_does_not_leave_and_is_dropped(refused, carla, dario):
    at = rome(2025, 7, 28, 12)
    correct(refused.expression, carla, dario, at)

    with pytest.raises(Stale) as refusal:
        actions.send_letter(letter=refused, actor=carla, at=at)

    assert codes(refusal) == ["decision_undone"]
    assert actions.drop_letter(letter=refused, actor=carla, at=at).dropped_at == at
    assert list(telling.undone_and_told(actor=carla)) == []


def test_a_decision_that_was_corrected_gets_no_letter(decided, notice, carla, dario):
    at = rome(2025, 7, 28, 12)
    correct(notice.expression, carla, dario, at)

    with pytest.raises(Stale) as refusal:
        actions.write_decision(decision=decided, actor=carla, at=at)

    assert codes(refusal) == ["decision_undone"]


def test_whoever_was_told_a_decision_is_told_that_it_holds_no_more(refused, carla, dario):
    at = rome(2025, 7, 28, 12)
    sent(refused, carla, at)
    before = list(telling.undone_and_told(actor=carla))
    correct(refused.expression, carla, dario, at)
    between = list(telling.undone_and_told(actor=carla))

    with pytest.raises(Blocked):
        actions.tell_correction(expression=refused.expression, text=" ", actor=carla, at=at)
    told = {"expression": refused.expression, "text": "Il ricorso è accolto.", "actor": carla, "at": at}
    written = actions.tell_correction(**told)
    with pytest.raises(Stale):
        actions.tell_correction(**told)

    assert (before, between) == ([], [refused.decision])
    assert list(telling.undone_and_told(actor=carla)) == []
    assert [word for word in (str(refused.decision), "ricorso") if word not in words(written)] == []
    assert sent(written, carla, at).has_left


def test_a_decision_is_signed_by_whoever_decided_and_names_who_reviewed_and_the_court(decided, carla, dario):
    User.objects.create(code=carla.code, email="carla@example.test", full_name="Carla Rossi", joined_at=NOON)
    User.objects.create(code=dario.code, email="dario@example.test", full_name="Dario Verdi", joined_at=NOON)
    Responsibility.objects.create(
        case=decided.case,
        number=1,
        officer=carla.code,
        given_by=carla.code,
        given_at=NOON,
        organisation=carla.organisation,
    )

    told = words(actions.write_decision(decision=decided, actor=carla, at=decided.decided_at))

    assert (told.count("Carla Rossi"), told.count("Dario Verdi")) == (2, 1)
    wanted = ("art. 6(1)(e)", "sede di Milano")
    assert [each for each in wanted if each not in told] == []


def test_who_reviewed_and_decided_alone_departs_from_nobody(decided, carla, dario):
    Responsibility.objects.create(
        case=decided.case,
        number=1,
        officer=dario.code,
        given_by=carla.code,
        given_at=NOON,
        organisation=carla.organisation,
    )

    told = words(actions.write_decision(decision=decided, actor=carla, at=decided.decided_at))

    assert "art. 6(1)(e)" not in told

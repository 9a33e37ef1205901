"""What the office asked for is in time after the closing only where it completes something filed in time."""

from datetime import datetime, timedelta

import pytest

from tests.employers.letters import MISSING, sent
from tests.employers.making import HOUSE, Sent, finding, letter, modulo, rome
from tragitto.employers import actions
from tragitto.employers.models import Expression, Finding
from tragitto.employers.vocabulary import State, Verdict
from tragitto.schemes.queries import filing_of, openings

pytestmark = pytest.mark.django_db
ASKED = rome(2025, 8, 5, 12)
ANSWERED = rome(2025, 8, 20, 12)


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    settings.DOCUMENTS = str(tmp_path / "documents")


@pytest.fixture
def closing(lombardia) -> datetime:
    return max(window.closes_at for window in openings(lombardia))


@pytest.fixture
def ask(carla):
    """Carla asks for what is missing once the call has closed."""

    def _ask(expression: Expression) -> None:
        told = {"points": MISSING, "actor": carla, "at": ASKED}
        sent(actions.ask_completion(expression=expression, **told), carla, ASKED)

    return _ask


@pytest.fixture
def late(file, closing, ask) -> Expression:
    """Bruno filed one second too late, Carla asked for more, and he answered in time."""
    expression = file(sent=Sent(at=closing))
    ask(expression)
    file(sent=Sent(at=ANSWERED))
    return expression


def found(expression: Expression, number: int) -> Finding:
    version = expression.versions.get(number=number)
    return version.findings.get(criterion__judge="in_time", run=version.run)


def test_what_completes_a_late_filing_is_late_itself(late):
    assert (found(late, 2).state, found(late, 2).explanation) == (State.UNMET, "filed_too_late")


def test_it_is_in_time_once_two_people_admit_what_it_completes(late, carla, dario):
    code = filing_of(late.call).exceptions[0].code
    told = {"exception": code, "reason": "Attested.", "actor": carla, "at": ANSWERED}
    first = late.versions.get(number=1)
    admission = actions.propose_late_admission(version=first, **told)
    actions.decide_late_admission(
        admission=admission, is_admitted=True, ground="Attested.", actor=dario, at=ANSWERED
    )

    late.refresh_from_db()
    assert found(late, 2).explanation == "asked_for_in_time"
    assert (late.placed.number, late.current.number) == (1, 2)


def test_what_came_before_it_was_asked_for_is_late(file, closing, ask, lombardia):
    expression = file(sent=Sent(at=rome(2025, 7, 31, 12)))
    early = letter(lombardia, modulo(lombardia), sent=Sent(at=ASKED - timedelta(seconds=1)))
    ask(expression)

    actions.receive(message=early, call=lombardia, actor=HOUSE, at=ANSWERED)

    expression.refresh_from_db()
    assert found(expression, 2).explanation == "filed_too_late"
    assert expression.current.number == 1


def test_while_nobody_knows_of_the_first_nobody_knows_of_the_answer(file, ask, dario):
    expression = file(sent=Sent(at=rome(2025, 7, 31, 12), to="altro@pec.example"))
    ask(expression)
    file(sent=Sent(at=ANSWERED))
    assert found(expression, 2).explanation == "asked_for_of_unknown_time"

    told = {"verdict": Verdict.OVERRULED, "state": State.MET, "ground": "Forwarded."}
    actions.judge(finding=found(expression, 1), **told, actor=dario, at=ANSWERED)

    assert finding(expression, "in_time").explanation == "asked_for_in_time"
    assert expression.current.number == 2


def test_a_timely_filing_read_later_makes_the_answer_timely(late, lombardia, closing):
    before = letter(lombardia, modulo(lombardia), sent=Sent(at=closing - timedelta(seconds=1)))

    actions.receive(message=before, call=lombardia, is_chosen=True, actor=HOUSE, at=ANSWERED)

    late.refresh_from_db()
    assert found(late, 2).explanation == "asked_for_in_time"
    assert (late.placed.number, late.current.number) == (3, 2)

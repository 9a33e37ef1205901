"""The second person stands by what was proposed as it was, and the first is nobody who abstains."""

import pytest

from tests.conftest import NOON
from tests.employers.letters import sent
from tragitto.cases.actions import state_conflict
from tragitto.cases.queries import open_proposals
from tragitto.employers import actions
from tragitto.employers.queries.findings import basis
from tragitto.kernel.refusals import Blocked, Stale
from tragitto.schemes.vocabulary import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    settings.DOCUMENTS = str(tmp_path / "documents")


@pytest.fixture
def proposed(file, settle, carla):
    """Everything is there, and Carla proposes to admit Bruno."""
    expression = file()
    settle(expression)
    told = {"outcome": Outcome.ADMITTED, "reasons": "All is there.", "actor": carla, "at": NOON}
    actions.propose(expression=expression, **told)
    return expression


def admit(expression, actor):
    return actions.admit(expression=expression, reasons=["All is there."], actor=actor, at=NOON)


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


def test_a_proposal_of_somebody_who_abstains_since_counts_for_nothing(proposed, carla, dario):
    state_conflict(case=proposed.case, has_conflict=True, ground="Cousins.", actor=carla, at=NOON)

    with pytest.raises(Blocked) as refusal:
        admit(proposed, dario)

    assert (codes(refusal), list(open_proposals(case=proposed.case))) == (["needs_proposal"], [])


def test_it_counts_again_once_the_conflict_is_taken_back(proposed, carla, dario):
    for has_conflict in (True, False):
        told = {"has_conflict": has_conflict, "ground": "Cousins." if has_conflict else ""}
        state_conflict(case=proposed.case, **told, actor=carla, at=NOON)

    assert admit(proposed, dario).proposed_by == carla.code


def test_a_letter_that_left_since_makes_a_proposal_fall(proposed, carla, dario):
    notice = actions.start_notice(expression=proposed, actor=carla, at=NOON)
    before = basis(proposed)
    sent(notice, carla, NOON)

    with pytest.raises(Stale) as refusal:
        admit(proposed, dario)

    assert (codes(refusal), basis(proposed) == before) == (["findings_changed"], False)

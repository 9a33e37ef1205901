"""Admitting and refusing: never before the findings are settled, always with reasons, by a second person."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import NOON
from tests.employers.letters import OBSTACLE
from tests.employers.making import finding, states
from tragitto.agenda.models import Deadline
from tragitto.cases.actions import correct, propose_step
from tragitto.cases.models import Decision
from tragitto.employers import actions
from tragitto.employers.models import Position
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.models import Entry
from tragitto.schemes.vocabulary import Outcome

pytestmark = pytest.mark.django_db


def propose(expression, actor, outcome=Outcome.ADMITTED):
    return actions.propose(
        expression=expression, outcome=outcome, reasons="All is there.", actor=actor, at=NOON
    )


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.findings]


def test_bruno_in_time_with_everything_is_admitted_and_positions_open(file, settle, carla, dario):
    expression = file(profile_workers_1="3")
    settle(expression)
    propose(expression, carla)

    decision = actions.admit(expression=expression, reasons=["All is there."], actor=dario, at=NOON)

    expression.case.refresh_from_db()
    assert expression.case.outcome == Outcome.ADMITTED
    assert list(Position.objects.values_list("seats", "number")) == [(3, 1)]
    assert (decision.number, decision.proposed_by, decision.decided_by) == (1, carla.code, dario.code)


def test_a_decision_keeps_findings_law_rows_and_the_call(file, settle, carla, dario, lombardia):
    expression = file()
    settle(expression)
    propose(expression, carla)

    decision = actions.admit(expression=expression, reasons=["All is there."], actor=dario, at=NOON)

    assert len(decision.findings) == lombardia.criteria.count()
    assert {each["holds"] for each in decision.findings} == {"met"}
    assert [row.split("@")[0] for row in decision.law_rows] == [lombardia.review_term]
    assert decision.call_hash == lombardia.content_hash


def test_no_admission_while_findings_are_unsettled(file, carla, dario):
    expression = file()
    propose(expression, carla)

    with pytest.raises(Blocked) as refusal:
        actions.admit(expression=expression, reasons=["Yes."], actor=dario, at=NOON)

    assert codes(refusal) == ["findings_settled"]
    assert Decision.objects.count() == 0


def test_no_admission_while_a_condition_is_unmet(file, settle, carla, dario):
    expression = file(unit_province_1="NA")
    settle(expression)
    propose(expression, carla)

    with pytest.raises(Blocked) as refusal:
        actions.admit(expression=expression, reasons=["Yes."], actor=dario, at=NOON)

    assert codes(refusal) == ["no_unmet_refusal"]


def test_a_mere_warning_stands_in_nobodys_way(file, settle, carla, dario):
    expression = file(ateco="01.11")
    settle(expression)
    propose(expression, carla)

    decision = actions.admit(expression=expression, reasons=["No requirement."], actor=dario, at=NOON)

    assert states(expression)["sector_hint"] == State.UNMET
    assert decision.outcome == Outcome.ADMITTED


def test_a_call_of_four_eyes_wants_a_proposal(file, settle, dario):
    expression = file()
    settle(expression)

    with pytest.raises(Blocked) as refusal:
        actions.admit(expression=expression, reasons=["Yes."], actor=dario, at=NOON)

    assert codes(refusal) == ["needs_proposal"]


def test_nobody_confirms_what_they_proposed(file, settle, dario):
    expression = file()
    settle(expression)
    propose(expression, dario)

    with pytest.raises(NotAllowed) as refusal:
        actions.admit(expression=expression, reasons=["Yes."], actor=dario, at=NOON)

    assert codes(refusal) == ["same_person"]


def test_a_proposal_falls_when_the_findings_change(file, settle, carla, dario):
    expression = file()
    settle(expression)
    propose(expression, carla)
    unit = finding(expression, "unit_in_region")
    verdict = Verdict.OVERRULED
    actions.judge(
        finding=unit, verdict=verdict, state=State.UNMET, ground="Closed down.", actor=dario, at=NOON
    )

    with pytest.raises(Stale) as refusal:
        actions.admit(expression=expression, reasons=["Yes."], actor=dario, at=NOON)

    assert codes(refusal) == ["findings_changed"]


def test_an_admission_needs_reasons(file, settle, carla, dario):
    expression = file()
    settle(expression)
    propose(expression, carla)

    with pytest.raises(Blocked) as refusal:
        actions.admit(expression=expression, reasons=[" "], actor=dario, at=NOON)

    assert codes(refusal) == ["reason_needed"]


def test_no_refusal_before_its_notice(file, dario):
    expression = file(unit_province_1="NA")

    with pytest.raises(Blocked) as refusal:
        actions.refuse(expression=expression, ground="No unit here.", actor=dario, at=NOON)

    assert codes(refusal) == ["no_step_to_outcome"]


@pytest.fixture
def announced(file, settle, carla, settings, tmp_path):
    """An expression without a unit in the region, of which the notice of refusal was sent at NOON."""
    settings.DOCUMENTS = str(tmp_path)
    expression = file(unit_province_1="NA")
    settle(expression)
    notice = actions.announce_refusal(expression=expression, points=OBSTACLE, actor=carla, at=NOON)
    actions.give_letter(letter=notice, reached_at=NOON, how="By hand.", actor=carla, at=NOON)
    propose(expression, carla, Outcome.REFUSED)
    return expression


def reply_ends(expression) -> datetime:
    expression.case.refresh_from_db()
    term = expression.case.stage.term
    return Deadline.objects.get(subject=expression.case.code, kind=term).due_at


def test_nobody_is_refused_in_the_last_second_of_the_term_for_observations(announced, dario):
    at = reply_ends(announced)

    with pytest.raises(Blocked) as refusal:
        actions.refuse(expression=announced, ground="No unit here.", actor=dario, at=at)

    assert codes(refusal) == ["term_over"]


def test_after_the_term_a_second_person_refuses_on_a_ground(announced, dario):
    expression, at = announced, reply_ends(announced) + timedelta(seconds=1)

    decision = actions.refuse(expression=expression, ground="No unit here.", actor=dario, at=at)

    expression.case.refresh_from_db()
    assert (expression.case.outcome, decision.reasons) == (Outcome.REFUSED, ["No unit here."])


def test_a_withdrawal_closes_the_case(file, carla):
    expression = file()

    actions.withdraw(expression=expression, reason="By certified message.", actor=carla, at=NOON)

    expression.case.refresh_from_db()
    assert expression.case.outcome == Outcome.WITHDRAWN


def test_a_withdrawal_needs_a_reason(file, carla):
    expression = file()

    with pytest.raises(Blocked) as refusal:
        actions.withdraw(expression=expression, reason="", actor=carla, at=NOON)

    assert codes(refusal) == ["reason_needed"]


def test_admitted_again_after_a_correction_the_old_positions_are_closed(file, settle, carla, dario):
    expression = file()
    settle(expression)
    propose(expression, carla)
    actions.admit(expression=expression, reasons=["All is there."], actor=dario, at=NOON)
    expression.refresh_from_db()
    reopen = expression.case.stage.exits.get(kind="correction")
    told = {"case": expression.case, "step": reopen.code, "reason": "Wrong file.", "actor": carla, "at": NOON}
    correct(proposal=propose_step(**told), actor=dario, at=NOON)
    propose(expression, carla)

    actions.admit(expression=expression, reasons=["Looked at again."], actor=dario, at=NOON)

    assert [position.closed_at for position in Position.objects.order_by("pk")] == [NOON, None]
    assert list(Decision.objects.order_by("pk").values_list("number", flat=True)) == [1, 2]


def test_a_form_without_a_profile_of_the_scheme_opens_nothing(file, settle, carla, dario):
    expression = file(profile_1="baker")
    settle(expression)
    found = finding(expression, "profiles_within")
    verdict = Verdict.OVERRULED
    actions.judge(finding=found, verdict=verdict, state=State.MET, ground="As good as.", actor=dario, at=NOON)
    propose(expression, carla)

    with pytest.raises(Blocked) as refusal:
        actions.admit(expression=expression, reasons=["Yes."], actor=dario, at=NOON)

    assert codes(refusal) == ["no_position"]


def test_the_house_never_decides(file, settle, carla):
    expression = file()
    settle(expression)
    propose(expression, carla)

    with pytest.raises(NotAllowed):
        actions.admit(expression=expression, reasons=["Yes."], actor=Actor.system("task"), at=NOON)


def test_the_ledger_tells_it_in_codes_alone(file, settle, carla, dario):
    expression = file()
    settle(expression)
    propose(expression, carla)
    actions.admit(expression=expression, reasons=["All is there."], actor=dario, at=NOON)

    told = str(list(Entry.objects.values("verb", "subject", "facts")))

    assert "expression.admitted" in told
    assert not [word for word in ("Bruno", "Bianchi", "00743110157", "RCCMNL", "via Roma") if word in told]


def test_positions_need_a_seat(file, settle, carla, dario):
    expression = file()
    settle(expression)
    propose(expression, carla)
    actions.admit(expression=expression, reasons=["All is there."], actor=dario, at=NOON)

    position = Position.objects.get()
    position.pk, position.code, position.number, position.seats = None, "J-TWICE", 2, 0

    with pytest.raises(IntegrityError, match="position_has_a_seat"), transaction.atomic():
        position.save()


@pytest.mark.parametrize(
    "change", [{"seats": 99}, {"unit": {}}, {"wishes": {"x": "y"}}, {"number": 7}], ids=str
)
def test_a_position_is_closed_once_and_never_changed(file, settle, carla, dario, change):
    expression = file()
    settle(expression)
    propose(expression, carla)
    actions.admit(expression=expression, reasons=["All is there."], actor=dario, at=NOON)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Position.objects.update(**change)
    actions.close_positions(expression=expression, actor=dario, at=NOON)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Position.objects.update(closed_at=None)

"""Whatever people do in whatever order: how no case may end."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.employers.letters import case_of, receipt
from tests.employers.making import HOUSE, Sent, free_of_conflicts, letter, modulo, rome
from tragitto.cases import actions as cases
from tragitto.cases.models import Case
from tragitto.cases.queries import exits_to
from tragitto.employers import actions
from tragitto.employers.actions import Point
from tragitto.employers.models import Expression, LateAdmission, Letter, Observation
from tragitto.employers.queries import FindingView, unsettled, views
from tragitto.employers.queries.letters import LETTER_SENT
from tragitto.employers.vocabulary import LetterKind, State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.schemes.models import Call, Step
from tragitto.schemes.queries import filing_of, window_of
from tragitto.schemes.vocabulary import Failing, Outcome, Phase

START, CLOSED = rome(2025, 7, 1, 18), rome(2026, 1, 1)
#: The days that art. 10-bis gives at least.
TEN = timedelta(days=10)
WRITING = {
    LetterKind.SOCCORSO_ISTRUTTORIO: actions.ask_completion,
    LetterKind.PREAVVISO_DI_RIGETTO: actions.announce_refusal,
}
OFTEN = st.sampled_from([True, True, False])


def refused(expression: Expression, found: list[FindingView], at: datetime) -> None:
    """After a notice that arrived, ten whole days and each answer, on what was announced or follows."""
    notice = expression.letters.filter(kind=LetterKind.PREAVVISO_DI_RIGETTO, reached_at__isnull=False).last()
    assert notice
    assert at.date() > notice.reached_at.date() + TEN
    said = Observation.objects.filter(letter__expression=expression)
    assert not said.filter(answered_at=None).exists()
    unmet = {view.criterion.code for view in found if view.is_obstacle}
    following = {code for one in said.filter(letter=notice) for code in one.new_grounds}
    assert unmet
    assert unmet <= {each["criterion"] for each in notice.grounds} | following


def inadmissible(expression: Expression, found: list[FindingView], at: datetime) -> None:
    """On a settled finding that the call itself marks so."""
    marked = [view for view in found if view.criterion.failing == Failing.INADMISSIBLE]
    assert any(view.is_obstacle and view.is_settled for view in marked)


def admitted(expression: Expression, found: list[FindingView], at: datetime) -> None:
    """Nothing unmet, and something filed in time or admitted by two."""
    assert not any(view.is_obstacle for view in found)
    own = [each for each in expression.versions.all() if window_of(expression.call, each.instant)]
    exceptions = LateAdmission.objects.filter(version__expression=expression, is_admitted=True)
    assert own or exceptions.exists()


HOW_IT_ENDS = {Outcome.REFUSED: refused, Outcome.INADMISSIBLE: inadmissible, Outcome.ADMITTED: admitted}


class AnyWay(RuleBasedStateMachine):
    """Bruno, Carla and Dario act on one expression; what is refused changes nothing."""

    call: Call
    carla: Actor
    dario: Actor
    ends: set[str]

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint_create()
        self.now = START

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.mark)

    # -- where it stands

    @property
    def case(self) -> Case:
        return case_of(self.expression)

    @property
    def views(self) -> list[FindingView]:
        self.expression.refresh_from_db()
        return views([self.expression.current_id])[self.expression.current_id]

    @property
    def outcomes(self) -> list[str]:
        """How the case may end from where it stands, as the journey says."""
        steps = exits_to(case=self.case, phase=Phase.CLOSED)
        return [each.target.outcome for each in steps if each.target.outcome in HOW_IT_ENDS]

    @property
    def letters(self) -> list[LetterKind]:
        """Which letters lead on from where the case stands, as the journey says."""
        uses = [use for step in exits_to(case=self.case) for use in step.guards]
        return [LetterKind(use["parameters"]["kind"]) for use in uses if use["name"] == LETTER_SENT]

    @property
    def unproven(self) -> QuerySet[Letter]:
        return self.expression.letters.filter(outgoing__isnull=False, reached_at=None)

    @property
    def unanswered(self) -> QuerySet[Observation]:
        return Observation.objects.filter(letter__expression=self.expression, answered_at=None)

    @property
    def notice(self) -> Letter | None:
        return self.expression.letters.filter(kind=LetterKind.PREAVVISO_DI_RIGETTO).last()

    # -- what Bruno does

    def file(self, *, has_unit: bool) -> Expression:
        changes = {} if has_unit else {"unit_province_1": "NA"}
        message = letter(self.call, modulo(self.call, **changes), sent=Sent(at=self.now))
        return actions.receive(message=message, call=self.call, actor=HOUSE, at=self.now).expression

    @initialize(begins=st.sampled_from(["in time", "late", "announced"]), has_unit=st.booleans())
    def bruno_files(self, begins: str, has_unit: bool) -> None:
        self.is_late = begins == "late"
        self.now = CLOSED if self.is_late else START
        self.expression = self.file(has_unit=has_unit and begins != "announced")
        free_of_conflicts(self.expression)
        if begins == "announced":
            self.write(actions.announce_refusal, is_whole=True)
            self.arrive()

    @rule(has_unit=st.booleans())
    def bruno_supplements(self, has_unit: bool) -> None:
        self.file(has_unit=has_unit)

    @precondition(lambda self: self.notice and not self.case.is_closed)
    @rule()
    def bruno_observes(self) -> None:
        with suppress(Refusal):
            actions.take_observation(letter=self.notice, text="No.", actor=HOUSE, at=self.now)

    # -- what the office does

    def settle(self) -> None:
        self.expression.refresh_from_db()
        told = {"actor": self.dario, "at": self.now}
        seen = {"verdict": Verdict.OVERRULED, "state": State.MET, "ground": "Seen."}
        with suppress(Refusal):
            actions.confirm_met(version=self.expression.current, **told)
            for view in unsettled(self.expression.current):
                judged = seen if view.finding.state == State.UNKNOWN else {"verdict": Verdict.CONFIRMED}
                actions.judge(finding=view.finding, **judged, **told)

    def write(self, write: Callable[..., Letter], *, is_whole: bool) -> None:
        self.settle()
        points = [Point("Missing.", view.criterion.code) for view in self.views if view.is_obstacle]
        told = {"actor": self.carla, "at": self.now}
        with suppress(Refusal):
            written = write(expression=self.expression, points=points if is_whole else points[:1], **told)
            actions.send_letter(letter=written, **told)

    def arrive(self) -> None:
        for waits in self.unproven:
            receipt(waits, self.now)
        actions.follow_deliveries(actor=HOUSE, at=self.now)

    def answer(self, grounds: tuple[str, ...] = ()) -> None:
        told = {"answer": "Still.", "is_upheld": False, "actor": self.dario, "at": self.now}
        for one in self.unanswered:
            with suppress(Refusal):
                actions.answer_observation(observation=one, new_grounds=grounds, **told)

    @precondition(lambda self: not self.case.is_closed)
    @rule(judge=st.sampled_from(["constituted_and_active", "unit_in_region", "in_time"]))
    def dario_overrules(self, judge: str) -> None:
        view = next(each for each in self.views if each.criterion.judge == judge)
        state = State.UNMET if view.state == State.MET else State.MET
        told = {"verdict": Verdict.OVERRULED, "state": state, "ground": "Seen."}
        with suppress(Refusal):
            actions.judge(finding=view.finding, **told, actor=self.dario, at=self.now)

    @precondition(lambda self: self.letters)
    @rule(data=st.data(), is_whole=OFTEN, arrives=OFTEN)
    def carla_writes(self, data: st.DataObject, is_whole: bool, arrives: bool) -> None:
        self.write(WRITING[data.draw(st.sampled_from(self.letters))], is_whole=is_whole)
        if arrives:
            self.arrive()

    @precondition(lambda self: self.unproven.exists())
    @rule()
    def the_letters_arrive(self) -> None:
        self.arrive()

    @precondition(lambda self: self.unanswered.exists())
    @rule(grounds=st.sampled_from([(), ("active-for-a-year",)]))
    def dario_answers(self, grounds: tuple[str, ...]) -> None:
        self.answer(grounds)

    @rule(data=st.data())
    def somebody_takes_a_step_by_hand(self, data: st.DataObject) -> None:
        case, reason = self.case, "By hand."
        steps = Step.objects.filter(source=case.stage).exclude(target__outcome=Outcome.WITHDRAWN)
        step = data.draw(st.sampled_from(list(steps.order_by("position")))).code
        with suppress(Refusal):
            cases.advance(case=case, step=step, actor=self.dario, at=self.now, reason=reason)
        with suppress(Refusal):
            told = {"case": case, "step": step, "reason": reason, "at": self.now}
            proposal = cases.propose_step(**told, actor=self.carla)
            cases.correct(proposal=proposal, actor=self.dario, at=self.now)

    @precondition(lambda self: self.is_late and not LateAdmission.objects.exists())
    @rule()
    def two_people_admit_what_is_late(self) -> None:
        self.expression.refresh_from_db()
        exception = filing_of(self.call).exceptions[0].code
        told = {"version": self.expression.current, "exception": exception, "reason": "Attested."}
        decided = {"is_admitted": True, "ground": "Attested.", "actor": self.dario, "at": self.now}
        with suppress(Refusal):
            admission = actions.propose_late_admission(**told, actor=self.carla, at=self.now)
            actions.decide_late_admission(admission=admission, **decided)

    @precondition(lambda self: self.outcomes)
    @rule(data=st.data(), waits=st.sampled_from([0, 12]), answers=OFTEN)
    def two_people_decide(self, data: st.DataObject, waits: int, answers: bool) -> None:
        outcome = data.draw(st.sampled_from(self.outcomes))
        self.now += timedelta(days=waits)
        self.settle()
        if answers:
            self.answer()
        told = {"expression": self.expression, "at": self.now}
        with suppress(Refusal):
            actions.propose(**told, outcome=outcome, reasons="So.", actor=self.carla)
            if outcome == Outcome.ADMITTED:
                actions.admit(**told, reasons=["So."], actor=self.dario)
            else:
                actions.refuse(**told, outcome=outcome, ground="So.", actor=self.dario)

    @rule(days=st.sampled_from([1, 9, 12, 40]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)
        cases.resume_over_limit(actor=HOUSE, at=self.now)

    @invariant()
    def no_case_ends_as_it_may_not(self) -> None:
        case = self.case
        if case.outcome in HOW_IT_ENDS:
            self.ends.add(case.outcome)
            HOW_IT_ENDS[case.outcome](self.expression, self.views, case.closed_at)


@pytest.mark.slow
@pytest.mark.django_db
def test_no_order_of_acts_leads_where_it_may_not(lombardia, carla, dario, settings, tmp_path):
    settings.DOCUMENTS = str(tmp_path)
    seen: set[str] = set()
    machine = type("Machine", (AnyWay,), {"call": lombardia, "carla": carla, "dario": dario, "ends": seen})
    quick = how(
        max_examples=20,
        stateful_step_count=10,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(machine, settings=quick)

    assert {Outcome.ADMITTED, Outcome.REFUSED} <= seen

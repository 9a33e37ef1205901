"""Reviewing: a person confirms or overrules what the judges found."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.cases import actions as cases
from tragitto.employers import permissions, queries
from tragitto.employers.actions.filing import evaluate
from tragitto.employers.actions.judging import judge_answers
from tragitto.employers.actions.placing import place_again
from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.holding import held
from tragitto.employers.models import Expression, Finding, Judgement, Version
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.vocabulary import Failing


@transaction.atomic
def judge(
    *,
    finding: Finding,
    verdict: Verdict,
    actor: Actor,
    at: datetime,
    state: State | None = None,
    ground: str = "",
) -> Judgement:
    """Confirm a finding, or overrule it to `state` with a ground; the latest judgement holds.

    The place in the order follows, where it hangs on the finding, and so does whether an answer to the office
    is in time. Raises `NotAllowed`, also for whoever has
    a conflict of interest; `Stale` when the finding belongs to an earlier run; `Blocked` before the review
    opens, without the statement about conflicts that the call asks for, in a closed case, without the
    ground or the new state of an overruling, for calling a late filing timely alone (see `lateness`), and
    for confirming that something is unknown, unless it is a mere warning: what the house could not read, a
    person settles.
    """
    finding = _held(finding)
    _refuse_outsiders(finding.version.expression, actor)
    cases.refuse_the_unfit(case=finding.version.expression.case, actor=actor, at=at)
    if finding.run != finding.version.run:
        raise Stale(_why("judged_anew", _("The judges have looked again since: see the new finding.")))
    if blocked := _unfit(finding, verdict, state, ground):
        raise Blocked(blocked)

    judgement = _write(
        finding, verdict, state or State(finding.state), ground=ground.strip(), actor=actor, at=at
    )
    if finding.criterion.judge == TIMELINESS:
        judge_answers(finding.version.expression, actor=actor, at=at)
    place_again(finding.version.expression, actor=actor, at=at)
    return judgement


@transaction.atomic
def confirm_met(*, version: Version, actor: Actor, at: datetime) -> list[Judgement]:
    """Confirm at once what the judges found to be met and nobody has judged yet; return what was written.

    Raises `NotAllowed` and `Blocked` as `judge` does for the person and the case.
    """
    expression = held(version.expression_id)
    version = expression.versions.get(pk=version.pk)
    _refuse_outsiders(expression, actor)
    cases.refuse_the_unfit(case=expression.case, actor=actor, at=at)
    if expression.case.is_closed:
        raise Blocked(_why("case_closed", _("This case is closed.")))

    waiting = [view.finding for view in queries.unsettled(version) if view.finding.state == State.MET]
    return [_write(each, Verdict.CONFIRMED, State.MET, actor=actor, at=at) for each in waiting]


def overrule(finding: Finding, state: State, *, ground: str, actor: Actor, at: datetime) -> Judgement:
    """Overrule a finding where another act has said so, with its ground; part of that act's transaction."""
    return _write(_held(finding), Verdict.OVERRULED, state, ground=ground, actor=actor, at=at)


@transaction.atomic
def evaluate_all(*, expression: Expression, actor: Actor, at: datetime) -> int:
    """Put every version of an expression before the judges once more; return how many have new findings.

    Raises what `evaluate` raises.
    """
    before = dict(expression.versions.order_by("number").values_list("number", "run"))
    after = [
        evaluate(version=version, actor=actor, at=at) for version in expression.versions.order_by("number")
    ]
    return sum(version.run != before[version.number] for version in after)


def _held(finding: Finding) -> Finding:
    held(finding.version.expression_id)
    whole = Finding.objects.select_related(
        "criterion", "version__expression__case__call", "version__expression__call"
    )
    return whole.get(pk=finding.pk)


def _refuse_outsiders(expression: Expression, actor: Actor) -> None:
    if not permissions.may(actor, "expression.judge", expression.call):
        raise NotAllowed(_why("not_allowed", _("Your role here does not allow this.")))


def _unfit(finding: Finding, verdict: Verdict, state: State | None, ground: str) -> list[refusals.Finding]:
    found = []
    if finding.version.expression.case.is_closed:
        found.append(_why("case_closed", _("This case is closed.")))
    if verdict == Verdict.CONFIRMED:
        is_open = finding.state == State.UNKNOWN and finding.criterion.failing != Failing.WARN
        if is_open:
            text = _("What the house could not read needs your answer: met or not met, and why.")
            found.append(_why("unknown_needs_an_answer", text))
        if state is not None and state != finding.state:
            text = _("To confirm means to leave the finding as it is.")
            found.append(_why("confirmed_as_it_is", text))
        return found
    if finding.criterion.judge == TIMELINESS and finding.state == State.UNMET and state == State.MET:
        text = _("A late filing is admitted as an exception that the call names, by two people: propose it.")
        found.append(_why("late_needs_two", text))
    if state in (None, State.UNKNOWN, finding.state):
        text = _("Say what holds instead: met or not met.")
        found.append(_why("needs_another_state", text))
    if not ground.strip():
        text = _("Please give the ground: it becomes part of the file.")
        found.append(_why("ground_needed", text))
    return found


def _write(
    finding: Finding, verdict: Verdict, state: State, *, ground: str = "", actor: Actor, at: datetime
) -> Judgement:
    judgement = Judgement.objects.create(
        finding=finding,
        number=finding.judgements.count() + 1,
        verdict=verdict,
        state=state,
        ground=ground,
        reviewer=actor.code,
        organisation=actor.organisation,
        judged_at=at,
    )
    facts = {
        "finding": finding.code,
        "criterion": finding.criterion.code,
        "verdict": str(verdict),
        "found": str(finding.state),
        "holds": str(state),
    }
    record("expression.judged", subject=finding.version.expression.code, actor=actor, at=at, facts=facts)
    return judgement


def _why(code: str, text: "str | Promise") -> refusals.Finding:
    return refusals.Finding(code, text)

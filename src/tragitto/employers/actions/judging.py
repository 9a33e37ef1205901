"""Putting versions before the judges of their call; the findings of a run are written once."""

from dataclasses import replace
from datetime import datetime

import msgspec

from tragitto.employers import queries, reading
from tragitto.employers.criteria import TIMELINESS, unless_unclear
from tragitto.employers.models import Expression, Finding, LateAdmission, Version
from tragitto.employers.rules import FilingFacts, Frame, Judged
from tragitto.employers.vocabulary import State
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import plain
from tragitto.kernel.codes import new_code
from tragitto.ledger.actions import record
from tragitto.schemes.models import Criterion
from tragitto.schemes.registries import CRITERIA

type _Answers = list[tuple[Criterion, Judged]]


def judge_all(version: Version, *, actor: Actor, at: datetime) -> bool:
    """Write the answers of the call's judges as a new run, unless they are what they were.

    What two people admitted stays admitted in every later run. Part of the caller's transaction; whether a
    run was written.
    """
    expression = version.expression
    facts = msgspec.convert(version.facts, FilingFacts)
    frame = reading.frame_of(expression.call)
    if facts.is_answer:
        frame = replace(frame, begun=_begun(version))
    answers = [
        (criterion, _answer(criterion, facts, frame))
        for criterion in expression.call.criteria.order_by("position")
    ]
    admitted = _as_admitted(answers, version, facts, frame)
    # Right after the admission its judgement stands on the run in which it was late: that holds as well.
    if _same(version, answers) or _same(version, admitted):
        return False
    _write(version, admitted, actor, at)
    return True


def judge_answers(expression: Expression, *, actor: Actor, at: datetime) -> None:
    """Put what the office had asked for before the judges again: its time hangs on what it completes.

    Part of the transaction of whoever says something new of the time of a filing; a closed case stays.
    """
    if expression.case.is_closed:
        return
    for version in expression.versions.exclude(facts__asked_until=None).order_by("number"):
        version.expression = expression
        judge_all(version, actor=actor, at=at)


def _begun(version: Version) -> State:
    """What holds of the time of the filing that this version, as an answer, would complete."""
    own = version.expression.versions.filter(facts__asked_until=None).exclude(pk=version.pk)
    found = [view for views in queries.views(own).values() for view in views]
    states = {view.state for view in found if view.criterion.judge == TIMELINESS}
    return next((state for state in (State.MET, State.UNKNOWN) if state in states), State.UNMET)


def _as_admitted(answers: _Answers, version: Version, facts: FilingFacts, frame: Frame) -> _Answers:
    """The answers with the time of the message as two people have admitted it, where they did."""
    admission = LateAdmission.objects.filter(version=version, is_admitted=True).first()
    if admission is None:
        return answers
    frame = replace(frame, admitted_for=f"{admission.reason}\n{admission.ground}")
    return [
        (criterion, _answer(criterion, facts, frame) if criterion.judge == TIMELINESS else answer)
        for criterion, answer in answers
    ]


def _answer(criterion: Criterion, facts: FilingFacts, frame: Frame) -> Judged:
    """What the judge says; one that fails on what somebody wrote knows nothing, and stops no filing."""
    entry = CRITERIA.get(criterion.judge)
    wanted = entry.read(criterion.parameters)
    try:
        answer: Judged = unless_unclear(facts, entry.function(facts, frame, wanted))
    except Exception as error:
        return Judged(State.UNKNOWN, "judge_failed", {"error": type(error).__name__})
    return answer


def _same(version: Version, answers: _Answers) -> bool:
    before = {
        finding.criterion_id: (finding.state, finding.explanation, finding.parameters)
        for finding in version.findings.filter(run=version.run)
    }
    now = {
        criterion.pk: (answer.state, answer.explanation, plain(answer.parameters))
        for criterion, answer in answers
    }
    return bool(before) and before == now


def _write(version: Version, answers: _Answers, actor: Actor, at: datetime) -> None:
    version.run += 1
    version.save(update_fields=["run"])
    Finding.objects.bulk_create(
        Finding(
            code=new_code("F"),
            version=version,
            criterion=criterion,
            run=version.run,
            state=answer.state,
            evidence=[evidence.as_json() for evidence in answer.evidence],
            explanation=answer.explanation,
            parameters=plain(answer.parameters),
            found_at=at,
        )
        for criterion, answer in answers
    )
    counts = {str(state): sum(answer.state is state for _criterion, answer in answers) for state in State}
    told = {"version": version.number, "run": version.run, **counts}
    record("expression.evaluated", subject=version.expression.code, actor=actor, at=at, facts=told)

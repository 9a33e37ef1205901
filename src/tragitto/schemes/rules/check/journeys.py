"""Checks a journey: every stage can be reached and left, every name and term it uses exists."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from tragitto.kernel.periods import Period
from tragitto.kernel.registries import Registry, UnknownName, WrongParameters
from tragitto.schemes.pack import JourneySpec, SchemeSpec, StageSpec, StepSpec, UseSpec
from tragitto.schemes.rules.check.schemes import repeated
from tragitto.schemes.rules.problems import Problem
from tragitto.schemes.vocabulary import Acting, Audience, Phase, StepKind, Subject

# A partner without words of its own reads the office's; the others are addressed in theirs.
AUDIENCES = {
    Subject.EXPRESSION: (Audience.OFFICE, Audience.EMPLOYER),
    Subject.PLACEMENT: (Audience.OFFICE, Audience.EMPLOYER, Audience.CANDIDATE),
}
Functions = Registry[Callable[..., Any]]


def check(journey: JourneySpec, guards: Functions, effects: Functions) -> list[Problem]:
    """What is wrong with the stages and steps of ``journey``."""
    where = f"journeys/{journey.code}"
    found = _codes(journey, where)
    for stage in journey.stages:
        found += _stage(stage, journey.subject, f"{where}.{stage.code}")
    for step in journey.steps:
        place = f"{where}.{step.source or 'entry'}.{step.code}"
        found += _step(step, place)
        found += check_uses(step.guards, guards, place)
        found += check_uses(step.effects, effects, place)
    if any(problem.code == "unknown_stage" for problem in found):
        return found
    return found + _ways(journey, where)


def check_uses(uses: Iterable[UseSpec], registry: Functions, where: str, *, path: str = "") -> list[Problem]:
    """An error for each unknown name, each set of parameters it cannot read, and each number below 0."""
    found: list[Problem] = []
    for use in uses:
        found += [
            Problem(
                "negative_number", where, f"{use.name}: {name} is {number}, and cannot be below 0", path=path
            )
            for name, number in _negative(use.parameters)
        ]
        try:
            registry.get(use.name).read(use.parameters)
        except UnknownName as error:
            found.append(Problem(f"unknown_{registry.what}", where, str(error), path=path))
        except WrongParameters as error:
            found.append(Problem("wrong_parameters", where, str(error), path=path))
    return found


def _negative(parameters: Mapping[str, Any]) -> Iterable[tuple[str, int | float]]:
    for name, value in parameters.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, int | float) and each < 0:
                yield name, each


#: Parameters of effects that name a parameter of the law.
NAMES_OF_LAW = ("term", "longest", "reply", "times", "effect", "rest")


def check_terms(
    journey: JourneySpec, scheme: SchemeSpec, law: Mapping[str, Sequence[Period]]
) -> list[Problem]:
    """An error for each term that no law row covers at any time while the scheme runs."""
    run = Period(scheme.starts_on, scheme.ends_on)
    terms = [(stage.code, stage.term) for stage in journey.stages if stage.term]
    terms += [
        (step.code, term)
        for step in journey.steps
        for effect in step.effects
        for name in NAMES_OF_LAW
        if isinstance(term := effect.parameters.get(name), str) and term
    ]
    return [
        Problem("term_without_law", f"journeys/{journey.code}.{place}", f"no law row covers the term {term}")
        for place, term in terms
        if not any(period.overlaps(run) for period in law.get(term, ()))
    ]


def check_versions(journeys: Sequence[JourneySpec]) -> list[Problem]:
    """An error for each journey version written twice."""
    return [
        Problem("duplicated_code", "journeys", f"the journey {key} is written twice")
        for key in repeated(f"{journey.code} {journey.version}" for journey in journeys)
    ]


def _codes(journey: JourneySpec, where: str) -> list[Problem]:
    known = {stage.code for stage in journey.stages}
    found = [
        Problem("duplicated_code", where, f"the stage {code} is written twice")
        for code in repeated(stage.code for stage in journey.stages)
    ]
    found += [
        Problem("duplicated_code", where, f"the step {key} is written twice")
        for key in repeated(f"{step.source}/{step.code}" for step in journey.steps)
    ]
    return found + [
        Problem("unknown_stage", f"{where}.{step.code}", f"no stage {code}")
        for step in journey.steps
        for code in (step.source, step.target)
        if code and code not in known
    ]


def _stage(stage: StageSpec, subject: Subject, where: str) -> list[Problem]:
    found = []
    if (stage.phase == Phase.CLOSED) != (stage.outcome is not None):
        found.append(
            Problem("outcome_and_phase", where, "a stage has an outcome if, and only if, it is closed")
        )
    if stage.phase == Phase.CLOSED and stage.term:
        found.append(Problem("term_when_closed", where, "a closed stage has no term"))
    wanted = [*AUDIENCES[subject]]
    if stage.acting != Acting.AUTHORITY and Audience(stage.acting) not in wanted:
        wanted.append(Audience(stage.acting))
    return found + [
        Problem("missing_audience", where, f"no title for the {audience}")
        for audience in wanted
        if audience not in stage.titles
    ]


def _step(step: StepSpec, where: str) -> list[Problem]:
    found = []
    if not step.roles:
        found.append(Problem("step_without_role", where, "nobody may take this step"))
    if step.kind == StepKind.CORRECTION and not step.needs_reason:
        found.append(Problem("correction_without_reason", where, "a correction needs a reason"))
    if not step.source and step.kind != StepKind.NORMAL:
        found.append(Problem("wrong_entry", where, "the entry of a journey is a normal step"))
    return found


def _ways(journey: JourneySpec, where: str) -> list[Problem]:
    entries = {step.target for step in journey.steps if not step.source}
    if not entries:
        return [Problem("no_entry", where, "no step enters this journey")]
    forward: dict[str, set[str]] = {}
    backward: dict[str, set[str]] = {}
    for step in journey.steps:
        if step.source:
            forward.setdefault(step.source, set()).add(step.target)
            backward.setdefault(step.target, set()).add(step.source)
    reached = _closure(entries, forward)
    closing = _closure({s.code for s in journey.stages if s.phase == Phase.CLOSED}, backward)
    return [
        problem
        for stage in journey.stages
        for problem in _way(stage, reached, closing, forward, f"{where}.{stage.code}")
    ] + _reopened(journey, where)


def _way(
    stage: StageSpec, reached: set[str], closing: set[str], forward: dict[str, set[str]], where: str
) -> list[Problem]:
    found = []
    if stage.code not in reached:
        found.append(Problem("unreachable_stage", where, "no way leads here"))
    if stage.phase == Phase.CLOSED:
        return found
    if not forward.get(stage.code):
        found.append(Problem("dead_end", where, "no way leads on, and the stage is not closed"))
    elif stage.code not in closing:
        found.append(Problem("never_closes", where, "no way from here ever closes the case"))
    return found


def _reopened(journey: JourneySpec, where: str) -> list[Problem]:
    closed = {stage.code for stage in journey.stages if stage.phase == Phase.CLOSED}
    return [
        Problem("closed_stage_left", f"{where}.{step.source}.{step.code}", "only a correction reopens a case")
        for step in journey.steps
        if step.source in closed and step.kind != StepKind.CORRECTION
    ]


def _closure(starts: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    seen, waiting = set(starts), list(starts)
    while waiting:
        for each in ways.get(waiting.pop(), set()) - seen:
            seen.add(each)
            waiting.append(each)
    return seen

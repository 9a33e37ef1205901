"""Where an expression can go from here, as the forms of its page: decide, take a step, correct."""

from collections.abc import Iterable

from tragitto.cases.models import Proposal
from tragitto.cases.queries import Exit
from tragitto.employers.queries import ExpressionPage
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import Outcome, StepKind
from tragitto.web.office.forms.reviewing import ConfirmForm, DecideForm, StepForm

#: The guard that deciding itself satisfies: no hint for whoever is about to decide.
BY_DECIDING = "decision_recorded"


def forms_of(page: ExpressionPage, actor: Actor, language: str) -> dict[str, object]:
    """The forms that lead on from where the case stands, with the hints of what is still unmet."""
    ends, others, corrections = split(page.exits)
    return {
        "may_decide": page.may["expression.admit"] or page.may["expression.withdraw"],
        "deciding": DecideForm(outcomes=[way.step.target.outcome for way in ends]) if ends else None,
        "hints": [(way, hints) for way in ends if (hints := _hints(way))],
        "stepping": StepForm(exits=others, language=language) if _any_open(others) else None,
        "waiting_steps": [way for way in others if not way.is_open],
        "correcting": StepForm(exits=corrections, language=language, prefix="correction")
        if _any_open(corrections)
        else None,
        "proposals": [
            (proposal, ConfirmForm(initial={"proposal": proposal.code}, prefix=proposal.code))
            for proposal in page.proposals
        ],
        "own_code": actor.code,
    }


def split(exits: Iterable[Exit]) -> tuple[list[Exit], list[Exit], list[Exit]]:
    """Exits that end the expression (the first of each outcome), other steps, corrections."""
    ends: dict[str, Exit] = {}
    others, corrections = [], []
    for way in exits:
        if way.step.kind == StepKind.CORRECTION:
            corrections.append(way)
        elif way.step.target.outcome:
            ends.setdefault(way.step.target.outcome, way)
        else:
            others.append(way)
    return list(ends.values()), others, corrections


def needs_second_person(proposal: Proposal) -> bool:
    """Whether confirming this proposal is a correction, and not a decision."""
    return proposal.step.kind == StepKind.CORRECTION


def is_against(outcome: str) -> bool:
    """Whether the outcome goes against the employer's wish."""
    return outcome not in (Outcome.ADMITTED, Outcome.WITHDRAWN)


def _hints(way: Exit) -> list[str]:
    return [str(finding.text) for finding in way.unmet if finding.code != BY_DECIDING]


def _any_open(exits: Iterable[Exit]) -> bool:
    return any(way.is_open for way in exits)

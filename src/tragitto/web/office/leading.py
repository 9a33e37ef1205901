"""Where an expression can go from here, as the forms of its page: decide, withdraw, take a step, correct."""

from collections.abc import Iterable

from tragitto.cases.models import Proposal
from tragitto.cases.queries import Exit
from tragitto.employers.queries import ExpressionPage
from tragitto.employers.queries.letters import LETTER_SENT
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import Outcome, StepKind
from tragitto.web.office.forms.leading import ConfirmForm, DecideForm, StepForm, WithdrawForm

#: The guard that deciding itself satisfies: no hint for whoever is about to decide.
BY_DECIDING = "decision_recorded"


def forms_of(page: ExpressionPage, actor: Actor, language: str) -> dict[str, object]:
    """The forms that lead on from where the case stands, with the hints of what is still unmet."""
    ends, others, corrections = split(page.exits)
    return {
        "may_decide": page.may["expression.admit"] or page.may["expression.propose"],
        "deciding": DecideForm(outcomes=outcomes(page)) if ends else None,
        "hints": [(way, hints) for way in ends if (hints := _hints(way))],
        "withdrawing": WithdrawForm() if may_withdraw(page) else None,
        "stepping": StepForm(exits=others, language=language) if _any_open(others) else None,
        "waiting_steps": [way for way in others if not way.is_open],
        "correcting": StepForm(exits=corrections, language=language, prefix="correction")
        if _any_open(corrections)
        else None,
        "proposals": [
            (proposal, ConfirmForm(initial={"proposal": proposal.code}, prefix=proposal.code))
            for proposal in once_each(page.proposals)
        ],
        "own_code": actor.code,
        "is_all_settled": is_all_settled(page),
    }


def split(exits: Iterable[Exit]) -> tuple[list[Exit], list[Exit], list[Exit]]:
    """Exits by which the office decides (the first of each outcome), other steps, corrections.

    The employer's own withdrawal is none of them: nobody decides it. Nor is a step that a letter takes.
    """
    ends: dict[str, Exit] = {}
    others, corrections = [], []
    for way in exits:
        if way.step.kind == StepKind.CORRECTION:
            corrections.append(way)
        elif any(use["name"] == LETTER_SENT for use in way.step.guards):
            continue  # sending the letter takes it
        elif not way.step.target.outcome:
            others.append(way)
        elif way.step.target.outcome != Outcome.WITHDRAWN:
            ends.setdefault(way.step.target.outcome, way)
    return list(ends.values()), others, corrections


def outcomes(page: ExpressionPage) -> list[str]:
    """How the office may end the expression from where it stands."""
    ends, _others, _corrections = split(page.exits)
    return [str(way.step.target.outcome) for way in ends]


def may_withdraw(page: ExpressionPage) -> bool:
    """Whether this actor may now record that the employer has withdrawn."""
    ways = [way for way in page.exits if way.step.kind != StepKind.CORRECTION]
    leads = any(way.step.target.outcome == Outcome.WITHDRAWN for way in ways)
    return leads and page.may["expression.withdraw"]


def once_each(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals without repetitions: who proposes the same twice has proposed it once."""
    seen: dict[tuple[object, ...], Proposal] = {}
    for one in proposals:
        seen.setdefault((one.step_id, one.proposed_by, one.reason, one.basis), one)
    return list(seen.values())


def is_all_settled(page: ExpressionPage) -> bool:
    """Whether a person has answered every finding of the version under review."""
    if page.current is None or not page.current.findings:
        return False
    return all(view.is_settled for view in page.current.findings)


def _hints(way: Exit) -> list[str]:
    return [str(finding.text) for finding in way.unmet if finding.code != BY_DECIDING]


def _any_open(exits: Iterable[Exit]) -> bool:
    return any(way.is_open for way in exits)

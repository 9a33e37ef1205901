"""Deciding: a person admits or refuses, with reasons; under four eyes a second person confirms."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.cases import actions as cases
from tragitto.cases import queries as case_queries
from tragitto.cases.actions import Grounds
from tragitto.cases.models import Case, Decision, Move, Proposal
from tragitto.cases.permissions import as_employer, is_second_person
from tragitto.cases.rules import local_day
from tragitto.employers import permissions, queries
from tragitto.employers.holding import held
from tragitto.employers.models import Expression
from tragitto.employers.queries.findings import basis
from tragitto.employers.queries.representing import acts_for
from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.models import Step
from tragitto.schemes.vocabulary import Outcome

#: How an expression may end against its employer's wish.
AGAINST = (Outcome.REFUSED, Outcome.INADMISSIBLE)


@transaction.atomic
def propose(
    *, expression: Expression, outcome: Outcome, reasons: str, actor: Actor, at: datetime
) -> Proposal:
    """Propose an outcome for a second person to confirm, on the findings as they now hold.

    Writes a proposal, moves nothing. Raises `NotAllowed`; `Blocked` when no step leads to the outcome
    from where the case stands, or without reasons.
    """
    expression = held(expression.pk)
    _refuse_outsiders(actor, "expression.propose", expression)
    step = _step_to(expression.case, outcome)
    if not reasons.strip():
        raise Blocked(_reasons_needed())

    return cases.propose_step(
        case=expression.case,
        step=step.code,
        reason=reasons.strip(),
        basis=basis(expression),
        actor=actor,
        at=at,
    )


@transaction.atomic
def admit(*, expression: Expression, reasons: Sequence[str], actor: Actor, at: datetime) -> Decision:
    """Admit an employer: the decision with reasons, findings and law rows, the step, the positions.

    The journey's own guards and effects do the rest. Raises `NotAllowed`, also for confirming what one has
    proposed oneself; `Blocked` while findings are unsettled or a refusing one is unmet, without reasons,
    and where the call wants four eyes and nobody has proposed it; `Stale` when the findings changed since.
    """
    expression = held(expression.pk)
    _refuse_outsiders(actor, "expression.admit", expression)
    return _decide(expression, Outcome.ADMITTED, reasons, actor, at)


@transaction.atomic
def refuse(
    *,
    expression: Expression,
    ground: str,
    actor: Actor,
    at: datetime,
    outcome: Outcome = Outcome.REFUSED,
) -> Decision:
    """Refuse an expression, or declare it inadmissible, on a recorded ground: always a human act.

    Where the journey wants a notice before (art. 10-bis L. 241/1990), there is no step to the refusal
    until it was taken, and this is `Blocked`. Raises what `admit` raises.
    """
    expression = held(expression.pk)
    _refuse_outsiders(actor, "expression.refuse", expression)
    if outcome not in AGAINST:
        raise Blocked(Finding("no_refusal", _("A refusal ends with a refusal.")))
    return _decide(expression, outcome, [ground], actor, at)


@transaction.atomic
def withdraw(*, expression: Expression, reason: str, actor: Actor, at: datetime) -> Move:
    """Record that the employer has withdrawn; the reason says why, or how it became known.

    The office does on a message that says so; at the portal whoever may withdraw for the enterprise. Raises
    `NotAllowed`; `Blocked` without a reason or when the case is over.
    """
    expression = held(expression.pk)
    case = expression.case
    if is_own := _withdraws_own(actor, expression, at):
        actor = as_employer(actor, case)
    else:
        _refuse_outsiders(actor, "expression.withdraw", expression)
    step = _step_to(case, Outcome.WITHDRAWN)

    move = cases.advance(case=case, step=step.code, actor=actor, at=at, reason=reason)
    facts = {"by": "employer" if is_own else "office"}
    record("expression.withdrawn", subject=expression.code, actor=actor, at=at, facts=facts)
    return move


def _withdraws_own(actor: Actor, expression: Expression, at: datetime) -> bool:
    on = local_day(at, expression.call.zone)
    who, whose, call = actor.code, expression.employer, expression.call
    return actor.door == "portal" and acts_for(who, whose, call, Power.WITHDRAW, on)


def _decide(
    expression: Expression, outcome: Outcome, reasons: Sequence[str], actor: Actor, at: datetime
) -> Decision:
    case, current = expression.case, expression.current
    step = _step_to(case, outcome)
    if current is None:
        raise Blocked(Finding("nothing_to_review", _("There is no version to review.")))
    proposal = _proposal_to_confirm(expression, step, actor) if expression.call.four_eyes else None

    found = queries.views([current])[current.pk]
    grounds = Grounds(
        reasons=reasons,
        findings=queries.snapshot(found),
        law_rows=[row for view in found for row in view.finding.law_rows],
        proposed_by=proposal.proposed_by if proposal else "",
    )
    decision = cases.decide(case=case, outcome=outcome, grounds=grounds, actor=actor, at=at)
    reason = "\n".join(decision.reasons)
    cases.advance(case=case, step=step.code, actor=actor, at=at, reason=reason)
    facts = {"decision": decision.code, "version": current.number, "run": current.run}
    record(f"expression.{outcome}", subject=expression.code, actor=actor, at=at, facts=facts)
    return decision


def _proposal_to_confirm(expression: Expression, step: Step, actor: Actor) -> Proposal:
    proposals = [
        each for each in case_queries.open_proposals(case=expression.case) if each.step_id == step.pk
    ]
    if not proposals:
        text = _("This call wants two people: somebody proposes it, somebody else confirms.")
        raise Blocked(Finding("needs_proposal", text))
    by_others = [each for each in proposals if is_second_person(actor, each)]
    if not by_others:
        text = _("You proposed this yourself: somebody else must confirm it.")
        raise NotAllowed(Finding("same_person", text))
    now = basis(expression)
    fitting = next((each for each in by_others if each.basis == now), None)
    if fitting is None:
        text = _(
            "Findings, letters or observations have changed since this was proposed:"
            " it must be proposed again."
        )
        raise Stale(Finding("findings_changed", text))
    return fitting


def _step_to(case: Case, outcome: Outcome) -> Step:
    steps = case_queries.exits_to(case=case, outcome=outcome)
    if not steps:
        text = _(
            "The journey knows no step to this outcome from where the case stands: other steps come first."
        )
        raise Blocked(Finding("no_step_to_outcome", text, {"outcome": str(outcome)}))
    return steps[0]


def _refuse_outsiders(actor: Actor, verb: str, expression: Expression) -> None:
    if not permissions.may(actor, verb, expression.call):
        raise NotAllowed(Finding("not_allowed", _("Your role here does not allow this."), {"verb": verb}))


def _reasons_needed() -> Finding:
    return Finding("reason_needed", _("Please give the reasons: they become part of the file."))

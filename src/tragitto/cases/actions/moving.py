"""Opening a case, taking it along its journey, and correcting a mistake with a second person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.agenda import actions as agenda
from tragitto.cases import permissions, queries, rules
from tragitto.cases.actions.responsibility import refuse_the_unfit
from tragitto.cases.actions.terms import set_term
from tragitto.cases.holding import locked, not_allowed, proposer_abstains, reason_needed, same_person
from tragitto.cases.models import Case, Move, Proposal
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.models import Call, Step
from tragitto.schemes.registries import EFFECTS
from tragitto.schemes.vocabulary import Outcome, StepKind


@transaction.atomic
def open_case(*, call: Call, filed_at: datetime, actor: Actor, at: datetime) -> Case:
    """Open a case under `call` by the entry of its journey and return it.

    `filed_at` is the instant from which the terms run. Raises `NotAllowed` when the actor may not open
    cases here, `Blocked` when the journey has no entry this house can take.
    """
    if not permissions.may(actor, "case.open", call):
        raise not_allowed("case.open")
    entries = Step.objects.filter(journey=call.journey_id, source__isnull=True).select_related("target")
    entry = entries.order_by("position", "pk").first()
    if entry is None or entry.awaits:
        raise Blocked(Finding("no_entry", _("The journey of this call has no entry that can be taken.")))

    case = Case.objects.create(
        code=new_code("C"),
        call=call,
        journey_id=call.journey_id,
        stage=entry.target,
        filed_at=filed_at,
        opened_at=at,
    )
    move = Move.objects.create(
        case=case,
        number=1,
        step=entry,
        target=entry.target,
        actor=actor.code,
        organisation=actor.organisation,
        happened_at=at,
    )
    _run_effects(entry, case, move, actor, at)
    record("case.opened", subject=case.code, actor=actor, at=at, facts={"call": call.code})
    return case


@transaction.atomic
def advance(*, case: Case, step: str, actor: Actor, at: datetime, reason: str = "") -> Move:
    """Take `case` along `step` and return the recorded move.

    Writes the move, the new stage and, when the stage closes the case, its outcome; ends the term of the
    stage it leaves and sets the one of the stage it enters (a term that both have runs on); then runs the
    effects the step names. Raises `Stale` when the case no longer stands where `step` begins, `NotAllowed`
    when this actor may not take it or has a conflict of interest, `Blocked` with one finding for each unmet
    condition, before the review opens and without the statement the call asks for. A correction needs a
    second person: `propose_step`, then `correct`.
    """
    case = locked(case)
    taken = queries.exit_named(step, of=case)

    if not permissions.may_take(actor, taken, case):
        raise not_allowed("case.advance")
    if taken.kind == StepKind.CORRECTION:
        text = _("A correction needs a second person: propose it, and somebody else confirms.")
        raise Blocked(Finding("needs_second_person", text))
    if taken.target.outcome != Outcome.WITHDRAWN:  # who records a withdrawal weighs nothing
        refuse_the_unfit(case=case, actor=actor, at=at)
    if unmet := _unmet(taken, case, at, reason):
        raise Blocked(unmet)

    return _move(case, taken, actor, at, reason=reason)


@transaction.atomic
def propose_step(
    *, case: Case, step: str, actor: Actor, at: datetime, reason: str = "", basis: str = ""
) -> Proposal:
    """Write down that somebody proposes `step`, for a second person to confirm; nothing moves yet.

    `basis` is the hash of what the proposal rests on. Who proposes need not be one who may take the step.
    Raises `Stale`, `NotAllowed` and `Blocked` as `advance` does for the person, and `Blocked` when the step
    needs a reason and none is given.
    """
    case = locked(case)
    proposed = queries.exit_named(step, of=case)

    if not permissions.may(actor, "case.propose", case.call):
        raise not_allowed("case.propose")
    refuse_the_unfit(case=case, actor=actor, at=at)
    if proposed.needs_reason and not reason.strip():
        raise Blocked(reason_needed())

    proposal = Proposal.objects.create(
        code=new_code("P"),
        case=case,
        step=proposed,
        after_move=case.moves_made,
        reason=reason,
        basis=basis,
        proposed_by=actor.code,
        organisation=actor.organisation,
        proposed_at=at,
    )
    facts = {"proposal": proposal.code, "step": proposed.code}
    record("case.step_proposed", subject=case.code, actor=actor, at=at, facts=facts)
    return proposal


@transaction.atomic
def correct(*, proposal: Proposal, actor: Actor, at: datetime) -> Move:
    """Confirm a proposed correction and take it: the honest form of "any stage to any stage".

    Raises `Stale` when the case has moved since, `NotAllowed` when the actor may not take the step or is
    the one who proposed it, `Blocked` when the step is no correction, its conditions are unmet, or the one
    who proposed it has a conflict of interest since.
    """
    case = locked(proposal.case)
    if proposal.after_move != case.moves_made:
        raise Stale(Finding("moved_since", _("The case has moved since this was proposed.")))
    step = queries.exit_named(proposal.step.code, of=case)

    if not permissions.may_take(actor, step, case):
        raise not_allowed("case.correct")
    if not permissions.is_second_person(actor, proposal):
        raise NotAllowed(same_person())
    refuse_the_unfit(case=case, actor=actor, at=at)
    if (case.pk, proposal.proposed_by) in queries.abstaining([case.pk]):
        raise Blocked(proposer_abstains())
    if step.kind != StepKind.CORRECTION:
        raise Blocked(Finding("no_correction", _("This step is not a correction.")))
    if unmet := _unmet(step, case, at, proposal.reason):
        raise Blocked(unmet)

    return _move(case, step, actor, at, reason=proposal.reason, seconded_by=proposal.proposed_by)


def _unmet(step: Step, case: Case, at: datetime, reason: str) -> list[Finding]:
    found = [reason_needed()] if step.needs_reason and not reason.strip() else []
    return found + queries.unmet_conditions(step, case, on=rules.local_day(at, case.call.zone))


def _move(
    case: Case, step: Step, actor: Actor, at: datetime, *, reason: str = "", seconded_by: str = ""
) -> Move:
    case.moves_made += 1
    move = Move.objects.create(
        case=case,
        number=case.moves_made,
        step=step,
        source=step.source,
        target=step.target,
        actor=actor.code,
        organisation=actor.organisation,
        seconded_by=seconded_by,
        reason=reason,
        happened_at=at,
    )
    left, case.stage, case.outcome = case.stage, step.target, step.target.outcome
    case.closed_at = at if case.outcome else None
    case.save(update_fields=["stage", "moves_made", "outcome", "closed_at"])
    if left.term != step.target.term:  # a term that both stages have runs on
        if left.term:
            agenda.meet_all(subject=case.code, kind=left.term, actor=actor, at=at)
        if step.target.term:
            set_term(case=case, term=step.target.term, since=at, actor=actor, at=at)
    _run_effects(step, case, move, actor, at)
    facts = {"step": step.code, "from": step.source and step.source.code, "to": step.target.code}
    record("case.moved", subject=case.code, actor=actor, at=at, facts=facts)
    return move


def _run_effects(step: Step, case: Case, move: Move, actor: Actor, at: datetime) -> None:
    for use in step.effects:
        entry = EFFECTS.get(use["name"])
        entry.function(case, entry.read(use.get("parameters", {})), move=move, actor=actor, at=at)

"""Deciding: reasons, findings, law rows and the call as published, under a number without gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.agenda.models import Deadline
from tragitto.cases import permissions, rules
from tragitto.cases.actions.responsibility import refuse_the_unfit
from tragitto.cases.holding import locked, not_allowed, reason_needed
from tragitto.cases.models import Case, Decision, DecisionYear
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import plain
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record


@dataclass(frozen=True)
class Grounds:
    """What a decision rests on: reasons in words, the findings as seen, references of law rows."""

    reasons: Sequence[str]
    findings: Sequence[object] = ()
    law_rows: Sequence[str] = ()
    proposed_by: str = ""


@transaction.atomic
def decide(*, case: Case, outcome: str, grounds: Grounds, actor: Actor, at: datetime) -> Decision:
    """Record a decision with its reasons, findings, law rows and the call as published (art. 3 L. 241/1990).

    Gives it the next number of the year in the zone of the call, without gaps. Moves nothing. Raises
    `NotAllowed` when the actor may not decide or has a conflict of interest, `Blocked` without a reason, in
    a closed case, and where the actor may not review yet.
    """
    case = locked(case)
    if not permissions.may(actor, "case.decide", case.call):
        raise not_allowed("case.decide")
    refuse_the_unfit(case=case, actor=actor, at=at)
    reasons = [reason.strip() for reason in grounds.reasons if reason.strip()]
    if not reasons:
        raise Blocked(reason_needed())
    if case.is_closed:
        raise Blocked(Finding("case_closed", _("This case is closed.")))

    year = rules.local_day(at, case.call.zone).year
    number = _next_number(year)
    decision = Decision.objects.create(
        code=new_code("D"),
        case=case,
        year=year,
        number=number,
        outcome=outcome,
        reasons=reasons,
        findings=plain(list(grounds.findings)),
        law_rows=sorted({*grounds.law_rows, *_rows_of_deadlines(case)}),
        call_hash=case.call.content_hash,
        after_move=case.moves_made,
        proposed_by=grounds.proposed_by,
        decided_by=actor.code,
        organisation=actor.organisation,
        decided_at=at,
    )
    facts = {"decision": decision.code, "number": number, "year": year, "outcome": str(outcome)}
    record("case.decided", subject=case.code, actor=actor, at=at, facts=facts)
    return decision


def _next_number(year: int) -> int:
    DecisionYear.objects.get_or_create(year=year)
    counter = DecisionYear.objects.select_for_update(no_key=True).get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _rows_of_deadlines(case: Case) -> set[str]:
    kept = Deadline.objects.filter(subject=case.code).values_list("law_rows", flat=True)
    return {reference for references in kept for reference in references}

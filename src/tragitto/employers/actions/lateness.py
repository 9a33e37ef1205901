"""Late filings: refused with the proof, or admitted as an exception the call names, by two people."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.cases import actions as cases
from tragitto.cases import queries as case_queries
from tragitto.employers import permissions, queries
from tragitto.employers.actions.judging import judge_answers
from tragitto.employers.actions.placing import place_again
from tragitto.employers.actions.reviewing import overrule
from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.holding import held
from tragitto.employers.models import Expression, Finding, LateAdmission, Version
from tragitto.employers.vocabulary import State
from tragitto.kernel import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes import queries as schemes
from tragitto.schemes.vocabulary import LatePolicy


@transaction.atomic
def propose_late_admission(
    *, version: Version, exception: str, reason: str, actor: Actor, at: datetime
) -> LateAdmission:
    """Propose to admit a late version on a ground the call names; a second person decides.

    Writes the proposal and nothing else; one of somebody who abstains since is taken over. Raises
    `NotAllowed`, also for whoever has a conflict of interest; `Blocked` when the version is not late, the
    case is closed, the call admits no exception or not this one, without a reason or the statement about
    conflicts that the call asks for, before the review opens, and when it was proposed before.
    """
    expression = held(version.expression_id)
    version = expression.versions.get(pk=version.pk)
    _refuse_outsiders(actor, "expression.propose_late", expression)
    cases.refuse_the_unfit(case=expression.case, actor=actor, at=at)
    if blocked := _unfit(expression, version, exception, reason):
        raise Blocked(blocked)

    said = {"exception": exception, "reason": reason.strip()}
    by_whom = {"proposed_by": actor.code, "proposed_at": at}
    admission, _new = LateAdmission.objects.update_or_create(version=version, defaults={**said, **by_whom})
    facts = {"version": version.number, "exception": exception}
    record("late_filing.proposed", subject=expression.code, actor=actor, at=at, facts=facts)
    return admission


@transaction.atomic
def decide_late_admission(
    *, admission: LateAdmission, is_admitted: bool, ground: str, actor: Actor, at: datetime
) -> LateAdmission:
    """Admit a late version as proposed by somebody else, or refuse to.

    On admission the finding of the deadline is overruled with the exception as its ground, what the office
    asked for is looked at again, and the place is found anew: by the instant that counts, as of everybody.
    Raises `NotAllowed`, also to who proposed it or has a conflict of interest; `Stale` when it was decided,
    or the version is no longer late; `Blocked` without a ground or the statement about conflicts that the
    call asks for, in a closed case, before the review opens, and when the one who proposed it abstains since.
    """
    expression = held(admission.version.expression_id)
    admission = (
        LateAdmission.objects.select_for_update(of=("self",)).select_related("version").get(pk=admission.pk)
    )
    _refuse_outsiders(actor, "expression.decide_late", expression)
    if actor.code == admission.proposed_by:
        text = _("You proposed this yourself: somebody else must decide.")
        raise NotAllowed(_why("same_person", text))
    cases.refuse_the_unfit(case=expression.case, actor=actor, at=at)
    if admission.decided_at:
        raise Stale(_why("decided", _("This was decided already.")))
    if expression.case.is_closed:
        raise Blocked(_why("case_closed", _("This case is closed.")))
    if not ground.strip():
        raise Blocked(_why("ground_needed", _("Please give the ground: it becomes part of the file.")))
    if _proposer_abstains(expression, admission):
        text = _("Who proposed this has a conflict of interest: somebody else must propose it.")
        raise Blocked(_why("proposer_abstains", text))
    late = _late_finding(admission.version)
    if late is None:
        raise Stale(_why("not_late", _("This message is not out of time, as things now stand.")))

    admission.is_admitted, admission.ground = is_admitted, ground.strip()
    admission.decided_by, admission.decided_at = actor.code, at
    admission.save(update_fields=["is_admitted", "ground", "decided_by", "decided_at"])
    facts = {"version": admission.version.number, "exception": admission.exception}
    verb = "late_filing.admitted" if is_admitted else "late_filing.refused"
    record(verb, subject=expression.code, actor=actor, at=at, facts=facts)
    if is_admitted:
        overrule(late, State.MET, ground=f"{admission.reason}\n{admission.ground}", actor=actor, at=at)
        judge_answers(expression, actor=actor, at=at)
        place_again(expression, actor=actor, at=at)
    return admission


def _unfit(expression: Expression, version: Version, exception: str, reason: str) -> list[refusals.Finding]:
    found = []
    if expression.case.is_closed:
        found.append(_why("case_closed", _("This case is closed.")))
    if _late_finding(version) is None:
        found.append(_why("not_late", _("This message is not out of time, as things now stand.")))
    filing = schemes.filing_of(expression.call)
    if filing.late != LatePolicy.NAMED_EXCEPTIONS:
        text = _("This call refuses every filing that comes too late: it names no exception.")
        found.append(_why("no_exceptions", text))
    elif exception not in {each.code for each in filing.exceptions}:
        found.append(_why("exception_unknown", _("Choose one of the exceptions that the call names.")))
    if not reason.strip():
        found.append(_why("reason_needed", _("Please give the reason: it becomes part of the file.")))
    before = LateAdmission.objects.filter(version=version).first()
    if before and (before.decided_at or not _proposer_abstains(expression, before)):
        found.append(_why("proposed_before", _("This was proposed before: it is decided once.")))
    return found


def _proposer_abstains(expression: Expression, admission: LateAdmission) -> bool:
    case = expression.case_id
    return (case, admission.proposed_by) in case_queries.abstaining([case])


def _late_finding(version: Version) -> Finding | None:
    """The finding that this version is out of time, as it now holds; None when it is not."""
    for view in queries.views([version])[version.pk]:
        if view.criterion.judge == TIMELINESS and view.state == State.UNMET:
            return view.finding
    return None


def _refuse_outsiders(actor: Actor, verb: str, expression: Expression) -> None:
    if not permissions.may(actor, verb, expression.call):
        raise NotAllowed(_why("not_allowed", _("Your role here does not allow this.")))


def _why(code: str, text: "str | Promise") -> refusals.Finding:
    return refusals.Finding(code, text)

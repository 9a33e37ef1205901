"""Who is responsible for a case, who abstains from it, and who may therefore review it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.cases import permissions, queries, rules
from tragitto.cases.holding import locked, not_allowed
from tragitto.cases.models import Case, ConflictStatement, Responsibility
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record

#: The reason that stands where nobody is responsible because who was has a conflict of interest.
ABSTAINS = "abstains"


@transaction.atomic
def assign_officer(
    *, case: Case, officer: str, actor: Actor, at: datetime, reason: str = ""
) -> Responsibility:
    """Make somebody of the actor's office responsible for the case (art. 5 L. 241/1990).

    Whoever is responsible already stays so, without a new row. Raises `NotAllowed`; `Blocked` in a closed
    case, for somebody who may not work on cases of this office, and for one who has a conflict of interest.
    """
    case = locked(case)
    if not permissions.may(actor, "case.assign", case.call):
        raise not_allowed("case.assign")
    day = rules.local_day(at, case.call.zone)
    fellows = {fellow.code for fellow in queries.fellows(actor=actor, on=day)}
    if unfit := _unfit(case, officer, fellows, queries.abstaining([case.pk])):
        raise Blocked(unfit)
    return _assign(case, officer, actor, at, reason=reason)


@transaction.atomic
def spread_cases(
    *, cases: Sequence[Case], officers: Sequence[str], actor: Actor, at: datetime, reason: str = ""
) -> dict[str, int]:
    """Give these cases evenly to these people; return how many each of them got.

    Each case goes to the one of them with the fewest open cases who has no conflict of interest in it;
    closed cases and those that everybody abstains from are left as they are. Raises `NotAllowed`; `Blocked`
    without a case, when nobody is named and when somebody may not work on cases of this office. Seven
    queries, and three for each case.
    """
    held = list(_held(cases))
    if not held:
        raise Blocked(Finding("nothing_chosen", _("Choose at least one filing.")))
    if any(not permissions.may(actor, "case.assign", call) for call in {case.call for case in held}):
        raise not_allowed("case.assign")
    fellows = queries.fellows(actor=actor, on=rules.local_day(at, held[0].call.zone))
    loads = {fellow.code: fellow.load for fellow in fellows if fellow.code in officers}
    if not officers or set(officers) - set(loads):
        raise Blocked(_nobody_of_ours())

    barred = queries.abstaining([case.pk for case in held])
    open_ones = [case for case in held if not case.is_closed]
    given = dict.fromkeys(sorted(loads), 0)
    for case, officer in rules.spread(open_ones, loads, lambda case, code: (case.pk, code) in barred):
        _assign(case, officer, actor, at, reason=reason)
        given[officer] += 1
    return given


@transaction.atomic
def state_conflict(
    *, case: Case, has_conflict: bool, actor: Actor, at: datetime, ground: str = ""
) -> ConflictStatement:
    """Write down whether the actor has a conflict of interest in the case (art. 6-bis L. 241/1990).

    The latest statement holds. Who has one abstains: where they were responsible, nobody is any more, until
    the office names another (art. 5(2)). Raises `NotAllowed`; `Blocked` in a closed case, and for a
    conflict without its ground.
    """
    case = locked(case)
    if not permissions.may(actor, "case.state_conflict", case.call):
        raise not_allowed("case.state_conflict")
    if case.is_closed:
        raise Blocked(_closed())
    if has_conflict and not ground.strip():
        text = _("Please say what the conflict of interest is: it becomes part of the file.")
        raise Blocked(Finding("ground_needed", text))

    own = case.conflict_statements.filter(officer=actor.code)
    statement = ConflictStatement.objects.create(
        case=case,
        officer=actor.code,
        number=own.count() + 1,
        has_conflict=has_conflict,
        ground=ground.strip() if has_conflict else "",
        stated_at=at,
    )
    facts = {"has_conflict": has_conflict, "number": statement.number}
    record("case.conflict_stated", subject=case.code, actor=actor, at=at, facts=facts)
    if has_conflict and queries.officers_of([case.pk]).get(case.pk) == actor.code:
        _assign(case, "", actor, at, reason=ABSTAINS)
    return statement


def refuse_the_unfit(*, case: Case, actor: Actor, at: datetime) -> None:
    """Let only those go on who may review the case now; writes nothing.

    Raises `NotAllowed` for whoever has a conflict of interest, `Blocked` before the review opens and, where
    the call asks for it, without a statement about conflicts.
    """
    unfit = queries.unfit_to_review(case=case, actor=actor, at=at)
    if conflicts := [finding for finding in unfit if finding.code == queries.CONFLICT]:
        raise NotAllowed(conflicts[0])
    if unfit:
        raise Blocked(unfit)


def _assign(case: Case, officer: str, actor: Actor, at: datetime, *, reason: str) -> Responsibility:
    before = case.responsibilities.order_by("-number").first()
    if before is not None and before.officer == officer:
        return before
    given = Responsibility.objects.create(
        case=case,
        number=before.number + 1 if before else 1,
        officer=officer,
        organisation=actor.organisation,
        reason=reason.strip(),
        given_at=at,
        given_by=actor.code,
    )
    facts = {"officer": officer, "number": given.number}
    record("case.assigned", subject=case.code, actor=actor, at=at, facts=facts)
    return given


def _held(cases: Sequence[Case]) -> Sequence[Case]:
    """These cases as they now stand, in the order given, held in the order of their keys."""
    keys = [case.pk for case in cases]
    found = Case.objects.select_for_update(of=("self",), no_key=True).select_related("call")
    by_key = {case.pk: case for case in found.filter(pk__in=keys).order_by("pk")}
    return [by_key[key] for key in dict.fromkeys(keys)]


def _unfit(case: Case, officer: str, fellows: set[str], barred: set[tuple[int, str]]) -> list[Finding]:
    if case.is_closed:
        return [_closed()]
    if officer not in fellows:
        return [_nobody_of_ours()]
    if (case.pk, officer) in barred:
        text = _("This person has stated a conflict of interest in the case: choose somebody else.")
        return [Finding(queries.CONFLICT, text)]
    return []


def _closed() -> Finding:
    return Finding("case_closed", _("This case is closed."))


def _nobody_of_ours() -> Finding:
    text = _("Choose people who work on cases of your office as officers or reviewers today.")
    return Finding("not_of_this_office", text)

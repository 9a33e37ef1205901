"""Reviews the story's first filings, as the office would have done before its day begins."""

from datetime import datetime

from tragitto.accounts import queries as people
from tragitto.accounts.models import User
from tragitto.cases import actions as cases
from tragitto.cases import queries as case_queries
from tragitto.demo.story import Story
from tragitto.employers import actions as employers
from tragitto.employers import queries
from tragitto.employers.models import Expression
from tragitto.employers.vocabulary import State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import Outcome, Phase

DOOR = "demonstration"


def acting(email: str, *, organisation: str, at: datetime) -> Actor:
    """Somebody of the story, acting for an office."""
    user = User.objects.get(email=email)
    return people.actor_for(user, on=at.date(), door=DOOR, organisation=organisation)


def review(told: Story) -> None:
    """Judge and admit the employers that the story names, each by two people; done ones are left alone."""
    wanted = told.reviewed.employers
    found = Expression.objects.filter(employer__codice_fiscale__in=wanted, case__closed_at=None)
    for expression in found.select_related("call__publisher", "case", "current").order_by("pk"):
        _admit(expression, told)


def begin(expression: Expression, actor: Actor, *, at: datetime) -> None:
    """Say that no conflict of interest exists, and take a case that has not begun into its review."""
    cases.state_conflict(case=expression.case, has_conflict=False, actor=actor, at=at)
    for step in case_queries.exits_to(case=expression.case, phase=Phase.REVIEWING)[:1]:
        if expression.case.stage.phase == Phase.APPLYING:
            cases.advance(case=expression.case, step=step.code, actor=actor, at=at)
            expression.case.refresh_from_db()


def _admit(expression: Expression, told: Story) -> None:
    at, office = told.moment(told.reviewed.at), expression.call.publisher.code
    judge = acting(told.reviewed.judged_by, organisation=office, at=at)
    confirmer = acting(told.reviewed.decided_by, organisation=office, at=at)
    begin(expression, judge, at=at)
    cases.state_conflict(case=expression.case, has_conflict=False, actor=confirmer, at=at)
    assert expression.current is not None
    employers.confirm_met(version=expression.current, actor=judge, at=at)
    for view in queries.unsettled(expression.current):
        employers.judge(
            finding=view.finding,
            verdict=Verdict.OVERRULED,
            state=State.MET,
            ground=told.reviewed.ground,
            actor=judge,
            at=at,
        )
    if expression.call.four_eyes:
        reasons = told.reviewed.reasons
        employers.propose(
            expression=expression, outcome=Outcome.ADMITTED, reasons=reasons, actor=judge, at=at
        )
    employers.admit(expression=expression, reasons=[told.reviewed.reasons], actor=confirmer, at=at)

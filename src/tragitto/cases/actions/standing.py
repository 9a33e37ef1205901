"""Terms that stand still while somebody else has to answer, and run again afterwards."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction

from tragitto.agenda import actions as agenda
from tragitto.agenda import queries as agenda_queries
from tragitto.agenda.models import Deadline, Suspension
from tragitto.cases import counting, rules
from tragitto.cases.actions.terms import set_term
from tragitto.cases.holding import locked
from tragitto.cases.models import Case
from tragitto.cases.rules import ResumeTerm, SuspendTerm
from tragitto.kernel.actors import Actor
from tragitto.law import queries as law
from tragitto.law.rules import INTERRUPTS, Length, count_term, resumed_on
from tragitto.ledger.actions import record
from tragitto.schemes.models import Step

ONE_DAY = timedelta(days=1)
log = logging.getLogger(__name__)


@transaction.atomic
def suspend_term(*, case: Case, wanted: SuspendTerm, actor: Actor, at: datetime) -> Suspension | None:
    """Let the clock of a term stand from tomorrow on, as the law in force today allows.

    None where no such term is open, where its clock stands already or has run out, and where it has stood
    as often as the law lets it (art. 2(7) L. 241/1990): the ledger then says so. A consequence of a step,
    so nobody is asked for a right. Raises what `law.queries.parameter` raises for a day no row covers.
    """
    case = locked(case)
    deadline = Deadline.objects.open().filter(subject=case.code, kind=wanted.term).first()
    if deadline is None:
        return None
    on = rules.local_day(at, case.call.zone)
    if wanted.times and _stood_often_enough(case, wanted, on):
        facts = {"term": wanted.term, "by": wanted.by, "why": "times_used_up"}
        record("case.not_suspended", subject=case.code, actor=actor, at=at, facts=facts)
        return None

    length = Length.of(law.parameter(wanted.by, on=on).row)
    # A term given to somebody moves from a holiday; the longest time our clock may stand does not.
    calendar = counting.calendar_for(on, length)
    limit = count_term(start=on, length=length, calendar=calendar, moves=bool(wanted.reply))
    return agenda.suspend(deadline=deadline, pause=_pause(wanted, on, limit.due_on), actor=actor, at=at)


@transaction.atomic
def resume_term(
    *, case: Case, wanted: ResumeTerm, happened_at: datetime, actor: Actor, at: datetime
) -> Deadline | None:
    """Let the clock of a term run again after the event of `happened_at`; None where it does not stand.

    What came after the longest time it may stand no longer holds it up; after what came in time it rests as
    long as the law parameter `rest` says. The deadline is replaced by one that counts what was left. A
    consequence of a step, so nobody is asked for a right.
    """
    case = locked(case)
    suspension = agenda_queries.open_suspension(subject=case.code, kind=wanted.term)
    if suspension is None:
        return None

    day = rules.local_day(happened_at, case.call.zone)
    row = law.parameter(wanted.rest, on=day) if wanted.rest else None
    rest = _days_of(Length.of(row.row), day) if row else 0
    ends_on = resumed_on(
        stopped_on=suspension.starts_on - ONE_DAY,
        happened_on=day,
        limit=suspension.limit_on,
        rest=rest,
    )
    return _lifted(case, suspension, ends_on, actor=actor, at=at)


@transaction.atomic
def resume_before(*, case: Case, step: Step, happened_at: datetime, actor: Actor, at: datetime) -> None:
    """Let the terms run again that `step` is about to resume, from an event earlier than the step itself.

    An answer counts from when it came, not from when somebody came to place it. Part of the caller's
    transaction, which then takes the step.
    """
    for wanted in rules.resumed_by(step.effects):
        resume_term(case=case, wanted=wanted, happened_at=happened_at, actor=actor, at=at)


@transaction.atomic
def rest_anew(*, case: Case, happened_at: datetime, actor: Actor, at: datetime) -> None:
    """Let the terms that run again after a rest rest anew: a further answer came, and the last one counts.

    Only in the stage to which the first answer led, and only for what came while it could still be sent.
    Part of taking the answer.
    """
    case = locked(case)
    latest = case.moves.select_related("step").order_by("-number")[0]
    open_ones = Deadline.objects.open().filter(subject=case.code)
    day = rules.local_day(happened_at, case.call.zone)
    if not open_ones.filter(kind=case.stage.term, due_on__gte=day).exists():
        return
    for wanted in rules.resumed_by(latest.step.effects):
        deadline = open_ones.filter(kind=wanted.term).first()
        stood = agenda_queries.stops_of(subject=case.code, kind=wanted.term)
        if not (wanted.rest and deadline and stood and stood[-1].ends_on):
            continue
        row = law.parameter(wanted.rest, on=day)
        runs_on = day + ONE_DAY * (1 + _days_of(Length.of(row.row), day))
        # No day counts twice: it stands on from where it would have run again.
        stopped_on = max(day, stood[-1].ends_on - ONE_DAY)
        if stopped_on + ONE_DAY >= runs_on:
            continue
        last = stood[-1]
        pause = agenda.Pause(last.kind, stopped_on, runs_on - ONE_DAY, last.law_rows, last.interrupts)
        if stands := agenda.suspend(deadline=deadline, pause=pause, actor=actor, at=at):
            _lifted(case, stands, runs_on, actor=actor, at=at)


@transaction.atomic
def run_from(*, case: Case, since: datetime, actor: Actor, at: datetime) -> Deadline | None:
    """Let the term of the stage run from `since`, when the letter that sets it running arrived.

    A term of ours that stands as long as that one runs stands on with it; where it ran again meanwhile,
    since the letter was long on its way, it stands anew. None where the term is over, or runs from that day
    already: it never moves to an earlier day. A consequence of a proof, so nobody is asked for a right.
    """
    case = locked(case)
    term = case.stage.term
    running = Deadline.objects.open().filter(subject=case.code, kind=term).first() if term else None
    if running is None or rules.local_day(since, case.call.zone) <= running.starts_on:
        return None

    deadline = set_term(case=case, term=term, since=since, actor=actor, at=at, why="delivered")
    latest = case.moves.select_related("step").order_by("-number")[0]
    for wanted in rules.suspended_by(latest.step.effects):
        if wanted.reply == term:
            _stand_with(case, wanted, deadline, actor, at)
    return deadline


def resume_over_limit(*, actor: Actor, at: datetime) -> int:
    """Let every clock run again that has stood as long as it may; return how many.

    Nobody has to do anything for it: the law itself lets them run (arts. 2(7), 10-bis L. 241/1990). Each
    case on its own: one that fails is logged, stops no other, and is tried again the next time.
    """
    subjects = {each.deadline.subject for each in agenda_queries.over_limit(on=at.date())}
    lifted = 0
    for subject in sorted(subjects):
        try:
            lifted += _resume_over_limit(subject, actor, at)
        except Exception as error:
            log.error("terms of %s could not run again: %s", subject, type(error).__name__)
    return lifted


@transaction.atomic
def _resume_over_limit(subject: str, actor: Actor, at: datetime) -> int:
    known = Case.objects.filter(code=subject).first()
    if known is None:
        return 0
    case = locked(known)
    today = rules.local_day(at, case.call.zone)
    over = agenda_queries.over_limit(on=today).filter(deadline__subject=subject)
    lifted = [_lifted(case, each, each.limit_on + ONE_DAY, actor=actor, at=at) for each in over]
    return len(lifted)


def _stand_with(case: Case, wanted: SuspendTerm, reply: Deadline, actor: Actor, at: datetime) -> None:
    """Let the clock of a term stand until `reply` is over, anew where it ran again in between."""
    if stands := agenda_queries.open_suspension(subject=case.code, kind=wanted.term):
        agenda.move_limit(suspension=stands, limit_on=reply.due_on, actor=actor, at=at)
        return
    deadline = Deadline.objects.open().filter(subject=case.code, kind=wanted.term).first()
    stood = agenda_queries.stops_of(subject=case.code, kind=wanted.term)
    until = [each.ends_on - ONE_DAY for each in stood if each.ends_on]
    on = max([reply.starts_on, *until])  # no day counts twice
    if deadline and on < reply.due_on:
        agenda.suspend(deadline=deadline, pause=_pause(wanted, on, reply.due_on), actor=actor, at=at)


def _pause(wanted: SuspendTerm, on: date, limit_on: date) -> agenda.Pause:
    row = law.parameter(wanted.by, on=on)
    effect = law.parameter(wanted.effect, on=on) if wanted.effect else None
    return agenda.Pause(
        kind=wanted.by,
        stopped_on=on,
        limit_on=limit_on,
        law_rows=[row.reference, *([effect.reference] if effect else [])],
        interrupts=effect is not None and effect.row.value == INTERRUPTS,
    )


def _lifted(case: Case, suspension: Suspension, ends_on: date, *, actor: Actor, at: datetime) -> Deadline:
    term = suspension.deadline.kind
    stop = counting.stop_of(suspension, ends_on)
    due = counting.due(case, term, suspension.deadline.starts_on, [stop])
    rows = tuple(dict.fromkeys([*due.law_rows, *suspension.law_rows]))
    due = agenda.Due(starts_on=due.starts_on, term=due.term, law_rows=rows)
    return agenda.lift(suspension=suspension, ends_on=ends_on, due=due, actor=actor, at=at)


def _stood_often_enough(case: Case, wanted: SuspendTerm, on: date) -> bool:
    most = law.parameter(wanted.times, on=on).row.value
    stood = agenda_queries.times_stopped(subject=case.code, kind=wanted.term, by=wanted.by)
    return isinstance(most, int) and stood >= most


def _days_of(length: Length, day: date) -> int:
    calendar = counting.calendar_for(day, length)
    return (count_term(start=day, length=length, calendar=calendar, moves=False).due_on - day).days

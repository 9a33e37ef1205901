"""Consequences that journeys may attach to a step."""

from datetime import datetime

import msgspec

from tragitto.agenda import actions as agenda
from tragitto.cases.actions import resume_term, set_term, suspend_term
from tragitto.cases.models import Case, Move
from tragitto.cases.rules import (
    RESUME_TERM,
    START_TERM,
    SUSPEND_TERM,
    ResumeTerm,
    Since,
    StartTerm,
    SuspendTerm,
)
from tragitto.kernel.actors import Actor
from tragitto.kernel.registries import NoParameters
from tragitto.schemes.registries import EFFECTS


class MeetTerm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The law parameter of the term that is met."""

    term: str


@EFFECTS.register(START_TERM, needs=StartTerm)
def start_term(case: Case, wanted: StartTerm, *, move: Move, actor: Actor, at: datetime) -> None:
    """Set the deadline that this law parameter gives, as in force on the day that sets it running.

    The day of the filing in the zone of the call (art. 2(6) L. 241/1990), or the day of the step; the end
    is counted by art. 2963 c.c. A day that no row covers raises: there is no silent default.
    """
    since = case.filed_at if wanted.since is Since.FILING else at
    set_term(case=case, term=wanted.term, since=since, actor=actor, at=at)


@EFFECTS.register(SUSPEND_TERM, needs=SuspendTerm)
def let_stand(case: Case, wanted: SuspendTerm, *, move: Move, actor: Actor, at: datetime) -> None:
    """Let the clock of the open deadline of this law parameter stand, as the law allows."""
    suspend_term(case=case, wanted=wanted, actor=actor, at=at)


@EFFECTS.register(RESUME_TERM, needs=ResumeTerm)
def let_run(case: Case, wanted: ResumeTerm, *, move: Move, actor: Actor, at: datetime) -> None:
    """Let it run again, after the rest that the law leaves; what was left of the term is counted anew."""
    resume_term(case=case, wanted=wanted, happened_at=at, actor=actor, at=at)


@EFFECTS.register("meet_term", needs=MeetTerm)
def meet_term(case: Case, wanted: MeetTerm, *, move: Move, actor: Actor, at: datetime) -> None:
    """Close the open deadline of this law parameter: what was due has happened."""
    agenda.meet_all(subject=case.code, kind=wanted.term, actor=actor, at=at)


@EFFECTS.register("close_case")
def close_case(case: Case, wanted: NoParameters, *, move: Move, actor: Actor, at: datetime) -> None:
    """Close every deadline of the case that is still open; the stage itself has closed the case."""
    agenda.meet_all(subject=case.code, actor=actor, at=at)

"""What a round waits for, as tasks on the agenda of the desk: set, and done, by how the round stands."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.agenda import actions as agenda
from tragitto.agenda import queries as tasks
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, NotAllowed, Refusal
from tragitto.schemes.models import Duty
from tragitto.schemes.vocabulary import DutyKind
from tragitto.selection.holding import held
from tragitto.selection.models import Round
from tragitto.selection.queries import missing
from tragitto.selection.queries.matches import confirmed_match, has_changed
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import ToDo

log = logging.getLogger(__name__)


def keep_all(*, actor: Actor, at: datetime) -> int:
    """Keep the tasks of every round that is not over, or whose tasks are still open; of how many rounds.

    Each round in a transaction of its own; one that cannot be kept is written in the log.
    For the house alone: raises `NotAllowed`.
    """
    if not actor.is_system:
        raise NotAllowed(Finding("not_the_house", _("Only the house itself does this.")))
    open_tasks = tasks.tasks(actor=actor).filter(kind__in=[str(each) for each in ToDo])
    codes = {waits.code for waits in missing.rounds_that_wait()} | {task.subject for task in open_tasks}
    done = 0
    for each in Round.objects.filter(code__in=codes).order_by("pk"):
        try:
            keep_to_do(round=each, actor=actor, at=at)
            done += 1
        except Refusal as refused:
            log.error("tasks of round %s were not kept: %s", each.code, refused.findings[0].code)
    return done


@transaction.atomic
def keep_to_do(*, round: Round, actor: Actor, at: datetime) -> None:
    """Set the tasks that the round needs and has not, and end those that it needs no longer.

    Whatever `actor` did, the house keeps them: who made the match anew need not be of the office that holds
    the task. Part of the caller's transaction, if it has one.
    """
    found, house = held(round), Actor.system("task")
    due = _wanted(found, at) if found.is_open else {}
    for kind in ToDo:
        task = tasks.open_task(actor=house, subject=found.code, kind=kind)
        # A term to rank that was given anew is a new task: the old one would stand there as late.
        is_old = task is not None and kind == ToDo.RANKINGS and due.get(kind) not in {None, task.due_at}
        if task is not None and (kind not in due or is_old):
            agenda.do_task(subject=found.code, kind=kind, actor=house, at=at)
        if kind in due and (task is None or is_old):
            _set(found, kind, due[kind], house, at)


def _wanted(round: Round, at: datetime) -> dict[ToDo, datetime]:
    """What the round waits for, and by when it should be there."""
    found: dict[ToDo, datetime] = {}
    if round.rank_by is not None and not missing.is_matched(round) and missing.not_sent(round, at=at):
        found[ToDo.RANKINGS] = round.rank_by
    confirmed = confirmed_match(round)
    if confirmed is not None and has_changed(round, confirmed):
        found[ToDo.MATCH_ANEW] = at + timedelta(days=max(1, rules_of(round).remind_days))
    terms = [missing.offer_due_at(each) for each in missing.without_offer(round)]
    over = sorted(each for each in terms if each is not None and each <= at)
    if over:
        found[ToDo.OFFERS] = over[0]
    return found


def _set(round: Round, kind: ToDo, due_at: datetime, house: Actor, at: datetime) -> None:
    desk = Duty.objects.filter(
        scheme=round.scheme_id,
        duty__in=[DutyKind.PROPOSES_CANDIDATES, DutyKind.COORDINATES],
        organisation__isnull=False,
    )
    # Who proposes people, and where nobody here does, who coordinates.
    duty = desk.select_related("organisation").order_by("-duty", "pk").first()
    if duty is not None and duty.organisation is not None:
        doing = agenda.Doing(due_at)
        agenda.set_task(
            subject=round.code, kind=kind, holder=duty.organisation, doing=doing, actor=house, at=at
        )

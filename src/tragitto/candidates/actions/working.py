"""Long work in the background: ordered, begun, moved on, ended, cancelled, and its files forgotten."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from psycopg import Cursor

from tragitto.accounts.queries import organisation_named
from tragitto.candidates.models import Work
from tragitto.candidates.vocabulary import WorkKind, WorkState
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Finding, NotAllowed, Stale
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of

WORKING, QUEUE = "candidates.work", "roster"
_UNDER_WAY = (WorkState.WAITING, WorkState.RUNNING)


@transaction.atomic
def order(
    *,
    scheme: Scheme,
    kind: WorkKind,
    parameters: Mapping[str, Any],
    total: int,
    actor: Actor,
    at: datetime,
) -> Work:
    """Write down long work for the actor's organisation and have it done once this has committed.

    Part of the verb that orders it, which has asked whether the actor may.
    """
    work = Work.objects.create(
        code=new_code("W"),
        scheme=scheme,
        organisation=organisation_named(actor.organisation),
        kind=kind,
        state=WorkState.WAITING,
        parameters=dict(parameters),
        total=total,
        ordered_at=at,
        ordered_by=actor.code,
        forget_at=_kept_until(scheme, at),
    )
    app.configure_task(WORKING, queue=QUEUE, lock=work.code).defer(code=work.code)
    return work


@transaction.atomic
def begin(*, code: str, actor: Actor, at: datetime) -> Work | None:
    """The work of this code, running from now on; None when it has ended or was cancelled.

    What a killed worker left running is begun again, and goes on where it stood.
    """
    work = _held(code)
    if work is None or work.state not in _UNDER_WAY:
        return None
    work.state = WorkState.RUNNING
    work.save(update_fields=["state"])
    return work


@transaction.atomic
def move_on(*, work: Work, done: int, cursor: int, actor: Actor, at: datetime) -> bool:
    """Write down how far `work` has come; False when it was cancelled meanwhile and should stop."""
    running = Work.objects.filter(pk=work.pk, state=WorkState.RUNNING)
    return bool(running.update(done=done, cursor=cursor))


@transaction.atomic
def finish(
    *,
    work: Work,
    outcome: Mapping[str, Any],
    name: str = "",
    content: bytes | None = None,
    actor: Actor,
    at: datetime,
) -> bool:
    """End `work` with its outcome, and with a file where it made one; False when it was cancelled."""
    held = _held(work.code)
    if held is None or held.state != WorkState.RUNNING:
        return False
    held.state, held.outcome, held.done = WorkState.DONE, dict(outcome), held.total
    held.name, held.size = name, len(content or b"")
    held.ended_at, held.forget_at = at, _kept_until(held.scheme, at)
    held.save(update_fields=["state", "outcome", "done", "name", "size", "ended_at", "forget_at"])
    if content is not None:
        _keep(held, content)
    return True


@transaction.atomic
def fail(*, work: Work, problem: str, actor: Actor, at: datetime) -> None:
    """End `work` with the code of the problem that stopped it."""
    under_way = Work.objects.filter(pk=work.pk, state__in=_UNDER_WAY)
    under_way.update(state=WorkState.FAILED, problem=problem, ended_at=at)


@transaction.atomic
def cancel(*, work: Work, actor: Actor, at: datetime) -> None:
    """Stop `work`: what it has done stays done, the rest is left as it is.

    Raises `NotAllowed` for anybody but who ordered it, `Stale` when it has ended.
    """
    held = _held(work.code)
    if held is None or (held.ordered_by, held.organisation.code) != (actor.code, actor.organisation):
        said = _("This work is not yours: ask who ordered it to cancel it.")
        raise NotAllowed(Finding("work_not_yours", said))
    if held.state not in _UNDER_WAY:
        raise Stale(Finding("work_has_ended", _("This work has ended meanwhile: see how it ended.")))
    held.state, held.ended_at = WorkState.CANCELLED, at
    held.save(update_fields=["state", "ended_at"])


@transaction.atomic
def forget(*, actor: Actor, at: datetime) -> int:
    """Forget the files and the people of work that is old enough; how many there were. Safe to do again."""
    old = Work.objects.filter(forget_at__lte=at).exclude(state__in=_UNDER_WAY)
    return old.update(content=None, size=0, parameters={}, forget_at=None)


def _keep(work: Work, content: bytes) -> None:
    """Write the file as the bytes it is: as a part of the statement it would stand in memory five times."""
    with Cursor(connection.connection) as cursor:
        cursor.execute("UPDATE candidate_work SET content = %s WHERE id = %s", [content, work.pk])


def _kept_until(scheme: Scheme, at: datetime) -> datetime:
    return at + timedelta(days=roster_of(scheme).keeping.export_days)


def _held(code: str) -> Work | None:
    whole = Work.objects.defer("content").select_related("organisation", "scheme")
    return whole.select_for_update(of=("self",), no_key=True).filter(code=code).first()

"""Background work: what was ordered at the desk, done kind by kind, and forgotten after days."""

import logging
from collections.abc import Callable, Mapping

from procrastinate.contrib.django import app

from tragitto.candidates.actions import bulk, comparing, exporting, indexing, working
from tragitto.candidates.vocabulary import WorkKind
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

log = logging.getLogger(__name__)
#: Each takes the work that has begun, and the house with the moment.
DONE_BY: Mapping[str, Callable[..., None]] = {
    WorkKind.EXPORT: exporting.make_export,
    WorkKind.BULK: bulk.carry_out,
    WorkKind.DUPLICATES: comparing.carry_out,
}
#: Rows put together anew in one night: the rest follows in the next.
_MENDED = 50_000


@app.task(name=working.WORKING, queue=working.QUEUE)
def do_work(code: str) -> None:
    """Do what was ordered; what breaks is noted for whoever ordered it, who may order it again."""
    house = Actor.system("task")
    work = working.begin(code=code, actor=house, at=clock.now())
    if work is None:
        return
    try:
        DONE_BY[work.kind](work=work, actor=house, at=clock.now())
    except Exception as error:
        log.error("work %s could not be done: %s", code, type(error).__name__)
        working.fail(work=work, problem="broken", actor=house, at=clock.now())


@app.periodic(cron="47 3 * * *")
@app.task(name="candidates.forget_work", queue="look-out", queueing_lock="candidates.forget_work")
def forget_work(timestamp: int) -> None:
    """Forget the files of old exports, every night."""
    working.forget(actor=Actor.system("task"), at=clock.now())


@app.periodic(cron="27 2 * * *")
@app.task(name="candidates.mend_index", queue="look-out", queueing_lock="candidates.mend_index")
def mend_index(timestamp: int) -> None:
    """Put together anew what is searched of people where it is missing or old, every night."""
    indexing.mend(limit=_MENDED, actor=Actor.system("task"), at=clock.now())

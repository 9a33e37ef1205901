"""Nothing is lost when nobody answers: what is overdue rises until somebody does something about it."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.agenda import actions as agenda
from tragitto.agenda import queries as tasks
from tragitto.agenda.models import Task
from tragitto.employers.actions import enquiring_mail as mail
from tragitto.employers.actions.enquiring_terms import told_next_at
from tragitto.employers.models import Enquiry
from tragitto.employers.queries import enquiries as queries
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale


def escalate_overdue(*, actor: Actor, at: datetime) -> list[str]:
    """Raise every request whose enterprise was not called back in time; return their codes.

    A request rises once for each number of working days its call names, and the administrators of the
    office are written to each time. One that fails (no calendar for the year) does not hold up the others.
    For the house alone: raises `NotAllowed`.
    """
    if not actor.is_system:
        raise NotAllowed(Finding("not_the_house", _("Only the house itself does this.")))
    late = list(tasks.late_tasks(actor=actor, kind=queries.CALL_BACK, before=at))
    enquiries = Enquiry.objects.filter(code__in=[task.subject for task in late]).select_related("call")
    known = {enquiry.code: enquiry for enquiry in enquiries.order_by("pk")}
    risen = []
    for task in late:
        with suppress(Stale, Blocked):
            if _rises(known[task.subject], task, actor=actor, at=at):
                risen.append(task.subject)
    return risen


@transaction.atomic
def _rises(enquiry: Enquiry, task: Task, *, actor: Actor, at: datetime) -> bool:
    if told_next_at(enquiry, due_at=task.due_at, level=task.level) > at:
        return False
    agenda.escalate_task(task=task, actor=actor, at=at)
    # Levels begin anew when the task is set anew: the moment tells one rise from another.
    mail.tell(enquiry.code, mail.OVERDUE, int(at.timestamp()))
    return True

"""Taking back the consent to have a case handed over: nobody hands it over any more, and packages go back."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.queries import organisation_named
from tragitto.agenda import actions as agenda
from tragitto.cases import queries, rules
from tragitto.cases.holding import locked
from tragitto.cases.models import Case, ConsentWithdrawal
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record
from tragitto.records.models import Message

LAST_SECOND = time(23, 59, 59)


@transaction.atomic
def withdraw_consent(
    *, case: Case, withdrawn_at: datetime, message: Message | None = None, actor: Actor, at: datetime
) -> ConsentWithdrawal:
    """Write down that the consent to hand `case` over was withdrawn, and by which message, if by one.

    Each office whose package still holds the case on that consent is given the task to recall it, today. The
    same withdrawal twice is one. Called by the rooms that know who speaks for the employer; they have asked
    whether the actor may. Raises `Blocked` for a moment still to come.
    """
    case = locked(case)
    if earlier := case.consent_withdrawals.filter(withdrawn_at=withdrawn_at).first():
        return earlier
    if withdrawn_at > at:
        raise Blocked(Finding("withdrawal_ahead", _("A withdrawal is recorded after it was made.")))

    made = ConsentWithdrawal.objects.create(
        case=case, withdrawn_at=withdrawn_at, message=message, recorded_by=actor.code, recorded_at=at
    )
    facts = {"withdrawn_at": withdrawn_at, "message": message.code if message else ""}
    record("case.consent_withdrawn", subject=case.code, actor=actor, at=at, facts=facts)
    zone = ZoneInfo(case.call.zone)
    tonight = datetime.combine(rules.local_day(at, case.call.zone), LAST_SECOND, zone)
    for held in queries.held_without_consent(case):
        agenda.set_task(
            subject=held.code,
            kind=queries.RECALL,
            holder=organisation_named(held.made_for),
            doing=agenda.Doing(due_at=tonight, assignee=held.made_by),
            actor=actor,
            at=at,
        )
    return made

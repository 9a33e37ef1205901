"""When somebody can: said for themselves by a person, a firm or an interpreter; said again it replaces."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import Candidate
from tragitto.employers.models import Employer
from tragitto.employers.queries.representing import employers_of
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.selection.models import Availability, Interpreter, Meeting, MeetingDay
from tragitto.selection.models.meetings import TAKES_TIME
from tragitto.selection.queries.meetings import days_of_firms, own_days, slots_of
from tragitto.selection.vocabulary import Party

#: As whom an interpreter acts who came by the link to their own page.
INTERPRETER = "interpreter"


@transaction.atomic
def say(
    *,
    day: MeetingDay,
    who: Candidate | Employer | Interpreter,
    cannot: Collection[datetime],
    interpreted_from: str = "",
    actor: Actor,
    at: datetime,
) -> Availability:
    """Write down the slots of the day in which `who` cannot. Meetings that stand already stay.

    By the person, by whoever acts for the firm, by the interpreter (an actor of that code). Raises
    `NotAllowed`; `Blocked` after the term, for a moment at which no slot begins, for no slot left, and for
    an hour at which they have a meeting.
    """
    party = _party(day, who, actor, at)
    now = MeetingDay.objects.select_related("round__rules").get(pk=day.pk)
    if now.answer_by is None or at > now.answer_by:
        text = _("The time to say when you can is over: write to who organises the meetings.")
        raise Blocked(Finding("answer_over", text))
    begins = {each.begins_at for each in slots_of(now)}
    if not set(cannot) <= begins:
        raise Blocked(Finding("no_such_slot", _("Choose hours from the list.")))
    if set(cannot) == begins:
        text = _("You cannot at any hour of this day. If so, tell who organises the meetings, or cancel.")
        raise Blocked(Finding("no_slot_left", text))
    of: dict[str, Any] = {str(party): who}
    if Meeting.objects.filter(TAKES_TIME, **of, day=now, starts_at__in=list(cannot)).exists():
        text = _("You have a meeting at one of these hours: change it, or write to who organises it.")
        raise Blocked(Finding("meeting_stands", text))
    said, _is_new = Availability.objects.update_or_create(
        day=now,
        **of,
        defaults={
            "party": party,
            "cannot": sorted(cannot),
            "interpreted_from": interpreted_from if party == Party.CANDIDATE else "",
            "answered_at": at,
            "answered_by": actor.code,
        },
    )
    record("availability.said", subject=now.code, actor=actor, at=at, facts={"party": str(party)})
    return said


def _party(day: MeetingDay, who: Candidate | Employer | Interpreter, actor: Actor, at: datetime) -> Party:
    """As what `who` answers; raises `NotAllowed` where `actor` may not answer for them, or was not asked."""
    match who:
        case Candidate():
            is_right = (
                bool(who.account) and who.account == actor.code and own_days(who).filter(pk=day.pk).exists()
            )
            party = Party.CANDIDATE
        case Employer():
            acts = employers_of(actor=actor, on=timezone.localdate(at)).filter(pk=who.pk)
            is_right = acts.exists() and days_of_firms([who.code]).filter(pk=day.pk).exists()
            party = Party.EMPLOYER
        case Interpreter():
            is_right = actor.has(INTERPRETER) and actor.code == who.code and who.round_id == day.round_id
            party = Party.INTERPRETER
    if not is_right:
        raise NotAllowed(Finding("not_asked", _("You were not asked about this day.")))
    return party

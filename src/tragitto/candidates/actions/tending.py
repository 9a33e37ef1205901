"""What each morning does about registrations: asks whether people are interested, and ends what is over."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from tragitto.candidates.actions.confirming import told
from tragitto.candidates.actions.standing import moved
from tragitto.candidates.holding import held
from tragitto.candidates.models import Candidate, Confirmation
from tragitto.candidates.queries.asking import asked
from tragitto.candidates.queries.standing import open_confirmation
from tragitto.candidates.rules.asking import Act, act, points
from tragitto.candidates.words.asking import Occasion
from tragitto.kernel.actors import Actor
from tragitto.schemes.pack import ValiditySpec
from tragitto.schemes.queries import roster_of, schemes_with_roster
from tragitto.schemes.vocabulary import ReasonGiver, ReasonUse, RosterStatus

_SILENT, _OVER = (ReasonUse.UNCONFIRMED, Occasion.SILENCE), (ReasonUse.WAITED_OUT, Occasion.END)


def tend(*, actor: Actor, at: datetime) -> int:
    """Ask, remind and let lapse as the clock of each roster says; how many people something was done about.

    Each person in a transaction of their own, looked at again under their lock: what was done before this
    was ended stands, and the next time goes on with the rest. A second time on the same day does nothing.
    Not for use inside a transaction.
    """
    done, on = 0, timezone.localdate(at)
    for scheme in schemes_with_roster():
        validity = roster_of(scheme).validity
        due = _due(Candidate.objects.filter(scheme=scheme), validity, on)
        for pk in list(due.order_by("pk").values_list("pk", flat=True)):
            done += _attended(pk, validity, actor=actor, at=at)
    return done


@transaction.atomic
def _attended(pk: int, validity: ValiditySpec, *, actor: Actor, at: datetime) -> bool:
    person, on = held(Candidate(pk=pk)), timezone.localdate(at)
    question = open_confirmation(person)
    wanted = act(
        person.status,
        valid_until=person.valid_until,
        confirm_by=person.confirm_by,
        asked=asked(question) if question else None,
        validity=validity,
        on=on,
    )
    if wanted is None:
        return False
    if wanted == Act.ASK:
        return told(person, Occasion.QUESTION, actor=actor, at=at) is not None
    use, occasion = _OVER if wanted == Act.END else _SILENT
    moved(person, use, ReasonGiver.SYSTEM, actor=actor, at=at)
    told(person, occasion, actor=actor, at=at)
    return True


def _due(people: QuerySet[Candidate], validity: ValiditySpec, on: date) -> QuerySet[Candidate]:
    """Those about whom something may be due; one query, and none of the others."""
    open_ones = Confirmation.objects.filter(candidate=OuterRef("pk"), answered_at=None, closed_at=None)
    messages = Coalesce(Subquery(open_ones.values("reminded")[:1]), 0, output_field=IntegerField())
    is_due = Q(confirm_by__lt=on - timedelta(days=validity.grace_days))
    for number, point in enumerate(points(validity), start=1):
        is_due |= Q(confirm_by__lte=on + timedelta(days=point), messages__lt=number)
    is_waiting = Q(status=RosterStatus.ACTIVE) & is_due
    ends = Q(status__in=[RosterStatus.ACTIVE, RosterStatus.PAUSED], valid_until__lt=on)
    return people.annotate(messages=messages).filter(is_waiting | ends)

"""Telling people that others registered them, and how they take their registration over (GDPR, art. 14)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tragitto.accounts.actions import text as send_by_text
from tragitto.accounts.actions.reaching import can_text, mobile_of
from tragitto.candidates.actions.telling import tell
from tragitto.candidates.models import Candidate, Registration
from tragitto.candidates.vocabulary import ENDED
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked
from tragitto.kernel.texts import in_language
from tragitto.ledger.actions import record
from tragitto.schemes.queries import roster_of, schemes_with_roster

#: The job that tells whoever has not been told; one at a time.
TELLING, QUEUE = "candidates.tell_registered", "post"
_SUBJECT = _("You were put on a roster for work in Italy")
_TEXT = _(
    "%(organisation)s has put you on the roster “%(roster)s”. Read what it says of you, correct it or"
    " withdraw: sign in here with this number or address. It costs nothing; never pay anyone. %(address)s"
)


def defer_telling() -> None:
    """Have everybody told who has not been, once this transaction has committed."""
    try:
        with transaction.atomic():
            app.configure_task(TELLING, queue=QUEUE, queueing_lock=TELLING, lock=TELLING).defer()
    except AlreadyEnqueued:
        pass  # the job that waits will find these people too


def tell_registered(*, actor: Actor, at: datetime) -> int:
    """Tell whoever was registered by others and has not been told yet, each in a transaction of their own.

    By e-mail, or by text message: this one message the law asks for, whatever was consented to. Whoever
    cannot be reached is tried again every night for the roster's `telling_days`. Returns how many were told.
    """
    waiting = Registration.objects.filter(told_at=None, ended_at=None, candidate__account="")
    found: list[int] = []
    for scheme in schemes_with_roster():
        since = at - timedelta(days=roster_of(scheme).keeping.telling_days)
        theirs = waiting.filter(candidate__scheme=scheme, registered_at__gt=since)
        found += theirs.exclude(candidate__status__in=ENDED).values_list("pk", flat=True)
    return sum(_tell(pk, actor=actor, at=at) for pk in found)


@transaction.atomic
def _tell(pk: int, *, actor: Actor, at: datetime) -> bool:
    whole = Registration.objects.select_related("candidate__identity", "candidate__scheme", "organisation")
    held = whole.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if held.told_at is not None:
        return False
    roster = roster_of(held.candidate.scheme_id)
    with translation.override(held.candidate.language):
        said = str(_TEXT) % {
            "organisation": held.organisation.name,
            "roster": in_language(roster.title, held.candidate.language),
            "address": f"{settings.ADDRESS}/roster/{held.candidate.scheme.code}/",
        }
        key = f"registered {held.candidate.code} {held.organisation.code}"
        way = tell(candidate=held.candidate, subject=_SUBJECT, text=said, key=key, actor=actor, at=at)
    if not (way or _text(held.candidate, said, key, actor=actor, at=at)):
        return False

    held.told_at = at
    held.save(update_fields=["told_at"])
    return True


def _text(candidate: Candidate, said: str, key: str, *, actor: Actor, at: datetime) -> bool:
    """Send the one text message that needs no consent, where it can be sent."""
    if not can_text() or not candidate.identity.phone:
        return False
    try:
        number = mobile_of(candidate.identity.phone)
    except Blocked:
        return False
    send_by_text(number=number, text=said, key=key, actor=actor, at=at)
    record("candidate.told", subject=candidate.code, actor=actor, at=at, facts={"way": "text", "key": key})
    return True

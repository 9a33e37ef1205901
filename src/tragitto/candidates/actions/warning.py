"""Telling people in time that a document of theirs runs out."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tragitto.candidates.actions.telling import tell
from tragitto.candidates.holding import held
from tragitto.candidates.models import IdentityDocument
from tragitto.candidates.rules.documents import warned_at
from tragitto.candidates.vocabulary import ENDED
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import RosterSpec
from tragitto.schemes.queries import roster_of, schemes_with_roster
from tragitto.schemes.vocabulary import IdentityKind, RosterStatus

_LEFT_ALONE = (*ENDED, RosterStatus.REGISTERING)


def warn(*, actor: Actor, at: datetime) -> int:
    """Tell people whose documents run out, as often and as early as each roster says; how many documents.

    Once for each of the roster's days before the expiry, and once when it is over; who can be reached in no
    way is on the office's list all the same. Each in a transaction of its own, so that what was told before
    this was ended stands; a second time on the same day tells nobody. Not for use inside a transaction.
    """
    on, warned = timezone.localdate(at), 0
    for scheme in schemes_with_roster():
        spec = roster_of(scheme)
        for pk in list(_due(scheme, spec, on).order_by("pk").values_list("pk", flat=True)):
            warned += _warned(pk, spec, actor=actor, at=at)
    return warned


def _due(scheme: Scheme, spec: RosterSpec, on: date) -> QuerySet[IdentityDocument]:
    """The documents of which something is to be told; one query, and none of the others."""
    is_due = Q(pk__in=[])
    for rule in spec.identities:
        for days in (*rule.warn_days, -1):
            is_reached = Q(kind=rule.kind, expires_on__lte=on + timedelta(days=days))
            is_due |= is_reached & (Q(warned_days=None) | Q(warned_days__gt=max(days, 0)))
    current = IdentityDocument.objects.filter(is_due, superseded_at=None, candidate__scheme=scheme)
    return current.exclude(candidate__status__in=_LEFT_ALONE)


@transaction.atomic
def _warned(pk: int, spec: RosterSpec, *, actor: Actor, at: datetime) -> bool:
    document = IdentityDocument.objects.select_related("candidate").get(pk=pk)
    candidate, on = held(document.candidate), timezone.localdate(at)
    document.refresh_from_db()
    rule = spec.identity(document.kind)
    is_gone = document.superseded_at is not None or candidate.status in _LEFT_ALONE
    if is_gone or rule is None or document.expires_on is None:
        return False
    days = warned_at(document.expires_on, rule.warn_days, on)
    if days is None or (document.warned_days is not None and document.warned_days <= days):
        return False

    document.warned_days = days
    document.save(update_fields=["warned_days"])
    subject, text = _words(document, spec, candidate.language, candidate.scheme.code)
    key = f"document {document.code} {days}"
    tell(candidate=candidate, subject=subject, text=text, key=key, actor=actor, at=at)
    return True


def _words(document: IdentityDocument, spec: RosterSpec, language: str, scheme: str) -> tuple[str, str]:
    rule = spec.identity(IdentityKind(document.kind))
    assert rule is not None
    assert document.expires_on is not None
    with translation.override(language):
        said = (
            _("{roster}: your document ({document}) expired on {day}. Add the new one here: {link}")
            if document.warned_days == 0
            else _("{roster}: your document ({document}) expires on {day}. Add the new one here: {link}")
        )
        text = said.format(
            roster=in_language(spec.title, language),
            document=in_language(rule.title, language),
            day=date_format(document.expires_on, "j F Y"),
            link=f"{settings.ADDRESS}/portal/roster/{scheme}/document/",
        )
        return _("Your document runs out"), text

"""Leaving those who registered a person: from then on they read and change nothing of theirs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.actions import indexing
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, NotAllowed
from tragitto.ledger.actions import record


@transaction.atomic
def leave_registrar(*, candidate: Candidate, organisation: str, actor: Actor, at: datetime) -> None:
    """End what the organisation of this code registered of the person, who keeps all of it, and their place.

    Where it registered nothing, or that has ended, nothing happens. Raises `NotAllowed` for anybody but the
    person.
    """
    candidate = held_unmerged(candidate)
    if not permissions.may(actor, "candidate.leave_registrar", candidate):
        text = _("Only the person alone ends a registration by others.")
        raise NotAllowed(Finding("not_your_registration", text))
    theirs = candidate.registrations.filter(organisation__code=organisation, ended_at=None)
    if not theirs.update(ended_at=at):
        return
    indexing.refresh([candidate.pk])
    told = {"organisation": organisation}
    record("candidate.registrar_left", subject=candidate.code, actor=actor, at=at, facts=told)


def leave_all(candidate: Candidate, *, at: datetime) -> None:
    """End every registration by others of a person who withdraws; the caller holds them and tells of it."""
    candidate.registrations.filter(ended_at=None).update(ended_at=at)

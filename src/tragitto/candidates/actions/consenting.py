"""Consents: given one by one, withdrawn at any moment and as easily (GDPR, art. 7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.actions import indexing
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate, Consent
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes.queries import roster_of


@transaction.atomic
def give(*, candidate: Candidate, code: str, language: str, actor: Actor, at: datetime) -> Consent:
    """Give the consent `code`, whose words were read in `language`; the same again changes nothing.

    Writes the consent with the version of the roster that has its words. Raises `NotAllowed` for anybody but
    the person; `Blocked` for a consent that this roster does not ask.
    """
    candidate = _held(candidate, actor)
    spec = roster_of(candidate.scheme)
    if code not in {each.code for each in spec.consents}:
        raise Blocked(Finding("consent_unknown", _("This roster does not ask for this consent.")))
    if given := candidate.consents.filter(code=code, withdrawn_at=None).first():
        return given

    consent = Consent.objects.create(
        candidate=candidate, code=code, roster_version=spec.version, language=language, given_at=at
    )
    indexing.refresh([candidate.pk])
    told = {"consent": code, "roster": spec.version}
    record("candidate.consented", subject=candidate.code, actor=actor, at=at, facts=told)
    return consent


@transaction.atomic
def withdraw(*, candidate: Candidate, code: str, actor: Actor, at: datetime) -> None:
    """Take the consent `code` back: from this moment nothing rests on it. Without one, nothing happens.

    What it allowed is asked of the consents in force each time (`queries.consents`), so nothing else has to
    be undone. Raises `NotAllowed` for anybody but the person.
    """
    candidate = _held(candidate, actor)
    given = candidate.consents.filter(code=code, withdrawn_at=None).first()
    if given is None:
        return

    given.withdrawn_at = at
    given.save(update_fields=["withdrawn_at"])
    indexing.refresh([candidate.pk])
    told = {"consent": code, "roster": given.roster_version}
    record("candidate.consent_withdrawn", subject=candidate.code, actor=actor, at=at, facts=told)


def _held(candidate: Candidate, actor: Actor) -> Candidate:
    candidate = held_unmerged(candidate)
    if not permissions.may(actor, "candidate.consent", candidate):
        text = _("Only the person alone gives and withdraws their consents.")
        raise NotAllowed(Finding("not_your_registration", text))
    return candidate

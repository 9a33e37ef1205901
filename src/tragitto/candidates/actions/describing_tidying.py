"""Tidying what people wrote, beside their own words: what others read of them, before they are known too."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.describing_words import told
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate, CandidateProfile, Experience
from tragitto.candidates.permissions import may
from tragitto.candidates.rules import abilities as rules
from tragitto.candidates.words.abilities import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale


@transaction.atomic
def tidy(*, row: CandidateProfile | Experience, text: str, mark: str, actor: Actor, at: datetime) -> None:
    """Write the office's text beside the person's words about a profile or about work done; empty, there is
    none. The words themselves stay as they are.

    `mark` = `mark_of` the words that the actor read. Raises `NotAllowed`, for one's own too; `Stale` when the
    words have changed since; `Blocked` for a text that is too long or tells who the person is.
    """
    candidate = _held(row.candidate, actor)
    rows: type[CandidateProfile | Experience] = type(row)
    row = rows.objects.get(pk=row.pk, candidate=candidate)
    _refuse(candidate, text, mark, row.words)

    row.tidied, row.tidied_by = text, actor.code if text else ""
    row.save(update_fields=["tidied", "tidied_by"])
    told(candidate, "tidied", {"of": row._meta.db_table}, actor=actor, at=at)


@transaction.atomic
def tidy_about(*, candidate: Candidate, text: str, mark: str, actor: Actor, at: datetime) -> None:
    """As `tidy`, of what the person tells of themselves."""
    candidate = _held(candidate, actor)
    _refuse(candidate, text, mark, candidate.about)

    candidate.about_tidied, candidate.about_tidied_by = text, actor.code if text else ""
    candidate.save(update_fields=["about_tidied", "about_tidied_by"])
    told(candidate, "tidied", {"of": candidate._meta.db_table}, actor=actor, at=at)


def _held(candidate: Candidate, actor: Actor) -> Candidate:
    found = held_unmerged(candidate)
    if not may(actor, "candidate.tidy", found):
        said = _("Officers and reviewers of those who keep the roster tidy texts, never their own.")
        raise NotAllowed(Finding("may_not_tidy", said))
    return found


def _refuse(candidate: Candidate, text: str, mark: str, words: str) -> None:
    if mark != rules.mark_of(words):
        said = _("The person has changed their words since you read them. Read them again, then tidy.")
        raise Stale(Finding("words_changed", said))
    identity = getattr(candidate, "identity", None)
    names = (
        (identity.surnames, identity.given_names, identity.arabic_surnames, identity.arabic_given_names)
        if identity
        else ()
    )
    if len(text) > rules.LONGEST_TEXT:
        raise Blocked(refusals({"text": "too_long"}))
    if rules.tells_who(text, names):
        raise Blocked(refusals({"text": "tells_who"}))

"""What all verbs of describing share: who may, and whose the words are."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions import indexing
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate, CandidateFile, CandidateProfile, Experience
from tragitto.candidates.permissions import may
from tragitto.candidates.vocabulary import Proof
from tragitto.candidates.words.abilities import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record


def held_describable(candidate: Candidate, actor: Actor) -> Candidate:
    """`candidate`, held; raises `NotAllowed` for who may not say what the person can do."""
    found = held_unmerged(candidate)
    if not may(actor, "candidate.describe", found):
        said = _("Only the person, or an officer of those who keep the roster, says what the person can do.")
        raise NotAllowed(Finding("may_not_describe", said))
    return found


def is_own(candidate: Candidate, actor: Actor) -> bool:
    """Whether the actor is the person."""
    return bool(candidate.account) and candidate.account == actor.code


def say(candidate: Candidate, row: CandidateProfile | Experience, words: str, actor: Actor) -> None:
    """Set the words of a row that its verb is about to save; the office's text beside changed words has to be
    looked at again. Raises `Blocked` for words that are the person's own, of others.
    """
    if words == row.words:
        return
    refuse_own(candidate, row, actor)
    row.words, row.words_are_own, row.tidied_by = words, is_own(candidate, actor), ""


def refuse_own(candidate: Candidate, row: CandidateProfile | Experience, actor: Actor) -> None:
    """Raise `Blocked` when the row holds the person's own words and the actor is somebody else."""
    if row.words and row.words_are_own and not is_own(candidate, actor):
        raise Blocked(own_words())


def own_words() -> Finding:
    """That nobody else writes over a person's words, and what to do instead."""
    said = _(
        "The person wrote this in their own words, which nobody overwrites: tidy it beside them instead."
    )
    return Finding("own_words", said)


def refuse_others_file(candidate: Candidate, file: CandidateFile | None) -> None:
    """Raise `Blocked` for a photo that lies with somebody else's registration."""
    if file is not None and file.candidate_id != candidate.pk:
        raise Blocked(refusals({"file": "not_their_photo"}))


def shown(file: CandidateFile | None) -> Proof:
    """What stands behind a statement that no keeper has looked at: a photo, or the word alone."""
    return Proof.PAPER if file else Proof.SAID


def told(candidate: Candidate, what: str, facts: Mapping[str, object], *, actor: Actor, at: datetime) -> None:
    """Search finds the person by what changed, and the ledger says that it did: in codes."""
    indexing.refresh([candidate.pk])
    record("candidate.described", subject=candidate.code, actor=actor, at=at, facts={"what": what, **facts})

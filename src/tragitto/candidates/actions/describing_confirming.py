"""Confirming what people said of themselves: a keeper saw the paper, or the work; never of one's own."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.describing_words import shown, told
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate, CandidateSkill, Diploma, LanguageLevel
from tragitto.candidates.permissions import may
from tragitto.candidates.rules import abilities as rules
from tragitto.candidates.rules.abilities import Paper
from tragitto.candidates.vocabulary import Proof
from tragitto.candidates.words.abilities import refusals
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.schemes.queries import roster_of

type Statement = CandidateSkill | Diploma | LanguageLevel


@transaction.atomic
def confirm_skill(
    *, skill: CandidateSkill, paper: Paper, proof: Proof, mark: str, actor: Actor, at: datetime
) -> CandidateSkill:
    """Confirm that a skill was shown: by a paper, as whose number and last day are written what stands on it,
    or at work. `mark` = `rules.mark_of_statement` of what the actor saw.

    Raises `NotAllowed`, for one's own too; `Stale` when the person has changed it since; `Blocked` for a
    certificate of a standard without number or last day, or valid for longer than the standard allows.
    """
    candidate = _held(skill.candidate, actor)
    skill = candidate.skills.select_related("file").get(pk=skill.pk)
    _refuse_stale(skill, mark)
    spec = roster_of(candidate.scheme)
    known = spec.skill(skill.skill)
    wrong = rules.wrong_paper(skill.skill, paper, spec, timezone.localdate(at))
    if known is not None and known.standard:
        wrong |= {} if paper.number else {"certificate": "no_number"}
        wrong |= {} if paper.valid_until or not known.valid_months else {"valid_until": "no_day"}
    if wrong:
        raise Blocked(refusals(wrong))

    skill.certificate, skill.valid_until = paper.number, paper.valid_until
    _confirm(skill, proof, actor, "certificate", "valid_until")
    told(candidate, "confirmed", {"skill": skill.skill, "proof": proof.value}, actor=actor, at=at)
    return skill


@transaction.atomic
def confirm_diploma(*, diploma: Diploma, level_code: str, mark: str, actor: Actor, at: datetime) -> Diploma:
    """Confirm a diploma with the paper, and its level in the framework of its country (empty: none known).

    Raises `NotAllowed`, for one's own too; `Stale`; `Blocked` for a level that the roster does not have.
    """
    candidate = _held(diploma.candidate, actor)
    diploma = candidate.diplomas.select_related("file").get(pk=diploma.pk)
    _refuse_stale(diploma, mark)
    level = next((each for each in roster_of(candidate.scheme).diplomas if each.code == level_code), None)
    if level_code and level is None:
        raise Blocked(refusals({"level_code": "unknown_level"}))

    diploma.level_code, diploma.eqf = level_code, level.eqf if level else None
    _confirm(diploma, Proof.PAPER, actor, "level_code", "eqf")
    told(candidate, "confirmed", {"diploma": diploma.code, "level": level_code}, actor=actor, at=at)
    return diploma


@transaction.atomic
def confirm_language(
    *, language: LanguageLevel, paper: Paper, mark: str, actor: Actor, at: datetime
) -> LanguageLevel:
    """Confirm the level of a language with its certificate. Raises as `confirm_skill`."""
    candidate = _held(language.candidate, actor)
    language = candidate.languages.select_related("file").get(pk=language.pk)
    _refuse_stale(language, mark)
    if len(paper.number) > rules.LONGEST_NUMBER:
        raise Blocked(refusals({"certificate": "too_long"}))

    language.certificate, language.valid_until = paper.number, paper.valid_until
    _confirm(language, Proof.PAPER, actor, "certificate", "valid_until")
    named = {"language": language.tongue, "level": language.level}
    told(candidate, "confirmed", named, actor=actor, at=at)
    return language


@transaction.atomic
def take_back(*, statement: Statement, actor: Actor, at: datetime) -> None:
    """Take a confirmation back: what was said stays, with the photo there is. Raises `NotAllowed`."""
    candidate = _held(statement.candidate, actor)
    rows: type[Statement] = type(statement)
    found = rows.objects.select_related("file").filter(pk=statement.pk, candidate=candidate).first()
    if found is None or not found.confirmed_by:
        return

    found.proof, found.confirmed_by = shown(found.file), ""
    found.save(update_fields=["proof", "confirmed_by"])
    told(candidate, "confirmation_taken_back", {"of": found._meta.db_table}, actor=actor, at=at)


def _held(candidate: Candidate, actor: Actor) -> Candidate:
    found = held_unmerged(candidate)
    if not may(actor, "candidate.confirm_skill", found):
        said = _("Officers and reviewers of those who keep the roster confirm papers, never their own.")
        raise NotAllowed(Finding("may_not_confirm", said))
    return found


def _refuse_stale(statement: Statement, mark: str) -> None:
    if mark != rules.mark_of_statement(statement):
        said = _("The person has changed this since you looked at it. Look at the paper again.")
        raise Stale(Finding("statement_changed", said))


def _confirm(statement: Statement, proof: Proof, actor: Actor, *fields: str) -> None:
    if proof is Proof.SAID:
        raise ValueError("what was only said is not confirmed")
    statement.proof, statement.confirmed_by = proof, actor.code
    statement.save(update_fields=[*fields, "proof", "confirmed_by"])

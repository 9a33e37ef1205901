"""The match of a round: run by one person, confirmed by a second; and made anew after somebody left."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.standing import moved
from tragitto.candidates.actions.telling import tell
from tragitto.candidates.holding import held_unmerged
from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.vocabulary import ReasonGiver, ReasonUse, RosterStatus
from tragitto.selection.actions import running
from tragitto.selection.actions.sides import demand_desk
from tragitto.selection.actions.telling import tell_firm
from tragitto.selection.actions.to_do import keep_to_do
from tragitto.selection.holding import held
from tragitto.selection.models import Adoption, Match, Round, Run, Shortlisted
from tragitto.selection.queries.pairing import (
    adopted_matches,
    again_parameters,
    first_parameters,
    live_matches,
    pairs_to_match,
)
from tragitto.selection.queries.rankings import rankings_of
from tragitto.selection.queries.rounds import posts_of
from tragitto.selection.vocabulary import MatchEnd, RunKind


@transaction.atomic
def match_round(*, round: Round, actor: Actor, at: datetime) -> Run:
    """Run the match of the round from what both sides sent; nothing follows until a second person confirms.

    The term to rank is over with it, even if all sent theirs before. Raises `NotAllowed`; `Blocked` before
    rankings were asked for, while somebody may still send one, where nobody has sent any, and after a match
    was confirmed: that one is made anew.
    """
    found = held(round)
    demand_desk(round=found, verb="round.match", actor=actor, at=at)
    if found.rank_by is None:
        raise Blocked(Finding("not_asked", _("Ask both sides for their rankings first.")))
    if at <= found.rank_by and not all(side.is_sent for side in rankings_of(found, at=at)):
        text = _("Some may still send their ranking: wait until the term is over, or all have sent theirs.")
        raise Blocked(Finding("still_ranking", text))
    if adopted_matches(found).exists():
        text = _("The match of this round was confirmed already: after a withdrawal, make it anew.")
        raise Blocked(Finding("matched_already", text))
    asked = first_parameters(found)
    if not asked["wishes"] or not asked["ranks"]:
        text = _("No ranking of both sides was sent, so there is nothing to match.")
        raise Blocked(Finding("nobody_ranked", text))
    if at < found.rank_by:
        # All have sent theirs. The run shows the number of the lot, so from now on nobody ranks any more.
        found.rank_by = at
        found.save(update_fields=["rank_by"])
    return running.run(round=found, kind=RunKind.MATCH, parameters=asked, actor=actor, at=at)


@transaction.atomic
def rematch(*, round: Round, actor: Actor, at: datetime) -> Run:
    """Make the match anew after somebody left, so that as few as possible move; a person confirms it.

    Who has an offer keeps it. Raises `NotAllowed`; `Blocked` before a first match was confirmed.
    """
    found = held(round)
    demand_desk(round=found, verb="round.match", actor=actor, at=at)
    confirmed = list(adopted_matches(found))
    if not confirmed:
        raise Blocked(Finding("not_matched", _("Confirm a first match before it can be made anew.")))
    asked = again_parameters(found, confirmed)
    return running.run(round=found, kind=RunKind.MATCH, parameters=asked, actor=actor, at=at)


@transaction.atomic
def confirm_match(*, run: Run, ground: str = "", actor: Actor, at: datetime) -> list[Match]:
    """Confirm what a run of the match proposes; the matches that are new. The same run again changes nothing.

    Whoever is matched is under way with a firm on the roster, whoever is no longer is back at their place;
    the number of the lot is shown from now on; both sides are told. Raises `NotAllowed`; `Blocked` for who
    ran it, and another kind of run; `Stale` where somebody left, or was made an offer, after the run.
    """
    found = held(run.round)
    demand_desk(round=found, verb="round.confirm_match", actor=actor, at=at)
    now = Run.objects.get(pk=run.pk)
    if now.kind != RunKind.MATCH or now.is_what_if:
        raise Blocked(Finding("not_a_match", _("This run is no match that can be confirmed.")))
    if Adoption.objects.filter(run=now).exists():
        return []
    if now.run_by == actor.code:
        text = _("You ran this match, so a second person confirms it: ask a colleague.")
        raise NotAllowed(Finding("second_person", text))
    if now.parameters != _asked_today(found):
        text = _("Something changed after this run: somebody left or was made an offer. Run it once more.")
        raise Stale(Finding("run_is_old", text))

    Adoption.objects.create(run=now, ground=ground.strip(), adopted_at=at, adopted_by=actor.code)
    # Read first: who moves stands nowhere for a moment.
    pairs = {(each.candidate.code, each.post.code): each for each in pairs_to_match(found)}
    touched = _ended(found, now, actor=actor, at=at)
    made = _made(now, pairs, actor=actor, at=at)
    _reserved([each.candidate for each in made], actor=actor, at=at)
    _freed([each.candidate for each in touched], made, actor=actor, at=at)
    if found.seed_shown_at is None:
        found.seed_shown_at = at
        found.save(update_fields=["seed_shown_at"])
    _tell(found, now, [*made, *touched], actor=actor, at=at)
    facts = {"run": now.code, "made": len(made), "ended": len(touched)}
    record("match.confirmed", subject=found.code, actor=actor, at=at, facts=facts)
    keep_to_do(round=found, actor=actor, at=at)
    return made


def fall_through(*, candidate: Candidate, actor: Actor, at: datetime) -> None:
    """Give a person whose match ended their place on the roster back, with their seniority.

    Part of the caller's transaction. Who is not under way with a firm any more stays where they are.
    """
    person = held_unmerged(candidate)
    if person.status in {RosterStatus.RESERVED, RosterStatus.PLACED}:
        moved(person, ReasonUse.FALLING_THROUGH, ReasonGiver.SYSTEM, actor=actor, at=at)


def _asked_today(round: Round) -> dict[str, Any]:
    confirmed = list(adopted_matches(round))
    return again_parameters(round, confirmed) if confirmed else first_parameters(round)


def _ended(round: Round, run: Run, *, actor: Actor, at: datetime) -> list[Match]:
    """The matches that give way to those of the run; who has an offer, or left, is not touched."""
    kept = set(run.parameters.get("again", {}).get("gone", ()))
    wanted = run.result["matches"]
    over = [
        each
        for each in live_matches(round)
        if each.candidate.code not in kept and wanted.get(each.candidate.code) != each.post.code
    ]
    for each in over:
        each.ended_at, each.end = at, MatchEnd.MATCHED_AGAIN
        each.save(update_fields=["ended_at", "end"])
        record("match.ended", subject=each.code, actor=actor, at=at, facts={"end": str(each.end)})
    return over


def _made(
    run: Run, pairs: Mapping[tuple[str, str], Shortlisted], *, actor: Actor, at: datetime
) -> list[Match]:
    there = set(live_matches(run.round).values_list("candidate__code", flat=True))
    made = []
    for person, post in sorted(run.result["matches"].items()):
        if person in there:
            continue
        pair = pairs[person, post]
        match = Match.objects.create(
            code=new_code("MT"),
            post=pair.post,
            candidate=pair.candidate,
            shortlisted=pair,
            run=run,
            matched_at=at,
            matched_by=actor.code,
        )
        record("match.made", subject=match.code, actor=actor, at=at, facts={"post": post, "run": run.code})
        made.append(match)
    return made


def _reserved(people: list[Candidate], *, actor: Actor, at: datetime) -> None:
    for each in sorted(people, key=lambda person: person.pk):
        person = held_unmerged(each)
        if person.status == RosterStatus.ACTIVE:
            moved(person, ReasonUse.RESERVING, ReasonGiver.SYSTEM, actor=actor, at=at)


def _freed(people: list[Candidate], made: list[Match], *, actor: Actor, at: datetime) -> None:
    again = {each.candidate_id for each in made}
    for each in sorted(people, key=lambda person: person.pk):
        if each.pk not in again:
            fall_through(candidate=each, actor=actor, at=at)


def _tell(round: Round, run: Run, touched: list[Match], *, actor: Actor, at: datetime) -> None:
    """The first time everybody who took part, then whom it changes; and the firms of their posts."""
    is_first = "again" not in run.parameters
    people = set(run.parameters["people"]) if is_first else {each.candidate.code for each in touched}
    posts = {each.post_id for each in touched}
    for person in Candidate.objects.filter(scheme=round.scheme_id, code__in=people).order_by("pk"):
        tell(
            candidate=person,
            subject=_("The match is there"),
            text=_("Sign in and read the result, why it is so, and how you can check it yourself."),
            key=f"match:{run.code}",
            actor=actor,
            at=at,
        )
    for post in posts_of(round):
        if not is_first and post.pk not in posts:
            continue
        tell_firm(
            employer=post.position.expression.employer,
            call=post.position.expression.call,
            subject=_("The match is there"),
            text=_("Sign in to the portal, read who was matched with your position, and make your offer."),
            key=f"match:{run.code}:{post.code}",
            actor=actor,
            at=at,
        )

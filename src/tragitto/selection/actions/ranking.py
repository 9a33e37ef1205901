"""Rankings of both sides: asked for with a term, saved as drafts, sent once, then locked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import Candidate
from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, Stale
from tragitto.ledger.actions import record
from tragitto.selection.actions.asking_to_rank import ask_sides
from tragitto.selection.actions.sides import demand_desk, demand_firm, demand_open, demand_person
from tragitto.selection.actions.to_do import keep_to_do
from tragitto.selection.holding import held
from tragitto.selection.models import Ranking, RankingLine, Round, RoundPost, Shortlisted
from tragitto.selection.queries.missing import is_matched, not_sent
from tragitto.selection.queries.rankings import rankable, ranking_of, rankings_of
from tragitto.selection.queries.rounds import posts_of, rules_of

#: The post whose employer ranks, or the person who does.
type RankedBy = RoundPost | Candidate


@transaction.atomic
def ask_for_rankings(*, round: Round, actor: Actor, at: datetime) -> Round:
    """Ask both sides for their rankings, within the days of the rules, and tell them until when.

    Again it asks nobody twice. Raises `NotAllowed`; `Blocked` where there is nobody to rank.
    """
    found = held(round)
    demand_desk(round=found, verb="round.match", actor=actor, at=at)
    if found.rank_by is not None:
        return found
    sides = [each for each in rankings_of(found, at=at) if each.pairs]
    if not sides:
        text = _("Nobody has met yet, so there is nobody to rank: hold the meetings first.")
        raise Blocked(Finding("nobody_to_rank", text))
    found.rank_by = at + timedelta(days=rules_of(found).ranking_days)
    found.save(update_fields=["rank_by"])
    ask_sides(found, sides, actor=actor, at=at)
    pairs = sum(each.pairs for each in sides if each.post is not None)
    record("rankings.asked", subject=found.code, actor=actor, at=at, facts={"pairs": pairs})
    keep_to_do(round=found, actor=actor, at=at)
    return found


@transaction.atomic
def give_more_time(*, round: Round, actor: Actor, at: datetime) -> Round:
    """Give those who sent nothing in time the days of the rules once more, and tell them until when.

    Who met after the others were asked is among them. What was sent stays as it is. Raises `NotAllowed`;
    `Blocked` before rankings were asked for, while the term runs, once a match was run, and where nobody
    is left to ask.
    """
    found = held(round)
    demand_desk(round=found, verb="round.match", actor=actor, at=at)
    if found.rank_by is None:
        raise Blocked(Finding("not_asked", _("Ask both sides for their rankings first.")))
    if at <= found.rank_by:
        text = _("The term still runs: whoever has sent nothing may send it now.")
        raise Blocked(Finding("still_ranking", text))
    if is_matched(found):
        text = _("A match was run: rankings are closed for this round.")
        raise Blocked(Finding("matched_already", text))
    sides = not_sent(found, at=at)
    if not sides:
        raise Blocked(Finding("all_sent", _("Everybody has sent their ranking: run the match.")))
    found.rank_by = at + timedelta(days=rules_of(found).ranking_days)
    found.save(update_fields=["rank_by"])
    ask_sides(found, sides, actor=actor, at=at)
    facts = {"sides": len(sides), "until": found.rank_by}
    record("rankings.asked_again", subject=found.code, actor=actor, at=at, facts=facts)
    keep_to_do(round=found, actor=actor, at=at)
    return found


@transaction.atomic
def save_ranking(
    *,
    round: Round,
    by: RankedBy,
    tiers: Sequence[Sequence[str]],
    rather_not: Sequence[str] = (),
    revision: int,
    actor: Actor,
    at: datetime,
) -> Ranking:
    """Keep a ranking as a draft: codes of pairs by tiers, the first wish first, and those "rather not".

    Who is named nowhere is not ranked, and so not matched. `revision` = that of the draft shown, 0 for none.
    Raises `NotAllowed`; `Stale` if it was saved meanwhile; `Blocked` before rankings are asked for, after the
    term, after sending, for a pair twice, and for one that may not be ranked.
    """
    found = _held(round, by, actor, at)
    known = _draft(found, by, revision)
    pairs = {each.code: each for each in _pairs(found, by, at)}
    named = [*(code for tier in tiers for code in tier), *rather_not]
    if len(set(named)) < len(named):
        raise Blocked(Finding("pair_twice", _("Name each one once."), {"field": "tiers"}))
    if not set(named) <= set(pairs):
        text = _("Only who met each other can be ranked: choose from the list.")
        raise Blocked(Finding("not_met", text, {"field": "tiers"}))

    made = known or Ranking(code=new_code("RK"), round=found, **_of(by))
    made.revision, made.saved_at, made.saved_by = revision + 1, at, actor.code
    made.save()
    made.lines.all().delete()
    full = [tier for tier in tiers if tier]
    lines = [
        *(_line(made, pairs[code], at_tier) for at_tier, tier in enumerate(full, 1) for code in tier),
        *(_line(made, pairs[code], None) for code in rather_not),
    ]
    RankingLine.objects.bulk_create(lines)
    facts = {"round": found.code, "revision": made.revision}
    record("ranking.saved", subject=made.code, actor=actor, at=at, facts=facts)
    return made


@transaction.atomic
def send_ranking(*, ranking: Ranking, revision: int, actor: Actor, at: datetime) -> Ranking:
    """Send a ranking; nobody changes it afterwards. Again it changes nothing. Raises as `save_ranking`."""
    by = _whose(ranking)
    found = _held(ranking.round, by, actor, at)
    now = Ranking.objects.get(pk=ranking.pk)
    if now.sent_at is not None and now.revision == revision:
        return now
    sent = _draft(found, by, revision)
    if sent is None:
        raise Stale(_changed())
    still = set(_pairs_codes(found, by, at))
    gone = [each for each in sent.lines.select_related("shortlisted") if each.shortlisted.code not in still]
    if gone:
        text = _("Somebody in your list takes part no longer: save it once more, then send it.")
        raise Blocked(Finding("pair_gone", text, {"pairs": [each.shortlisted.code for each in gone]}))
    sent.sent_at, sent.sent_by = at, actor.code
    sent.save(update_fields=["sent_at", "sent_by"])
    facts = {"round": found.code, "revision": sent.revision}
    record("ranking.sent", subject=sent.code, actor=actor, at=at, facts=facts)
    return sent


def _held(round: Round, by: RankedBy, actor: Actor, at: datetime) -> Round:
    # One row, that of who ranks: the others go on meanwhile.
    found = Round.objects.select_related("scheme", "rules").get(pk=round.pk)
    if isinstance(by, Candidate):
        person = Candidate.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        demand_person(candidate=person, actor=actor, at=at)
    else:
        RoundPost.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        post = posts_of(found).filter(pk=by.pk).first()
        if post is None:
            raise Blocked(Finding("post_left", _("This position takes part in the round no longer.")))
        demand_firm(post=post, power=Power.RECEIVE, actor=actor, at=at)
    demand_open(round=found, actor=actor, at=at)
    if found.rank_by is None:
        text = _("Rankings are not asked for yet: you will be told when they are.")
        raise Blocked(Finding("not_asked", text))
    if at > found.rank_by:
        raise Blocked(Finding("too_late", _("The time to say this is over: what you sent before counts.")))
    return found


def _draft(round: Round, by: RankedBy, revision: int) -> Ranking | None:
    known = ranking_of(round, **_of(by))
    if known is not None and known.sent_at is not None:
        raise Blocked(Finding("ranking_sent", _("This was sent: nobody changes it any more.")))
    if (known.revision if known else 0) != revision:
        raise Stale(_changed())
    return known


def _changed() -> Finding:
    return Finding("ranking_changed", _("This list was saved meanwhile: read it again before you go on."))


def _pairs(round: Round, by: RankedBy, at: datetime) -> list[Shortlisted]:
    return list(rankable(round, at=at).filter(**_of(by)))


def _pairs_codes(round: Round, by: RankedBy, at: datetime) -> list[str]:
    return [each.code for each in _pairs(round, by, at)]


def _of(by: RankedBy) -> dict[str, Any]:
    return {"candidate": by} if isinstance(by, Candidate) else {"post": by}


def _whose(ranking: Ranking) -> RankedBy:
    found = ranking.candidate or ranking.post
    assert found is not None, "the database holds to one of the two"
    return found


def _line(ranking: Ranking, pair: Shortlisted, tier: int | None) -> RankingLine:
    return RankingLine(ranking=ranking, shortlisted=pair, tier=tier)

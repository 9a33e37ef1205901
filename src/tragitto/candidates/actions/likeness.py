"""Pairs of registrations that look like one person: written down by the machine, decided by people."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tragitto.candidates import permissions
from tragitto.candidates.fresh import fresh_codes
from tragitto.candidates.holding import held
from tragitto.candidates.models import Candidate, LikePair
from tragitto.candidates.queries import likeness as queries
from tragitto.candidates.rules.likeness import Facts, Like, Roster, beside
from tragitto.candidates.vocabulary import Likeness, LikeReason
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record

type Pair = tuple[int, int]


@transaction.atomic
def note(*, candidates: Sequence[int], scheme: int, actor: Actor, at: datetime) -> int:
    """Write down whom these people (their keys) look like on the roster of `scheme`; how many pairs are new.

    Open pairs get the score of today; those that no longer look alike go. What a person has decided stays.
    Called after people are sent, entered, or change what tells them apart; safe to do again. Nothing in the
    ledger: the machine has only looked. Eight queries, however many.
    """
    drafts = queries.facts_of(candidates, scheme=scheme)
    found = _pairs(drafts, queries.near(list(drafts.values()), scheme=scheme))
    of_theirs = LikePair.objects.filter(Q(first__in=candidates) | Q(second__in=candidates))
    known = {(pair.first_id, pair.second_id): pair for pair in of_theirs.select_for_update().order_by("pk")}
    _refresh([pair for pair in known.values() if pair.state == Likeness.OPEN], found)
    return _create([found[pair] for pair in sorted(found.keys() - known.keys())], at=at)


def _pairs(drafts: Mapping[int, Facts], roster: Roster) -> dict[Pair, Like]:
    found = {}
    for draft in drafts.values():
        for like in roster.like(draft):
            found[min(like.first, like.second), max(like.first, like.second)] = like
    return found


def _refresh(open_pairs: Sequence[LikePair], found: Mapping[Pair, Like]) -> None:
    changed, gone = [], []
    for pair in open_pairs:
        like = found.get((pair.first_id, pair.second_id))
        if LikeReason.BY_HAND in pair.reasons:
            continue  # a person wants to look at them, alike or not
        if like is None:
            gone.append(pair.pk)
        elif (like.score, list(like.reasons)) != (pair.score, pair.reasons):
            pair.score, pair.reasons = like.score, list(like.reasons)
            changed.append(pair)
    LikePair.objects.bulk_update(changed, ["score", "reasons"], batch_size=1000)
    if gone:
        LikePair.objects.filter(pk__in=gone).delete()


def _create(likes: Sequence[Like], *, at: datetime) -> int:
    codes = fresh_codes(LikePair, "LP", len(likes))
    rows = [
        LikePair(
            code=code,
            first_id=min(like.first, like.second),
            second_id=max(like.first, like.second),
            score=like.score,
            reasons=list(like.reasons),
            found_at=at,
            state=Likeness.OPEN,
        )
        for code, like in zip(codes, likes, strict=True)
    ]
    # Two who look at once see the same pair: it is written down once.
    LikePair.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    return len(rows)


@transaction.atomic
def put_side_by_side(*, one: Candidate, other: Candidate, actor: Actor, at: datetime) -> LikePair:
    """Have two whom somebody takes for one person be a pair to be decided, or give the pair there is.

    Raises `NotAllowed`; `Blocked` for one and the same registration, for people of two rosters, and for those
    who are not compared: not sent, withdrawn or merged.
    """
    first, second = sorted((one, other), key=lambda each: each.pk)
    demand_may_decide(first, second, actor)
    known = LikePair.objects.filter(first=first, second=second).first()
    if known is not None:
        return known
    facts = queries.facts_of([first.pk, second.pk], scheme=first.scheme_id)
    if first.pk == second.pk or len(facts) < len({first.pk, second.pk}):
        said = _("Choose another person of the same roster, whose registration was sent and still stands.")
        raise Blocked(Finding("not_comparable", said))

    _create([beside(facts[first.pk], facts[second.pk])], at=at)
    pair = LikePair.objects.get(first=first, second=second)
    told = {"first": first.code, "second": second.code}
    record("likeness.put_side_by_side", subject=pair.code, actor=actor, at=at, facts=told)
    return pair


@transaction.atomic
def tell_apart(*, pair: LikePair, ground: str, actor: Actor, at: datetime) -> LikePair:
    """Decide that the two are different people, for a ground that stays with the pair.

    Raises `NotAllowed` for whoever may not decide about both; `Stale` when it is decided, or one is over;
    `Blocked` without a ground.
    """
    pair = held_pair(pair, actor)
    demand_open(pair)
    if not ground.strip():
        said = _("Please write how you know: whoever looks at the two again will read it.")
        raise Blocked(Finding("ground_missing", said, {"field": "ground"}))

    decided(pair, Likeness.DIFFERENT, ground, actor=actor, at=at)
    facts = {"first": pair.first.code, "second": pair.second.code}
    record("likeness.told_apart", subject=pair.code, actor=actor, at=at, facts=facts)
    return pair


@transaction.atomic
def take_up_again(*, pair: LikePair, actor: Actor, at: datetime) -> LikePair:
    """Put two who were told apart before the desk again: new papers say otherwise, or it was a mistake.

    Raises `NotAllowed`; `Stale` when the two are not told apart.
    """
    pair = held_pair(pair, actor)
    if pair.state != Likeness.DIFFERENT:
        said = _("These two are not told apart: look at them again.")
        raise Stale(Finding("not_told_apart", said))

    undecided(pair)
    facts = {"first": pair.first.code, "second": pair.second.code}
    record("likeness.taken_up_again", subject=pair.code, actor=actor, at=at, facts=facts)
    return pair


def held_pair(pair: LikePair, actor: Actor) -> LikePair:
    """The pair as it now is, held; raises `NotAllowed` unless `actor` may decide about both people, `Stale`
    when it is no longer there.

    Both people are held first, the older before the other: whoever changes people holds them before pairs.
    """
    for key in (pair.first_id, pair.second_id):
        held(Candidate(pk=key))
    whole = LikePair.objects.select_related("first__scheme", "second__scheme")
    now = whole.select_for_update(of=("self",), no_key=True).filter(pk=pair.pk).first()
    if now is None:
        said = _("These two are no longer alike, or one of them was merged: look at the list again.")
        raise Stale(Finding("pair_gone", said))
    demand_may_decide(now.first, now.second, actor)
    return now


def demand_may_decide(first: Candidate, second: Candidate, actor: Actor) -> None:
    """Raise `NotAllowed` unless `actor` may decide about both people."""
    if not all(permissions.may(actor, "candidate.merge", each) for each in (first, second)):
        said = _("Two registrations are compared by case officers and reviewers of who keeps the roster.")
        raise NotAllowed(Finding("not_to_decide", said))


def demand_open(pair: LikePair) -> None:
    """Raise `Stale` unless the pair waits for a decision, and both registrations still stand."""
    if pair.state != Likeness.OPEN:
        said = _("Somebody has decided about these two meanwhile: look at what they decided.")
        raise Stale(Finding("pair_decided", said))
    if not {pair.first.status, pair.second.status} <= set(queries.COMPARED):
        said = _("One of these two registrations is over meanwhile: there is nothing to decide any more.")
        raise Stale(Finding("not_comparable", said))


def decided(pair: LikePair, state: Likeness, ground: str, *, actor: Actor, at: datetime) -> None:
    """Write the decision on the pair, which the caller holds."""
    pair.state, pair.ground = state, ground.strip()
    pair.decided_at, pair.decided_by = at, actor.code
    pair.save(update_fields=["state", "ground", "decided_at", "decided_by"])


def undecided(pair: LikePair) -> None:
    """Take the decision off the pair, which the caller holds."""
    pair.state, pair.ground, pair.decided_at, pair.decided_by = Likeness.OPEN, "", None, ""
    pair.save(update_fields=["state", "ground", "decided_at", "decided_by"])

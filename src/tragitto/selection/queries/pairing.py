"""What a match of a round is made of: who may still be matched with which post, and what both sides sent."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import ON_ROSTER, Answer
from tragitto.selection.models import Match, Offer, RankingLine, Round, RoundPost, Run, Shortlisted
from tragitto.selection.queries.rounds import posts_of, rules_of
from tragitto.selection.queries.snapshots import barred
from tragitto.selection.vocabulary import MatchEnd, OfferAnswer, RunKind

#: Ends of a match after which the person takes part in the match of this round no longer.
_LEFT = (MatchEnd.CANDIDATE_WITHDREW, MatchEnd.OFFER_DECLINED, MatchEnd.OFFER_LAPSED)


def live_matches(round: Round) -> QuerySet[Match]:
    """The matches of the round that stand, post by post. One query."""
    parts = ("candidate", "post__position__profile", "post__position__expression__employer", "run")
    found = Match.objects.filter(post__round=round, ended_at=None)
    return found.select_related(*parts, "shortlisted__invitation").order_by("post", "candidate__code")


def unsettled(round: Round) -> QuerySet[Match]:
    """The matches that stand and under which no offer was accepted. One query."""
    accepted = Offer.objects.filter(match=OuterRef("pk"), answer=OfferAnswer.ACCEPTED)
    return live_matches(round).filter(~Exists(accepted))


def adopted_matches(round: Round) -> QuerySet[Run]:
    """The matches of the round that a person confirmed, the newest first. One query."""
    taken = Run.objects.filter(round=round, kind=RunKind.MATCH, adoption__isnull=False)
    return taken.select_related("adoption").order_by("-adoption__adopted_at", "-number")


def pairs_to_match(round: Round) -> list[Shortlisted]:
    """The pairs that can be matched: yes was said, nobody left, no list keeps them apart. Ten queries.

    People on the roster, and those matched in this round; not who is under way with a firm elsewhere.
    """
    here = Match.objects.filter(candidate=OuterRef("candidate"), post__round=round, ended_at=None)
    found = Shortlisted.objects.filter(
        Q(candidate__status__in=ON_ROSTER) | Q(Exists(here)),
        post__round=round,
        post__left_at=None,
        removed_at=None,
        given_up_at=None,
        answer=Answer.ACCEPTED,
        invitation__recalled_at=None,
    )
    apart = set(barred(list(posts_of(round))))
    rows = found.select_related("candidate", "post").order_by("post", "place", "pk")
    return [each for each in rows if (each.candidate.code, each.post.code) not in apart]


def first_parameters(round: Round) -> dict[str, Any]:
    """What the first match of the round is asked: both sides' sent lists, lots in the order of the roster."""
    can_be = {(each.candidate.code, each.post.code) for each in pairs_to_match(round)}
    lines = RankingLine.objects.filter(
        ranking__round=round, ranking__sent_at__isnull=False, tier__isnull=False
    ).values_list("ranking__candidate", "shortlisted__candidate__code", "shortlisted__post__code", "tier")
    wishes: dict[str, dict[int, list[str]]] = {}
    ranks: dict[str, dict[int, list[str]]] = {}
    for by_person, person, post, tier in lines.order_by("shortlisted__code"):
        if (person, post) not in can_be:
            continue
        side, whose, whom = (wishes, person, post) if by_person else (ranks, post, person)
        side.setdefault(whose, {}).setdefault(tier or 0, []).append(whom)
    rules = rules_of(round)
    people = Candidate.objects.filter(scheme=round.scheme_id, code__in={person for person, _post in can_be})
    return {
        "people": list(people.order_by("seniority_at", "pk").values_list("code", flat=True)),
        "posts": [[each.code, each.seats] for each in posts_of(round)],
        "wishes": {code: _in_order(tiers) for code, tiers in sorted(wishes.items())},
        "ranks": {code: _in_order(tiers) for code, tiers in sorted(ranks.items())},
        "proposing": str(rules.proposing),
        "ties": str(rules.ties),
        "seed": round.seed,
    }


def again_parameters(round: Round, confirmed: Iterable[Run]) -> dict[str, Any]:
    """What a match made anew is asked, after those of `confirmed` (the newest first): the first lists and
    lots, who stands where, who left, and how many seats there are.

    Who was made an offer keeps it: nobody is moved away from an offer. Thirteen queries at most.
    """
    runs = list(confirmed)
    newest, first = runs[0], runs[-1]
    asked = {key: value for key, value in first.parameters.items() if key != "again"}
    people, posts = set(asked["people"]), [code for code, _seats in asked["posts"]]
    live = {each.candidate.code: each for each in live_matches(round)}
    over = Match.objects.filter(post__round=round, ended_at__isnull=False)
    ended = list(over.exclude(end=MatchEnd.MATCHED_AGAIN).select_related("candidate", "post"))
    since = {
        each.candidate.code: each.post.code
        for each in ended
        if each.ended_at is not None and each.ended_at >= newest.adoption.adopted_at
    }
    offers = Offer.objects.filter(match__in=[each.pk for each in live.values()])
    standing = set(
        offers.exclude(answer__in=[OfferAnswer.DECLINED, OfferAnswer.LAPSED]).values_list("match", flat=True)
    )
    fixed = {code for code, each in live.items() if each.pk in standing}
    left = {each.candidate.code for each in ended if each.end in _LEFT} - set(live)
    can_be = {(each.candidate.code, each.post.code) for each in pairs_to_match(round)}
    before = {code: each.post.code for code, each in live.items() if code not in fixed} | since
    there = dict(RoundPost.objects.filter(round=round, left_at=None).values_list("code", "seats"))
    held = [live[code].post.code for code in fixed]
    mutual = sorted((person, post) for person in people for post in _listed(asked, person))
    # A pair that somebody stands in stays in the lists until they have left it.
    never = [pair for pair in mutual if pair not in can_be and before.get(pair[0]) != pair[1]]
    off = {who for who, post in before.items() if post in there and (who, post) not in can_be}
    return asked | {
        "again": {
            "before": dict(sorted(before.items())),
            "gone": sorted((fixed | left | off) & people),
            "seats": {code: max(0, there.get(code, 0) - held.count(code)) for code in posts},
            "barred": [list(pair) for pair in never],
        }
    }


def _listed(asked: dict[str, Any], person: str) -> list[str]:
    return [post for tier in asked["wishes"].get(person, ()) for post in tier]


def _in_order(tiers: dict[int, list[str]]) -> list[list[str]]:
    return [tiers[at] for at in sorted(tiers)]

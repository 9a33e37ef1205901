"""Rankings sent, a match confirmed, offers made: for the stories of what comes after the meetings."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tests.selection.making import BRUNO, NOON, RITA, TINA, UGO, Made, act_for
from tests.selection.meeting_days import accepted
from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.selection.actions import matching, offering, ranking
from tragitto.selection.models import Match, Offer, Ranking, RoundPost, Run, Shortlisted
from tragitto.selection.rules.terms import Terms

ASKED_AT = NOON + timedelta(days=1)
SAID_AT = NOON + timedelta(days=2)
#: After the term to rank.
LATER = NOON + timedelta(days=10)
TERMS = Terms(
    contract="Full time, permanent",
    agreement="CCNL Metalmeccanici",
    level="C2",
    pay_cents=2_600_000,
    hours_tenths=400,
    trial_days=30,
    place="Brescia",
)
#: By number of the post or the person: tiers of numbers of the other side.
type Lists = Mapping[int, Sequence[Sequence[int]]]


def firm_actor(made: Made, post: int) -> Actor:
    """Who acts for the firm of post number `post`."""
    actor = BRUNO if post == 0 else Actor(f"U-FIRM{post}", door="portal")
    if post:
        act_for(actor.code, made.firms[post])
    return actor


def person(made: Made, number: int) -> Actor:
    """The person of this number, at the portal."""
    return Actor(made.candidates[number].account, door="portal")


def pair(made: Made, post: int, number: int) -> Shortlisted:
    return Shortlisted.objects.get(post=made.posts[post], candidate=made.candidates[number])


def asked(made: Made, lists: dict[int, list[int]]) -> list[Shortlisted]:
    """Everybody on `lists` accepted, and both sides are asked for their rankings."""
    rows = accepted(made, lists)
    ranking.ask_for_rankings(round=made.round, actor=TINA, at=ASKED_AT)
    made.round.refresh_from_db()
    return rows


def sent(
    made: Made,
    by: RoundPost | Candidate,
    tiers: Sequence[Sequence[str]],
    actor: Actor,
    at: datetime = SAID_AT,
) -> Ranking:
    draft = ranking.save_ranking(round=made.round, by=by, tiers=tiers, revision=0, actor=actor, at=at)
    return ranking.send_ranking(ranking=draft, revision=1, actor=actor, at=at)


def all_sent(made: Made, *, wishes: Lists, ranks: Lists, at: datetime = SAID_AT) -> None:
    """Everybody sends these lists."""
    for number, tiers in wishes.items():
        codes = [[pair(made, post, number).code for post in tier] for tier in tiers]
        sent(made, made.candidates[number], codes, person(made, number), at)
    for post, people in ranks.items():
        codes = [[pair(made, post, each).code for each in tier] for tier in people]
        sent(made, made.posts[post], codes, firm_actor(made, post), at)


def run_match(made: Made, at: datetime = LATER) -> Run:
    return matching.match_round(round=made.round, actor=TINA, at=at)


def confirmed(made: Made, run: Run | None = None, at: datetime = LATER) -> list[Match]:
    """The match, confirmed by the second person."""
    return matching.confirm_match(run=run or run_match(made, at), actor=UGO, at=at)


def rematched(made: Made, at: datetime) -> Run:
    """The match made anew, and confirmed by the reviewer."""
    run = matching.rematch(round=made.round, actor=TINA, at=at)
    matching.confirm_match(run=run, actor=RITA, at=at)
    return run


def offered(match: Match, actor: Actor = BRUNO, at: datetime = LATER) -> Offer:
    return offering.offer(match=match, terms=TERMS, actor=actor, at=at)


def standing(made: Made) -> dict[int, int]:
    """Who (number) has which post (number)."""
    posts = {each.pk: at for at, each in enumerate(made.posts)}
    people = {each.pk: at for at, each in enumerate(made.candidates)}
    live = Match.objects.filter(post__round=made.round, ended_at=None)
    return {people[each.candidate_id]: posts[each.post_id] for each in live}

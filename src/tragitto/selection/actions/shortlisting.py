"""Making shortlists: a run's proposal is taken up by a person, and people are added with a ground."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import ON_ROSTER
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.selection import permissions
from tragitto.selection.holding import held
from tragitto.selection.models import Adoption, Round, RoundPost, Run, Shortlisted
from tragitto.selection.queries.eligibility import hindrances, scored
from tragitto.selection.queries.shortlists import places_left
from tragitto.selection.rules.proposals import Proposal, proposals
from tragitto.selection.vocabulary import RunKind


@transaction.atomic
def take_up(*, run: Run, actor: Actor, at: datetime) -> list[Shortlisted]:
    """Put everybody whom `run` proposes on the shortlists of their posts; who stands there already stays.

    The same run again changes nothing. Raises `NotAllowed`; `Blocked` for a run that is none of shortlists,
    that only tried something out, or of a round that is not under way; `Stale` where with it a list would
    have more people than the rules say, because seats or lists changed after the run.
    """
    found = _held(run.round, actor)
    if run.kind != RunKind.SHORTLISTS:
        raise Blocked(Finding("not_shortlists", _("This run proposes no shortlists.")))
    if run.is_what_if:
        text = _("This run only tried something out: nothing of it can be taken up. Run it as it is.")
        raise Blocked(Finding("what_if", text))
    if Adoption.objects.filter(run=run).exists():
        return []

    posts = {each.code: each for each in RoundPost.objects.filter(round=found, left_at=None)}
    wanted = [each for each in proposals(run.result) if each.post in posts]
    people = {each.code: each for each in Candidate.objects.filter(code__in={x.candidate for x in wanted})}
    standing = set(
        Shortlisted.objects.filter(post__round=found, removed_at=None).values_list(
            "post__code", "candidate__code"
        )
    )
    new = [x for x in wanted if (x.post, x.candidate) not in standing and x.candidate in people]
    _demand_places(found, new)
    last = _last_places(found)
    made = [_row(posts[each.post], people[each.candidate], each, run, actor=actor, at=at) for each in new]
    for row in made:
        row.place += last.get(row.post.code, 0)
    Adoption.objects.create(run=run, adopted_at=at, adopted_by=actor.code)
    Shortlisted.objects.bulk_create(made)
    facts = {"run": run.code, "shortlisted": len(made)}
    record("shortlists.taken_up", subject=found.code, actor=actor, at=at, facts=facts)
    return made


@transaction.atomic
def add(*, post: RoundPost, person: str, ground: str, actor: Actor, at: datetime) -> Shortlisted:
    """Put a person (their code on the roster) on the shortlist of `post`, with a ground.

    Whoever stands there already stays. No ground outweighs a condition of the post: raises `Blocked` with
    each one that the person does not meet, without a ground, and for a code that is not on the roster;
    `NotAllowed`.
    """
    found = _held(post.round, actor)
    if not ground.strip():
        raise Blocked(Finding("ground_missing", _("Say why this person is added to the shortlist.")))
    candidate = Candidate.objects.filter(scheme=found.scheme, code=person, status__in=ON_ROSTER).first()
    if candidate is None:
        text = _("Nobody with this code is on the roster now: copy the code from the roster or from a run.")
        raise Blocked(Finding("not_on_roster", text))
    if known := Shortlisted.objects.filter(post=post, candidate=candidate, removed_at=None).first():
        return known
    if findings := hindrances(found, post, candidate, at=at):
        raise Blocked(findings)

    row = _row(post, candidate, scored(found, post, candidate, at=at), None, actor=actor, at=at)
    row.place = _next_place(post)
    row.added_ground = ground.strip()
    row.save(force_insert=True)
    facts = {"shortlisted": row.code, "post": post.code}
    record("shortlist.added", subject=found.code, actor=actor, at=at, facts=facts)
    return row


def _demand_places(round: Round, new: list[Proposal]) -> None:
    left = places_left(round)
    if any(count > left[post] for post, count in Counter(each.post for each in new).items()):
        text = _(
            "Seats or lists changed after this run: a list would have more people than the rules say. "
            "Let the engine propose once more."
        )
        raise Stale(Finding("run_is_old", text))


def _held(round: Round, actor: Actor) -> Round:
    found = held(round)
    if not permissions.may(actor, "round.shortlist", found.scheme):
        text = _("Only who proposes candidates or coordinates changes a shortlist.")
        raise NotAllowed(Finding("may_not_shortlist", text))
    if not found.is_open:
        raise Blocked(
            Finding("round_not_open", _("This round is not under way: its rules are not published."))
        )
    return found


def _row(
    post: RoundPost, candidate: Candidate, given: Proposal, run: Run | None, *, actor: Actor, at: datetime
) -> Shortlisted:
    return Shortlisted(
        code=new_code("SL"),
        post=post,
        candidate=candidate,
        run=run,
        place=given.place,
        score=given.score,
        contributions=[list(each) for each in given.contributions],
        added_at=at,
        added_by=actor.code,
    )


def _last_places(round: Round) -> dict[str, int]:
    known = Shortlisted.objects.filter(post__round=round).order_by("post")
    return dict(known.values_list("post__code").annotate(Max("place")))


def _next_place(post: RoundPost) -> int:
    last = Shortlisted.objects.filter(post=post).aggregate(last=Max("place"))["last"]
    return (last or 0) + 1

"""A round as the engine reads it: who may be proposed, what each post asks for, and who is kept apart."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Trim

from tragitto.candidates.models import Candidate, Consent, Invitation, ListEntry
from tragitto.candidates.queries.disclosure import consent_codes
from tragitto.candidates.queries.profiles import sheets
from tragitto.candidates.vocabulary import ON_ROSTER, Answer, Audience, ListKind, Shift
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import SelectionSpec, WeightSpec
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ConsentEffect
from tragitto.selection.models import Match, Round, RoundPost, Shortlisted
from tragitto.selection.queries.rounds import posts_of, rules_of
from tragitto.selection.rules.changes import Changes
from tragitto.selection.rules.instances import Asked, Couples, Words, instance_of
from tragitto.selection.rules.people import Person, licences_of, people_of
from tragitto_matching.instance import Instance

NO_CHANGES = Changes()
#: All that is read of a post: the words of its call and of its form, read again for each post, would be most.
_OF_A_POST = (
    *("code", "seats", "least_levels", "least_schooling", "least_years", "must_skills", "wished_skills"),
    *("must_licences", "starts_on", "shifts", "position__profile__code", "position__expression__call__code"),
    *("position__expression__call__region__code", "position__expression__employer__code"),
)


@dataclass(frozen=True)
class Snapshot:
    """An instance, and the place in it of each person and each post, by their public codes."""

    instance: Instance
    candidates: dict[str, int]
    posts: dict[str, int]


def snapshot(
    round: Round, *, on: date, changes: Changes = NO_CHANGES, people: Collection[int] | None = None
) -> Snapshot:
    """The round on the day `on`, changed as somebody tries out; of `people` (database keys) alone, if given.

    People: on the roster, with their consent to be shown to firms, in the order of their place; and those
    who hold a seat of the round. Read as the selection may read them (`Audience.SELECTION`). Seventeen
    queries, however many people.
    """
    rules, posts = rules_of(round), list(posts_of(round).only(*_OF_A_POST))
    placed = dict(_placed(posts))
    wanted = list(candidates_of(round.scheme, people, placed).values_list("pk", flat=True))
    roster = roster_of(round.scheme)
    found = sheets(wanted, Audience.SELECTION, on=on)
    persons = people_of((found[key] for key in wanted if key in found), roster, on=on)
    asked = list(_asked(posts, changes))
    words = Words(
        profiles=tuple(round.scheme.profiles.order_by("position").values_list("code", flat=True)),
        languages=tuple(roster.languages),
        skills=tuple(each.code for each in roster.skills),
        licences=licences_of(roster),
        regions=tuple(round.scheme.regions.order_by("code").values_list("code", flat=True)),
        shifts=tuple(Shift),
    )
    couples = Couples(excluded=frozenset(_kept_apart(posts)), placed=frozenset(placed.values()))
    weights = weights_of(rules, asked, changes)
    return _indexed(instance_of(persons, asked, weights, words, couples), persons, asked)


def candidates_of(
    scheme: Scheme, people: Collection[int] | None = None, placed: Collection[int] = ()
) -> QuerySet[Candidate]:
    """Who may be proposed on the roster of `scheme`, and who is `placed` (database keys), the longest
    waiting first; two queries.
    """
    codes = consent_codes(scheme.pk, ConsentEffect.EMPLOYERS_SEE_ANONYMOUS)
    consents = Consent.objects.filter(candidate=OuterRef("pk"), code__in=codes, withdrawn_at=None)
    may_be = Q(Exists(consents), status__in=ON_ROSTER)
    found = Candidate.objects.filter(may_be | Q(pk__in=list(placed)), scheme=scheme)
    found = found if people is None else found.filter(Q(pk__in=list(people)) | Q(pk__in=list(placed)))
    return found.order_by("seniority_at", "pk")


def weights_of(
    rules: SelectionSpec, posts: Collection[Asked], changes: Changes = NO_CHANGES
) -> dict[str, tuple[WeightSpec, ...]]:
    """The weights by call, of the calls of these posts, with the points that somebody tries out."""
    found = {}
    for call in dict.fromkeys(each.call for each in posts):
        found[call] = tuple(
            _reweighted(each, changes.points.get(each.criterion)) for each in rules.weights_of(call)
        )
    return found or {"": rules.weights}


def _reweighted(weight: WeightSpec, points: int | None) -> WeightSpec:
    if points is None:
        return weight
    return WeightSpec(criterion=weight.criterion, points=points, most=weight.most, title=weight.title)


def _indexed(instance: Instance, people: list[Person], posts: list[Asked]) -> Snapshot:
    return Snapshot(
        instance,
        {each.code: at for at, each in enumerate(people)},
        {each.code: at for at, each in enumerate(posts)},
    )


def _asked(posts: list[RoundPost], changes: Changes) -> Iterator[Asked]:
    for each in posts:
        if each.code in changes.left_out:
            continue
        asked = asked_of(each)
        yield replace(asked, seats=changes.seats.get(each.code, each.seats))
    for added in changes.added:
        yield Asked(
            code=added.code,
            employer=added.code,
            call="",
            profile=added.profile,
            region=added.region,
            seats=added.seats,
            least_levels=added.least_levels,
        )


def asked_of(post: RoundPost) -> Asked:
    """What a post asks for; it comes with its position, call, region, profile and employer."""
    expression = post.position.expression
    return Asked(
        code=post.code,
        employer=expression.employer.code,
        call=expression.call.code,
        profile=post.position.profile.code,
        region=expression.call.region.code,
        seats=post.seats,
        least_levels=post.least_levels,
        least_schooling=post.least_schooling,
        least_years=post.least_years,
        must_skills=post.must_skills,
        wished_skills=post.wished_skills,
        must_licences=post.must_licences,
        starts_on=post.starts_on,
        shifts=post.shifts,
    )


def _placed(posts: list[RoundPost]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Who (key) holds a seat of which post: codes of the person and of the post. One query."""
    live = Match.objects.filter(post__in=posts, ended_at=None)
    for key, who, post in live.values_list("candidate", "candidate__code", "post__code"):
        yield key, (who, post)


def _kept_apart(posts: list[RoundPost]) -> Iterator[tuple[str, str]]:
    """Who is not proposed for which post: by a list, by their own no, by being taken off."""
    yield from barred(posts)
    off = Shortlisted.objects.filter(post__in=posts).exclude(removed_at=None, given_up_at=None)
    yield from off.values_list("candidate__code", "post__code")


def barred(posts: list[RoundPost]) -> Iterator[tuple[str, str]]:
    """Who may not be proposed for which post (codes), whoever wishes it: by a list, or by their own no."""
    yield from _by_lists(posts)
    yield from _by_their_no(posts)


def _by_lists(posts: list[RoundPost]) -> Iterator[tuple[str, str]]:
    kept = ListEntry.objects.filter(roster_list__kind=ListKind.EXCLUSION, roster_list__closed_at=None)
    kept = kept.filter(candidate__status__in=ON_ROSTER)
    about: dict[str, list[str]] = {}
    for who, of in kept.annotate(of=Trim("roster_list__about")).values_list("candidate__code", "of"):
        about.setdefault(of.lower(), []).append(who)
    for post in posts:
        expression = post.position.expression
        for of in ("", expression.call.code.lower(), expression.employer.code.lower()):
            yield from ((who, post.code) for who in about.get(of, ()))


def _by_their_no(posts: list[RoundPost]) -> Iterator[tuple[str, str]]:
    """A no to a position is one in every round; a no to a firm that asked by itself, to all its positions."""
    where: dict[tuple[int, str], list[str]] = {}
    of_position = {post.position_id: post.code for post in posts}
    for post in posts:
        expression = post.position.expression
        where.setdefault((expression.call_id, expression.employer.code), []).append(post.code)
    said = Shortlisted.objects.filter(answer=Answer.DECLINED, post__position__in=list(of_position))
    for who, position in said.values_list("candidate__code", "post__position"):
        yield who, of_position[position]
    about = Shortlisted.objects.filter(invitation=OuterRef("pk"))
    noes = Invitation.objects.filter(~Exists(about), answer=Answer.DECLINED, recalled_at=None)
    noes = noes.filter(call__in={call for call, _firm in where})
    for who, call, firm in noes.values_list("candidate__code", "call", "recipient"):
        yield from ((who, code) for code in where.get((call, firm), ()))

"""Rounds and their posts, as the one who looks may see them."""

from hashlib import sha256

from django.db.models import Count, F, Q, QuerySet

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme
from tragitto.schemes.pack import SelectionSpec
from tragitto.schemes.queries import selection_of, selection_spec
from tragitto.selection.clocks import zones_of
from tragitto.selection.models import Round, RoundPost
from tragitto.selection.permissions import may


def round_for(actor: Actor, code: str) -> Round:
    """The round of this code with its scheme and rules, as `actor` may see it; or `NotFound`. One query."""
    found = Round.objects.visible_to(actor).select_related("scheme", "rules").filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def staying(post: str = "") -> Q:
    """The posts that take part, or took until the round closed; `post` = the way to them, with its "__"."""
    stayed = Q(**{f"{post}left_at__gte": F(f"{post}round__closed_at")})
    return Q(**{f"{post}left_at": None}) | stayed


def rules_of(round: Round) -> SelectionSpec:
    """The rules that the round was published with."""
    return selection_spec(round.rules)


def posts_of(round: Round) -> QuerySet[RoundPost]:
    """The posts that take part, in the order of arrival of what their employers sent; one query.

    Call, employer and profile come with them. What went on to another round after this one closed stays.
    """
    parts = ("position__profile", "position__expression__call__region", "position__expression__employer")
    return (
        RoundPost.objects.filter(staying(), round=round)
        .select_related(*parts)
        .order_by(
            F("position__expression__place_instant").asc(nulls_last=True),
            "position__expression__place_identifier",
            "position__expression",
            "position__number",
            "pk",
        )
    )


def post_for(round: Round, code: str) -> RoundPost:
    """The post of this code that takes part in the round; or `NotFound`. One query."""
    found = posts_of(round).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def rounds_for(actor: Actor) -> QuerySet[Round]:
    """The rounds that `actor` may see, with how many posts take part, the newest first. One query."""
    seen = Round.objects.visible_to(actor).select_related("scheme", "rules")
    stayed = Q(posts__left_at__gte=F("closed_at"))
    counted = Count("posts", filter=Q(posts__left_at=None) | stayed)
    return seen.annotate(taking_part=counted).order_by("-drafted_at", "-pk")


def published_round(code: str) -> Round:
    """The published round of this code, for everybody; or `NotFound`. One query."""
    found = Round.objects.published().select_related("scheme", "rules").filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def schemes_to_select(actor: Actor) -> list[Scheme]:
    """The schemes with rules in which `actor` may begin a round. One query and one for each."""
    ruled = Scheme.objects.filter(selection_rules__isnull=False).distinct().order_by("code")
    return [each for each in ruled if may(actor, "round.draft", each)]


def seed_hash(round: Round) -> str:
    """SHA-256 of the number of the lot as it is written: deposited before, so that it stays the same."""
    return sha256(round.seed.encode()).hexdigest()


def zones_abroad(scheme: Scheme) -> tuple[str, ...]:
    """The clocks of a person on the roster of `scheme`, their own first, as its newest rules say; empty where
    it has none. One query.
    """
    try:
        rules = selection_spec(selection_of(scheme))
    except NotFound:
        return ()
    return zones_of(rules.meeting, is_abroad=True)

"""Positions that may take part in a round, and the posts of a person's own firms."""

from collections.abc import Collection

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from tragitto.employers.models import Position
from tragitto.schemes.models import Scheme
from tragitto.selection.models import RoundPost
from tragitto.selection.queries.rounds import staying

#: The seats that nobody matched holds; one where the form named no number.
_FREE = Coalesce("seats", 1) - Count(
    "round_posts__matches",
    filter=Q(round_posts__matches__isnull=False, round_posts__matches__ended_at=None),
)


def joinable(scheme: Scheme) -> QuerySet[Position]:
    """The open positions of the scheme with a free seat that are in no round that goes on.

    In the order of arrival. One query.
    """
    going_on = RoundPost.objects.filter(position=OuterRef("pk"), left_at=None, round__closed_at=None)
    found = Position.objects.filter(~Exists(going_on), closed_at=None, expression__call__scheme=scheme)
    return (
        found.annotate(free=_FREE)
        .filter(free__gte=1)
        .order_by(
            F("expression__place_instant").asc(nulls_last=True),
            "expression__place_identifier",
            "expression",
            "number",
        )
    )


def posts_of_firms(employers: Collection[str]) -> QuerySet[RoundPost]:
    """The posts of these firms (public codes) in published rounds, the newest round first. One query."""
    parts = (
        "round__scheme",
        "round__rules",
        "position__profile",
        "position__expression__call__region",
        "position__expression__employer",
    )
    found = RoundPost.objects.filter(
        staying(),
        position__expression__employer__code__in=list(employers),
        round__published_at__isnull=False,
    )
    return found.select_related(*parts).order_by("-round__published_at", "position__number", "pk")


def free_seats(positions: Collection[Position]) -> dict[int, int]:
    """How many seats of each position (its key) nobody matched holds. One query."""
    found = Position.objects.filter(pk__in=[each.pk for each in positions]).annotate(free=_FREE)
    return dict(found.order_by("pk").values_list("pk", "free"))

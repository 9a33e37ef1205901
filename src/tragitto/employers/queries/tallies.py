"""How many expressions stand where, call by call: what the office sees first in the morning."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from tragitto.employers.models import Expression
from tragitto.employers.queries.queue import AGAINST, TO_REVIEW, WAITING
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import Outcome


@dataclass(frozen=True)
class Tally:
    """The expressions under one call: how many came, are the office's to review, wait for somebody else,
    were admitted or refused.
    """

    received: int = 0
    to_review: int = 0
    waiting: int = 0
    admitted: int = 0
    refused: int = 0


def tallies(*, actor: Actor) -> dict[int, Tally]:
    """The tally of each call, by its key; calls without a visible expression are left out. One query."""
    rows = (
        Expression.objects.visible_to(actor)
        .values("call")
        .annotate(
            received=Count("pk"),
            to_review=Count("pk", filter=TO_REVIEW),
            waiting=Count("pk", filter=WAITING),
            admitted=Count("pk", filter=Q(case__outcome=Outcome.ADMITTED)),
            refused=Count("pk", filter=Q(case__outcome__in=AGAINST)),
        )
        .order_by("call")
    )
    return {
        row["call"]: Tally(row["received"], row["to_review"], row["waiting"], row["admitted"], row["refused"])
        for row in rows
    }


def by_case(*, actor: Actor, codes: Sequence[str]) -> dict[str, Expression]:
    """The expressions whose cases bear these codes, by the code of the case. One query."""
    seen = Expression.objects.visible_to(actor).filter(case__code__in=codes)
    whole = seen.select_related("case", "employer", "call").only(
        "code", "case__code", "employer__name", "employer__codice_fiscale", "call__code", "call__title"
    )
    return {each.case.code: each for each in whole}

"""How many expressions stand where, call by call: what the office sees first in the morning."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from tragitto.employers.models import ARRIVAL, Expression
from tragitto.kernel.actors import Actor
from tragitto.schemes.vocabulary import Outcome


@dataclass(frozen=True)
class Tally:
    """The expressions under one call: how many came, wait for a decision, were admitted or refused."""

    received: int = 0
    to_review: int = 0
    admitted: int = 0
    refused: int = 0


def tallies(*, actor: Actor) -> dict[int, Tally]:
    """The tally of each call, by its key; calls without a visible expression are left out. One query."""
    refused = Q(case__outcome__in=[Outcome.REFUSED, Outcome.INADMISSIBLE])
    rows = (
        Expression.objects.visible_to(actor)
        .values("call")
        .annotate(
            received=Count("pk"),
            to_review=Count("pk", filter=Q(case__closed_at__isnull=True)),
            admitted=Count("pk", filter=Q(case__outcome=Outcome.ADMITTED)),
            refused=Count("pk", filter=refused),
        )
        .order_by("call")
    )
    return {
        row["call"]: Tally(row["received"], row["to_review"], row["admitted"], row["refused"]) for row in rows
    }


def by_case(*, actor: Actor, codes: Sequence[str]) -> dict[str, Expression]:
    """The expressions whose cases bear these codes, by the code of the case. One query."""
    seen = Expression.objects.visible_to(actor).filter(case__code__in=codes)
    return {each.case.code: each for each in seen.select_related("case", "employer", "call")}


def number_in_queue(expression: Expression, *, actor: Actor) -> int:
    """The place of `expression` in the order of arrival under its call, from 1; 0 when unseen. One query."""
    seen = Expression.objects.visible_to(actor).filter(call=expression.call_id).order_by(*ARRIVAL)
    keys = list(seen.values_list("pk", flat=True))
    return keys.index(expression.pk) + 1 if expression.pk in keys else 0

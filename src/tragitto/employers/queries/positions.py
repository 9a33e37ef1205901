"""The positions that admitted employers have opened: how many, and for which profiles."""

from django.db.models import Sum
from django.db.models.functions import Coalesce

from tragitto.employers.models import Position
from tragitto.schemes.models import Call, Profile, Scheme


def open_seats(scheme: Scheme) -> dict[int, int]:
    """How many seats are open for each profile (its key); one where a form named none. One query."""
    is_open = Position.objects.filter(closed_at__isnull=True, profile__scheme=scheme)
    counted = is_open.values("profile").annotate(open=Sum(Coalesce("seats", 1))).order_by("profile")
    return {each["profile"]: each["open"] for each in counted}


def profiles_sought(employer: str, call: Call) -> list[Profile]:
    """The profiles for which the employer of this public code has open positions under `call`. One query."""
    theirs = Position.objects.filter(
        closed_at__isnull=True, expression__employer__code=employer, expression__call=call
    )
    return list(Profile.objects.filter(positions__in=theirs).distinct().order_by("position"))

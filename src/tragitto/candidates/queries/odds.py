"""Honest figures for a person: how many share the profile, how long the step they are at usually takes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Q

from tragitto.candidates.models import Candidate
from tragitto.candidates.rules.odds import FEW
from tragitto.candidates.vocabulary import ON_ROSTER
from tragitto.schemes.models import Profile, Scheme

#: How many of the newest steps are looked at.
_NEWEST = 2000
#: The changes that ended a stay in a status, newest first, each with the change that began it.
_STAYS = """
SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY lasted) FROM (
    SELECT ended.happened_at - begun.happened_at AS lasted
    FROM candidate_status_change ended
    JOIN candidate_status_change begun
      ON begun.candidate_id = ended.candidate_id AND begun.number = ended.number - 1
    JOIN candidate ON candidate.id = ended.candidate_id AND candidate.scheme_id = %s
    WHERE ended.before = %s AND ended.after = %s
      AND ended.happened_at > %s - interval '1 year' AND ended.happened_at <= %s
    ORDER BY ended.happened_at DESC, ended.id DESC
    LIMIT %s
) AS stays
"""


@dataclass(frozen=True)
class Share:
    """A profile that the person offers, and how many people on the roster offer it, the person too."""

    profile: Profile
    people: int


@dataclass(frozen=True)
class Usual:
    """How many people took a step in the last twelve months, and in how many days half of them had."""

    people: int
    days: int | None


def shares(candidate: Candidate) -> list[Share]:
    """How many on the roster offer each profile of the person, in the order of the wish. One query."""
    on_it = Q(profile__candidate_profiles__candidate__status__in=ON_ROSTER)
    offered = candidate.profiles.select_related("profile").order_by("position")
    counted = offered.annotate(people=Count("profile__candidate_profiles", filter=on_it))
    return [Share(each.profile, each.people) for each in counted]


def usual(scheme: Scheme, *, before: str, after: str, at: datetime) -> Usual:
    """How long people stood at `before` who then went on to `after`; no days where they are too few to say.

    Of those who went on alone: whoever still waits is not among them, and the page says so. One query.
    """
    asked: list[int | str | datetime] = [scheme.pk, before, after, at, at, _NEWEST]
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, asked)
        people, lasted = cursor.fetchone()
    return Usual(people, round(lasted / timedelta(days=1)) if people >= FEW else None)

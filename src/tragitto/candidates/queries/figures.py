"""Figures about everybody on a roster, by two things at a time."""

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, TruncMonth

from tragitto.candidates.models import (
    Candidate,
    CandidateProfile,
    Diploma,
    LanguageLevel,
    Registration,
)
from tragitto.candidates.models.candidates import UNSENT
from tragitto.candidates.permissions import may_with_roster
from tragitto.candidates.rules.figures import Dimension, Figures, figures
from tragitto.candidates.vocabulary import CefrLevel
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme
from tragitto.schemes.vocabulary import RosterStatus

#: Stands for those of whom nothing is known.
UNKNOWN = ""


def tally(
    *,
    actor: Actor,
    scheme: Scheme,
    by: Dimension,
    across: Dimension,
    tongue: str,
    status: RosterStatus | None = None,
) -> Figures:
    """Everybody who sent their registration to the roster of `scheme` (merged ones left out), counted `by`
    one thing in rows and `across` another in columns; levels are those in the language `tongue`. With
    `status` only those who stand there.

    Raises `NotFound` for whoever may not see figures of this roster. Two queries.
    """
    if not may_with_roster(actor, "roster.figures", scheme):
        raise NotFound(scheme.code)
    people = Candidate.objects.filter(scheme=scheme).exclude(status__in=UNSENT)
    people = people.filter(status=status) if status else people.exclude(status=RosterStatus.MERGED)
    told = people.annotate(row=_told(by, tongue), column=_told(across, tongue))
    counted = told.values("row", "column").annotate(people=Count("pk")).order_by()
    counts = {(row, column): number for row, column, number in counted.values_list("row", "column", "people")}
    return figures(
        counts,
        _in_order(by, scheme, {row for row, _column in counts}),
        _in_order(across, scheme, {column for _row, column in counts}),
    )


def _told(dimension: Dimension, tongue: str) -> Combinable:
    """What a person is counted under: the first wish, the best diploma, who registered them first …"""
    if dimension == Dimension.STATUS:
        return F("status")
    if dimension == Dimension.MONTH:
        return Cast(TruncMonth("sent_on"), CharField())
    lines: dict[Dimension, tuple[QuerySet[Any], str]] = {
        Dimension.PROFILE: (CandidateProfile.objects.order_by("position", "pk"), "profile__code"),
        Dimension.LEVEL: (LanguageLevel.objects.filter(tongue=tongue), "level"),
        Dimension.REGISTRAR: (
            Registration.objects.order_by("registered_at", "pk"),
            "organisation__code",
        ),
        Dimension.EQF: (Diploma.objects.exclude(eqf=None).order_by("-eqf"), "eqf"),
    }
    rows, shown = lines[dimension]
    first = Subquery(rows.filter(candidate=OuterRef("pk")).values(shown)[:1])
    return Coalesce(Cast(first, CharField()), Value(UNKNOWN))


def _in_order(dimension: Dimension, scheme: Scheme, met: set[str]) -> Sequence[str]:
    """All places of a closed dimension, those met of an open one; what is unknown last, where it is met."""
    if dimension == Dimension.PROFILE:
        places = list(scheme.profiles.order_by("position").values_list("code", flat=True))
    elif dimension == Dimension.STATUS:
        places = [each for each in RosterStatus if each in met]
    elif dimension == Dimension.LEVEL:
        places = list(CefrLevel)
    else:
        places = sorted(met - {UNKNOWN})
    return [*map(str, places), *([UNKNOWN] if UNKNOWN in met else [])]

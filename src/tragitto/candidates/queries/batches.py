"""Registrations by others, as those who made them see them: batches, their rows, their people."""

from django.db.models import QuerySet

from tragitto.candidates.models import Batch, BatchRow, Registration
from tragitto.candidates.permissions import ROSTER_VERBS
from tragitto.candidates.vocabulary import RowVerdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_schemes

#: Rows that somebody must look at before the file is sent again.
TO_MEND = (RowVerdict.REFUSED, RowVerdict.DOUBTFUL)


def schemes_of(actor: Actor) -> QuerySet[Scheme]:
    """The schemes on whose roster the actor registers people, by code; none for the wrong role. One query."""
    duty, roles = ROSTER_VERBS["roster.register"]
    return roster_schemes(actor, duty) if actor.has(*roles) else Scheme.objects.none()


def batches(actor: Actor) -> QuerySet[Batch]:
    """The batches of the actor's organisation, the newest first. One query."""
    mine = Batch.objects.visible_to(actor).select_related("scheme", "organisation")
    return mine.order_by("-uploaded_at", "-pk")


def get_for(actor: Actor, code: str) -> Batch:
    """The batch of this code; raises `NotFound` for nobody's and for somebody else's. One query."""
    found = batches(actor).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def rows(batch: Batch, verdict: str = "") -> QuerySet[BatchRow]:
    """The rows of a batch in the order of the file, all of them or those of one verdict. One query.

    "kept" gives those that say otherwise than the person or a keeper.
    """
    found = batch.rows.select_related("candidate").order_by("number")
    if verdict == "kept":
        return found.filter(problems__contains=[{"code": "kept"}])
    return found.filter(verdict=verdict) if verdict else found


def to_mend(batch: Batch) -> QuerySet[BatchRow]:
    """The rows that are refused, and those that look like somebody. One query."""
    return rows(batch).filter(verdict__in=TO_MEND)


def own_people(actor: Actor, scheme: Scheme, reference: str = "") -> QuerySet[Registration]:
    """The registrations by the actor's organisation that have not ended, by reference. One query."""
    own = Registration.objects.filter(
        organisation__code=actor.organisation, candidate__scheme=scheme, ended_at=None
    ).exclude(organisation__code="")
    named = own.filter(reference=reference) if reference else own
    return named.select_related("candidate__identity", "organisation").order_by("reference", "pk")

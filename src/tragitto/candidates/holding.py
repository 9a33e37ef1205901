"""Holding a candidate: the one lock of everything that may change the person's registration."""

from django.utils.translation import gettext_lazy as _

from tragitto.candidates.models import Candidate
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.schemes.models import RosterDuty, Scheme
from tragitto.schemes.vocabulary import RosterStatus


def held(candidate: Candidate) -> Candidate:
    """`candidate` as it now stands with its scheme, held by this transaction until it ends."""
    whole = Candidate.objects.select_related("scheme")
    return whole.select_for_update(of=("self",), no_key=True).get(pk=candidate.pk)


def held_unmerged(candidate: Candidate) -> Candidate:
    """As `held`; raises `Blocked` for a registration that was merged into another: that one is changed."""
    found = held(candidate)
    if found.status == RosterStatus.MERGED:
        text = _("This registration was merged into another one of the same person: change that one.")
        raise Blocked(Finding("candidate_merged", text))
    return found


def hold_roster(scheme: Scheme, actor: Actor) -> None:
    """Let nobody else of the actor's organisation order or make something on this roster until this
    transaction ends: what is asked for twice at once is asked for one after the other.
    """
    duties = RosterDuty.objects.filter(scheme=scheme, organisation__code=actor.organisation)
    list(duties.select_for_update(of=("self",), no_key=True).order_by("pk"))

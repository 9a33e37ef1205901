"""Lists of people and saved searches of an organisation."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Trim

from tragitto.candidates.models import Candidate, ListEntry, RosterList, SavedSearch
from tragitto.candidates.vocabulary import ListKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Call, Scheme


def open_lists(actor: Actor, scheme: Scheme | None = None) -> QuerySet[RosterList]:
    """The organisation's lists that are not closed, with their scheme and how many people stand on each, by
    name; of one roster where `scheme` is given. One query.
    """
    theirs = RosterList.objects.visible_to(actor).filter(closed_at=None)
    if scheme is not None:
        theirs = theirs.filter(scheme=scheme)
    return theirs.select_related("scheme").annotate(people=Count("entries")).order_by("name", "pk")


def list_for(actor: Actor, code: str) -> RosterList:
    """The list of this code; raises `NotFound` for nobody's and another organisation's. One query."""
    found = RosterList.objects.visible_to(actor).select_related("scheme").filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def entries(roster_list: RosterList, *, but: str = "") -> QuerySet[ListEntry]:
    """Who stands on a list, in the order in which they were put there, without the registration of the
    account `but`: nobody reads at the desk what is noted of themselves. One query.
    """
    rows = ListEntry.objects.filter(roster_list=roster_list)
    rows = rows.exclude(candidate__account=but) if but else rows
    return rows.select_related("candidate__identity").order_by("added_at", "pk")


def lists_of(actor: Actor, candidate: Candidate) -> QuerySet[ListEntry]:
    """Where a person stands on lists of the actor's organisation that are not closed. One query."""
    theirs = RosterList.objects.visible_to(actor).filter(closed_at=None)
    rows = ListEntry.objects.filter(candidate=candidate, roster_list__in=theirs)
    return rows.select_related("roster_list").order_by("roster_list__name", "pk")


def kept_out(actor: Actor, people: Iterable[Candidate], call: Call, recipient: str) -> dict[int, str]:
    """Of `people`, by their keys, those whom an open list of the actor's organisation keeps from being
    proposed again: in general, for this call, or to the firm of public code `recipient`; and the name of that
    list. One query.
    """
    lists = RosterList.objects.visible_to(actor).filter(kind=ListKind.EXCLUSION, closed_at=None)
    meant = lists.annotate(of=Trim("about")).filter(
        Q(of="") | Q(of__iexact=call.code) | Q(of__iexact=recipient)
    )
    rows = ListEntry.objects.filter(candidate__in=[each.pk for each in people], roster_list__in=meant)
    return dict(rows.order_by("-roster_list__name").values_list("candidate_id", "roster_list__name"))


def searches(actor: Actor, scheme: Scheme) -> QuerySet[SavedSearch]:
    """The actor's own saved searches and those shared within the organisation, by name. One query."""
    mine = Q(owner=actor.code) | Q(is_shared=True)
    theirs = SavedSearch.objects.filter(mine, scheme=scheme, organisation__code=actor.organisation)
    return theirs.order_by("name", "pk")


def search_for(actor: Actor, code: str) -> SavedSearch:
    """The saved search of this code; raises `NotFound` for what the actor does not share. One query."""
    mine = Q(owner=actor.code) | Q(is_shared=True)
    theirs = SavedSearch.objects.filter(mine, organisation__code=actor.organisation).select_related("scheme")
    found = theirs.filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found

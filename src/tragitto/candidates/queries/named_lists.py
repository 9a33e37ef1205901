"""Questions about lists of names: those of the keepers' desk, and those given to firms."""

from collections.abc import Collection

from django.db.models import Count, QuerySet

from tragitto.candidates.models import Candidate, NamedList, RosterList
from tragitto.candidates.queries.disclosure import consent_codes
from tragitto.candidates.vocabulary import ENDED, ListKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_schemes
from tragitto.schemes.vocabulary import ConsentEffect, RosterDutyKind


def named_lists(actor: Actor) -> QuerySet[NamedList]:
    """The lists of the rosters that the actor's organisation keeps, the newest first. One query."""
    seen = NamedList.objects.all()
    if not actor.is_system:
        seen = seen.filter(call__scheme__in=roster_schemes(actor, RosterDutyKind.KEEPS))
    return seen.select_related("call__scheme").annotate(people=Count("entries")).order_by("-made_at", "-pk")


def named_list(actor: Actor, code: str) -> NamedList:
    """The list of this code; raises `NotFound` for none and for one out of sight alike. One query."""
    found = named_lists(actor).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def given_to(recipients: Collection[str]) -> QuerySet[NamedList]:
    """The lists released to firms of these public codes and not recalled, the newest first. One query."""
    given = NamedList.objects.filter(recipient__in=list(recipients), released_at__isnull=False)
    return given.filter(recalled_at=None).select_related("call").order_by("-released_at", "-pk")


def lines_of(given: NamedList) -> list[tuple[str, list[str]]]:
    """What the list says today, by the public code of the person: whoever withdrew from the roster or from
    being shown to firms since its release is left out. Three queries.
    """
    codes = [each["person"] for each in given.lines]
    people = Candidate.objects.filter(code__in=codes).exclude(status__in=ENDED)
    consents = consent_codes(given.call.scheme_id, ConsentEffect.EMPLOYERS_SEE_ANONYMOUS)
    shown = people.filter(consents__code__in=consents, consents__withdrawn_at=None)
    still = set(shown.values_list("code", flat=True))
    return [(each["person"], each["said"]) for each in given.lines if each["person"] in still]


def working_lists(actor: Actor, scheme: Scheme) -> QuerySet[RosterList]:
    """The open lists of the actor's organisation from which a list of names may be drawn up. One query."""
    own = RosterList.objects.visible_to(actor).filter(scheme=scheme, kind=ListKind.WORKING, closed_at=None)
    return own.order_by("name", "pk")


def people_on(actor: Actor, code: str) -> list[Candidate]:
    """The people on such a list, in the order in which they were put there. One query."""
    on_it = Candidate.objects.visible_to(actor).filter(
        on_lists__roster_list__code=code, on_lists__roster_list__organisation__code=actor.organisation
    )
    return list(on_it.order_by("on_lists__added_at", "on_lists__pk"))

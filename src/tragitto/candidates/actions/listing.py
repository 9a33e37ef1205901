"""Lists of people: made, filled, emptied, closed, by those who keep the roster."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.queries import organisation_named
from tragitto.candidates.holding import hold_roster
from tragitto.candidates.models import Candidate, ListEntry, RosterList, SavedSearch
from tragitto.candidates.models.candidates import UNSENT
from tragitto.candidates.permissions import may_with_roster
from tragitto.candidates.rules.criteria import Criteria, as_data
from tragitto.candidates.vocabulary import ListKind
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.schemes.models import Scheme


@transaction.atomic
def make_list(
    *, scheme: Scheme, kind: ListKind, name: str, about: str = "", actor: Actor, at: datetime
) -> RosterList:
    """Make an empty list under a name of its own in the organisation; `about` = what an exclusion is for.

    Raises `NotAllowed` for whoever does not keep the roster, `Blocked` for a name that another list has.
    """
    _demand(actor, scheme)
    organisation = organisation_named(actor.organisation)
    hold_roster(scheme, actor)
    theirs = RosterList.objects.filter(organisation=organisation, scheme=scheme, closed_at=None)
    if theirs.filter(name=name).exists():
        said = _("There is a list of this name already: choose another, or close that one first.")
        raise Blocked(Finding("list_name_taken", said))

    made = RosterList.objects.create(
        code=new_code("RL"),
        scheme=scheme,
        organisation=organisation,
        kind=kind,
        name=name,
        about=about,
        made_at=at,
        made_by=actor.code,
    )
    record("roster_list.made", subject=made.code, actor=actor, at=at, facts={"kind": kind})
    return made


@transaction.atomic
def put_on_list(
    *, roster_list: RosterList, candidates: Collection[str], note: str = "", actor: Actor, at: datetime
) -> int:
    """Put people (their codes) on a list; how many were not on it before. Who is on it stays as they are.

    Raises `NotAllowed` for whoever does not keep the roster, `Blocked` for a list that was closed. People of
    other rosters, who were not sent, and the actor's own registration are left out.
    """
    held = _held(roster_list, actor)
    people = Candidate.objects.filter(scheme=held.scheme, code__in=candidates).exclude(status__in=UNSENT)
    people = people.exclude(account=actor.code, account__gt="").exclude(on_lists__roster_list=held)
    added = ListEntry.objects.bulk_create(
        (
            ListEntry(roster_list=held, candidate_id=key, note=note, added_at=at, added_by=actor.code)
            for key in people.values_list("pk", flat=True)
        ),
        ignore_conflicts=True,
    )
    _tell("roster_list.filled", held, len(added), actor=actor, at=at)
    return len(added)


@transaction.atomic
def take_off_list(*, roster_list: RosterList, candidates: Collection[str], actor: Actor, at: datetime) -> int:
    """Take people (their codes) off a list; how many were on it. Raises as `put_on_list`."""
    held = _held(roster_list, actor)
    gone, _by_table = ListEntry.objects.filter(roster_list=held, candidate__code__in=candidates).delete()
    _tell("roster_list.emptied", held, gone, actor=actor, at=at)
    return gone


@transaction.atomic
def close_list(*, roster_list: RosterList, actor: Actor, at: datetime) -> None:
    """Close a list: it is offered no more, and its name is free. Raises as `put_on_list`."""
    held = _held(roster_list, actor)
    held.closed_at = at
    held.save(update_fields=["closed_at"])
    record("roster_list.closed", subject=held.code, actor=actor, at=at)


@transaction.atomic
def save_search(
    *, scheme: Scheme, name: str, criteria: Criteria, is_shared: bool, actor: Actor, at: datetime
) -> SavedSearch:
    """Keep a search under a name, for oneself or for the whole organisation; the same name is overwritten.

    Raises `NotAllowed` for whoever may not search this roster.
    """
    _demand(actor, scheme, "roster.search")
    said = {"criteria": as_data(criteria), "is_shared": is_shared, "saved_at": at}
    saved, _new = SavedSearch.objects.update_or_create(
        owner=actor.code,
        scheme=scheme,
        name=name,
        defaults={**said, "organisation": organisation_named(actor.organisation)},
        create_defaults={
            **said,
            "organisation": organisation_named(actor.organisation),
            "code": new_code("RS"),
        },
    )
    record("roster_search.saved", subject=saved.code, actor=actor, at=at, facts={"shared": is_shared})
    return saved


@transaction.atomic
def drop_search(*, search: SavedSearch, actor: Actor, at: datetime) -> None:
    """Forget a saved search; raises `NotAllowed` for somebody else's."""
    if search.owner != actor.code:
        said = _("This search was saved by somebody else: ask them to drop it.")
        raise NotAllowed(Finding("search_not_yours", said))
    record("roster_search.dropped", subject=search.code, actor=actor, at=at)
    search.delete()


def _held(roster_list: RosterList, actor: Actor) -> RosterList:
    theirs = RosterList.objects.visible_to(actor).select_related("scheme")
    held = theirs.select_for_update(of=("self",)).filter(pk=roster_list.pk).first()
    if held is None:
        raise NotAllowed(Finding("list_not_yours", _("This list is of another organisation.")))
    _demand(actor, held.scheme)
    if held.closed_at is not None:
        raise Blocked(Finding("list_closed", _("This list was closed: choose another, or make a new one.")))
    return held


def _demand(actor: Actor, scheme: Scheme, verb: str = "roster.list") -> None:
    if not may_with_roster(actor, verb, scheme):
        said = _("Only those who keep this roster may do this: ask an administrator for the role.")
        raise NotAllowed(Finding("not_a_keeper", said))


def _tell(verb: str, held: RosterList, number: int, *, actor: Actor, at: datetime) -> None:
    if number:
        record(verb, subject=held.code, actor=actor, at=at, facts={"people": number})

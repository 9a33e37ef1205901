"""Who looks after which enterprises: portfolios are set and ended, never rewritten."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.accounts.models import Organisation
from tragitto.employers import permissions
from tragitto.employers.models import Portfolio
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.rules.lists import division_titles, province_names
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.ledger.actions import record
from tragitto.schemes.models import Scheme


@dataclass(frozen=True)
class Area:
    """What one account manager looks after, with which share of the load, from which day."""

    manager: str
    starts_on: date
    provinces: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    share: int = 1


@transaction.atomic
def set_portfolio(
    *, scheme: Scheme, organisation: Organisation, area: Area, actor: Actor, at: datetime
) -> Portfolio:
    """Say what an account manager looks after; requests that come from then on are given by it.

    Raises `NotAllowed` for whoever does not administer the organisation, `Blocked` when the manager is no
    case officer there on the first day, or for a province, a division or a share that does not exist.
    """
    if not permissions.may_set_portfolio(actor, organisation.code):
        raise NotAllowed(_NOT_YOURS)
    managers = {user.code for user in queries.may_manage(organisation.code, on=area.starts_on)}
    if area.manager not in managers:
        raise Blocked(Finding("no_manager", _("This person is no case officer of the office on that day.")))
    if not set(area.provinces) <= set(province_names()) or not set(area.divisions) <= set(division_titles()):
        raise Blocked(Finding("unknown_area", _("Choose provinces and sectors from the lists.")))
    if area.share < 1:
        raise Blocked(Finding("no_share", _("The share of the load is at least 1.")))

    portfolio = Portfolio.objects.create(
        code=new_code("G"),
        scheme=scheme,
        organisation=organisation,
        manager=area.manager,
        provinces=sorted(area.provinces),
        divisions=sorted(area.divisions),
        share=area.share,
        starts_on=area.starts_on,
        made_by=actor.code,
        made_at=at,
    )
    facts = {"manager": area.manager, "provinces": portfolio.provinces, "divisions": portfolio.divisions}
    record("portfolio.set", subject=portfolio.code, actor=actor, at=at, facts=facts)
    return portfolio


@transaction.atomic
def end_portfolio(*, portfolio: Portfolio, ends_on: date, actor: Actor, at: datetime) -> Portfolio:
    """End a portfolio with a day (excluded); the requests given by it stay where they are.

    Raises `NotAllowed` for whoever does not administer the organisation, `Stale` when it has an end already,
    `Blocked` when it would end before it has begun.
    """
    locked = Portfolio.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    portfolio = locked.get(pk=portfolio.pk)
    if not permissions.may_set_portfolio(actor, portfolio.organisation.code):
        raise NotAllowed(_NOT_YOURS)
    if portfolio.ends_on is not None:
        raise Stale(Finding("portfolio_ended", _("This portfolio has an end already.")))
    if ends_on <= portfolio.starts_on:
        text = _("A portfolio lasts at least a day: choose a day after its first one.")
        raise Blocked(Finding("portfolio_too_short", text))

    portfolio.ends_on = ends_on
    portfolio.save(update_fields=["ends_on"])
    record("portfolio.ended", subject=portfolio.code, actor=actor, at=at, facts={"ends_on": ends_on})
    return portfolio


_NOT_YOURS = Finding(
    "not_your_portfolios", _("Who looks after what is said by the administrators of the office.")
)

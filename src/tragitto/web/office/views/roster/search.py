"""Searching the roster, and the searches that are kept under a name."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.candidates import permissions
from tragitto.candidates.actions import listing
from tragitto.candidates.queries import lists, search
from tragitto.candidates.rules.criteria import of_data
from tragitto.kernel import clock
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.roster import SearchForm, query_of
from tragitto.web.office.forms.roster_acts import SaveSearchForm
from tragitto.web.office.roster_desk import Desk, desk_of
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt

#: Those who may search; a file is opened by fewer.
SEARCHERS = ("officer", "reviewer", "administrator", "observer")


@require_safe
@for_office(*SEARCHERS)
def people(request: OfficeRequest) -> HttpResponse:
    """Those on the roster whom the criteria of the address mean."""
    desk = desk_of(request)
    return shown(request, desk, SearchForm(request.GET, desk=desk), SaveSearchForm())


def shown(
    request: OfficeRequest, desk: Desk, form: SearchForm, saving: SaveSearchForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page of a search; with criteria that cannot be read nobody is searched."""
    page: dict[str, object] = {"tab": "search", "desk": desk, "form": form, "saving": saving}
    if form.is_valid():
        criteria = form.criteria()
        result = search.page(
            actor=request.actor,
            scheme=desk.scheme,
            criteria=criteria,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        )
        page |= {"found": result, "criteria": criteria, "query": urlencode(query_of(criteria, desk))}
    elif status == HTTPStatus.OK:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    page["today"] = timezone.localdate(clock.now())
    page["searches"] = list(lists.searches(request.actor, desk.scheme))
    page["may_change"] = permissions.may_with_roster(request.actor, "roster.change_many", desk.scheme)
    page["may_export"] = permissions.may_with_roster(request.actor, "roster.export", desk.scheme)
    return render(request, "office/roster/search.html", page, status=status)


@require_POST
@for_office(*SEARCHERS)
def save_search(request: OfficeRequest) -> HttpResponse:
    """Keep the search of the address under a name."""
    desk = desk_of(request)
    form, saving = SearchForm(request.GET, desk=desk), SaveSearchForm(request.POST)
    if not form.is_valid():
        return shown(request, desk, form, saving)
    criteria = form.criteria()
    status = attempt(saving, lambda: listing.save_search(
        scheme=desk.scheme, criteria=criteria, **saving.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if saving.errors:
        return shown(request, desk, form, saving, status)
    messages.success(request, _("The search is kept."))
    return redirect(f"{reverse('office:roster')}?{urlencode(query_of(criteria, desk))}")


@require_safe
@for_office(*SEARCHERS)
def saved(request: OfficeRequest, code: str) -> HttpResponse:
    """Run a kept search: its address."""
    kept = found(lists.search_for, request.actor, code)
    query = query_of(of_data(kept.criteria), desk_of(request, kept.scheme.code))
    return redirect(f"{reverse('office:roster')}?{urlencode(query)}")


@require_POST
@for_office(*SEARCHERS)
def drop(request: OfficeRequest, code: str) -> HttpResponse:
    """Forget a kept search of one's own."""
    kept = found(lists.search_for, request.actor, code)
    desk = desk_of(request, kept.scheme.code)
    saving = SaveSearchForm({"name": kept.name})
    status = attempt(saving, lambda: listing.drop_search(search=kept, actor=request.actor, at=clock.now()))
    if saving.errors:
        return shown(request, desk, SearchForm(QueryDict(), desk=desk), saving, status)
    messages.success(request, _("The search is forgotten."))
    return redirect("office:roster")

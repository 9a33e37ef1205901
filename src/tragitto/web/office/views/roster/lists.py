"""Lists of people: made, looked at, filled and emptied one by one, closed."""

from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.accounts.queries import names_of
from tragitto.candidates import permissions
from tragitto.candidates.actions import listing
from tragitto.candidates.models import RosterList
from tragitto.candidates.queries import lists as queries
from tragitto.candidates.queries import people
from tragitto.candidates.vocabulary import ListKind
from tragitto.kernel import clock
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.roster_acts import ListForm
from tragitto.web.office.roster_desk import desk_of
from tragitto.web.office.roster_panels import lists as panels
from tragitto.web.office.views.roster.person import READERS, show
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*READERS)
def lists(request: OfficeRequest) -> HttpResponse:
    """The organisation's lists; a new one is made here."""
    desk = desk_of(request)
    form, status = ListForm(), HTTPStatus.OK
    if request.method == "POST":
        form, made = ListForm(request.POST), list[RosterList]()
        status = attempt(form, lambda: made.append(listing.make_list(
            scheme=desk.scheme,
            kind=ListKind(form.cleaned_data["kind"]),
            name=form.cleaned_data["name"],
            about=form.cleaned_data["about"],
            actor=request.actor,
            at=clock.now(),
        )))  # fmt: skip
        if made:
            return redirect("office:roster_list", made[0].code)
    may = permissions.may_with_roster(request.actor, "roster.list", desk.scheme)
    page = {"tab": "lists", "desk": desk, "form": form, "may_list": may}
    return render(request, "office/roster/lists.html", page, status=status)


@require_safe
@for_office(*READERS)
def one(request: OfficeRequest, code: str) -> HttpResponse:
    """Who stands on a list."""
    return _shown(request, found(queries.list_for, request.actor, code), Form())


@require_POST
@for_office(*READERS)
def close(request: OfficeRequest, code: str) -> HttpResponse:
    """Close a list."""
    roster_list, form = found(queries.list_for, request.actor, code), Form({})
    status = attempt(form, lambda: listing.close_list(
        roster_list=roster_list, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _shown(request, roster_list, form, status)
    messages.success(request, _("The list is closed."))
    return redirect("office:roster_lists")


@require_POST
@for_office(*READERS)
def take_off(request: OfficeRequest, code: str) -> HttpResponse:
    """Take those ticked off a list."""
    roster_list, form = found(queries.list_for, request.actor, code), Form({})
    status = attempt(form, lambda: listing.take_off_list(
        roster_list=roster_list,
        candidates=request.POST.getlist("person"),
        actor=request.actor,
        at=clock.now(),
    ))  # fmt: skip
    if form.errors:
        return _shown(request, roster_list, form, status)
    return redirect("office:roster_list", code)


@require_POST
@for_office(*READERS)
def put(request: OfficeRequest, code: str) -> HttpResponse:
    """Put one person on a list, from their own page."""
    person = found(people.kept_for, request.actor, code)
    form = panels.form_for(request.actor, person, request.POST)
    status = attempt(form, lambda: listing.put_on_list(
        roster_list=form.chosen,
        candidates=[person.code],
        note=form.cleaned_data["note"],
        actor=request.actor,
        at=clock.now(),
    ))  # fmt: skip
    if form.errors:
        return show(request, person, instead=panels.panel(request.actor, person, form), status=status)
    return redirect("office:roster_person", code)


def _shown(
    request: OfficeRequest, roster_list: RosterList, form: Form, status: int = HTTPStatus.OK
) -> HttpResponse:
    if not permissions.may_with_roster(request.actor, "roster.search", roster_list.scheme):
        raise Http404  # the organisation kept this roster once
    rows = page_of(queries.entries(roster_list, but=request.actor.code), request)
    may = permissions.may_with_roster(request.actor, "roster.list", roster_list.scheme)
    page = {
        "tab": "lists",
        "roster_list": roster_list,
        "page": rows,
        "names": names_of({roster_list.made_by, *(each.added_by for each in rows)}),
        "may_list": may and roster_list.closed_at is None,
        "form": form,
    }
    return render(request, "office/roster/list.html", page, status=status)

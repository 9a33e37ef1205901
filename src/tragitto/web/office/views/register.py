"""The office's protocol register: a year by number, one entry by its number, the file of a day."""

from datetime import date
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tragitto.kernel import clock
from tragitto.records import actions, queries
from tragitto.records.queries import dossiers
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.desk import DayForm, NumberForm
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.paging import ROWS, page_of
from tragitto.web.parts.refusing import attempt

READERS = ("officer", "reviewer", "administrator")


@require_safe
@for_office(*READERS)
def register(request: OfficeRequest) -> HttpResponse:
    """The register of the latest year that has entries."""
    years = dossiers.register_years(actor=request.actor)
    return redirect("office:register_year", years[0] if years else _today().year)


@require_safe
@for_office(*READERS)
def register_year(request: OfficeRequest, year: int) -> HttpResponse:
    """The entries of a year; a number asked for is shown on the page where it stands."""
    form = NumberForm(request.GET)
    number = form.asked()["number"]
    place = dossiers.place_in_register(actor=request.actor, year=year, number=number) if number else None
    wanted = place // ROWS + 1 if place is not None else None
    found = {"filters": form, "number": number, "missing": number and place is None}
    return render(request, "office/register.html", {**_page(request, year, wanted), **found})


@require_POST
@for_office(*READERS)
def register_export(request: OfficeRequest) -> HttpResponse:
    """The register of a day as a file to keep; the ledger remembers its digest."""
    form = DayForm(request.POST, today=_today())
    made: list[actions.DailyRegister] = []
    status = attempt(form, lambda: made.append(
        actions.export_day(day=form.cleaned_data["day"], actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        return as_file(made[0].csv, f"{made[0].name}.csv", "text/csv")
    page = {**_page(request, _today().year), "filters": NumberForm(), "export": form, "form": form}
    return render(request, "office/register.html", page, status=status)


def _page(request: OfficeRequest, year: int, wanted: int | None = None) -> dict[str, object]:
    return {
        "year": year,
        "years": dossiers.register_years(actor=request.actor),
        "page": page_of(queries.register(actor=request.actor, year=year), request, wanted=wanted),
        "export": DayForm(today=_today(), initial={"day": _today()}),
    }


def _today() -> date:
    return timezone.localdate(clock.now())

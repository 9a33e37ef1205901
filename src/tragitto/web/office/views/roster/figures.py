"""Figures about everybody on the roster, as a table and as a file."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tragitto.candidates import words
from tragitto.candidates.queries.figures import UNKNOWN, tally
from tragitto.candidates.rules.figures import Dimension, Figures
from tragitto.schemes.vocabulary import RosterStatus
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.roster import DIMENSIONS, FiguresForm
from tragitto.web.office.roster_desk import Desk, desk_of
from tragitto.web.office.views.roster.search import SEARCHERS
from tragitto.web.parts.handing import as_file, as_table

#: What a page shows that nobody has asked anything of.
_FIRST = {"by": Dimension.PROFILE.value, "across": Dimension.STATUS.value}


@require_safe
@for_office(*SEARCHERS)
def figures(request: OfficeRequest) -> HttpResponse:
    """Everybody, counted by two things."""
    desk = desk_of(request)
    form = _form(request, desk)
    if not form.is_valid():
        page = {"tab": "figures", "desk": desk, "form": form}
        return render(request, "office/roster/figures.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    told, by, across = _told(request, desk, form)
    heads = [_word(desk, across, code) for code in told.columns]
    rows = [
        (_word(desk, by, code), cells, total)
        for code, cells, total in zip(told.rows, told.cells, told.row_totals, strict=True)
    ]
    page = {
        "tab": "figures", "desk": desk, "form": form, "told": told, "heads": heads, "rows": rows,
        "by": DIMENSIONS[by], "across": DIMENSIONS[across],
    }  # fmt: skip
    return render(request, "office/roster/figures.html", page)


@require_safe
@for_office(*SEARCHERS)
def figures_file(request: OfficeRequest) -> HttpResponse:
    """The same as a table to save."""
    desk = desk_of(request)
    form = _form(request, desk)
    if not form.is_valid():
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    told, by, across = _told(request, desk, form)
    corner = f"{DIMENSIONS[by]} / {DIMENSIONS[across]}"
    table: list[list[object]] = [[corner, *(_word(desk, across, code) for code in told.columns), _("All")]]
    for code, cells, total in zip(told.rows, told.cells, told.row_totals, strict=True):
        table.append([_word(desk, by, code), *map(_shown, cells), _shown(total)])
    table.append([_("All"), *map(_shown, told.column_totals), _shown(told.total)])
    return as_file(as_table(table), f"{desk.scheme.code}-figures.csv", "text/csv; charset=utf-8")


def _form(request: OfficeRequest, desk: Desk) -> FiguresForm:
    asked = request.GET.copy()
    for name, value in {**_FIRST, "tongue": desk.roster.languages[0]}.items():
        asked.setdefault(name, value)
    return FiguresForm(asked, desk=desk)


def _told(request: OfficeRequest, desk: Desk, form: FiguresForm) -> tuple[Figures, Dimension, Dimension]:
    data = form.cleaned_data
    by, across = Dimension(data["by"]), Dimension(data["across"])
    status = RosterStatus(data["status"]) if data["status"] else None
    told = tally(
        actor=request.actor, scheme=desk.scheme, by=by, across=across, tongue=data["tongue"], status=status
    )
    return told, by, across


def _shown(count: int | None) -> object:
    return "…" if count is None else count


def _word(desk: Desk, dimension: Dimension, code: str) -> str:
    """What a place of a dimension is called."""
    if code == UNKNOWN:
        return {
            Dimension.REGISTRAR: pgettext("registered by", "Nobody else"),
            Dimension.LEVEL: pgettext("level", "None stated"),
        }.get(dimension, pgettext("figures", "Not known"))
    known = {
        Dimension.PROFILE: dict(desk.profiles),
        Dimension.STATUS: words.STATUS,
        Dimension.REGISTRAR: dict(desk.registrars),
    }.get(dimension, {})
    return str(known.get(code, f"EQF {code}" if dimension == Dimension.EQF else code[:7]))

"""The law as loaded: every parameter on a day, and one parameter through time."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.law import queries
from tragitto.law.models import Parameter
from tragitto.law.rules import UnknownCode
from tragitto.law.rules.refusals import LawRefusal
from tragitto.web.office import terms
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.looking import DayForm, LawForm
from tragitto.web.parts.context import frame


@require_safe
@for_office
def law(request: OfficeRequest) -> HttpResponse:
    """What the law says on a day, parameter by parameter, with its citations."""
    form = LawForm(request.GET)
    on = form.day(timezone.localdate(clock.now()))
    language = str(frame(request)["language"])
    rows = _bearing(str(form.asked()["words"] or ""), queries.all_on(on), language)
    return render(request, "office/law.html", {"filters": form, "on": on, "rows": rows})


@require_safe
@for_office
def parameter(request: OfficeRequest, code: str) -> HttpResponse:
    """One parameter: the row of the day asked for, or why there is none, and all its periods."""
    form = DayForm(request.GET)
    on = form.day(timezone.localdate(clock.now()))
    try:
        rows = queries.periods(code)
    except UnknownCode as unknown:
        raise Http404(code) from unknown
    row, refusal = _answer(code, on)
    page: dict[str, object] = {
        "filters": form,
        "on": on,
        "code": code,
        "rows": rows,
        "row": row,
        "refusal": refusal,
    }
    if row and row.moment:
        page["moment"] = terms.moment(row.moment, str(frame(request)["language"]))
    return render(request, "office/law_parameter.html", page)


def _answer(code: str, on: date) -> tuple[Parameter | None, str]:
    try:
        return queries.parameter(code, on=on), ""
    except LawRefusal as refusal:
        return None, refusal.text


def _bearing(words: str, rows: list[Parameter], language: str) -> list[Parameter]:
    wanted = words.casefold()
    return [row for row in rows if wanted in f"{row.code} {in_language(row.title, language)}".casefold()]

"""Who looks after which enterprises, and what the enterprises need."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.accounts import queries as accounts
from tragitto.employers import actions, permissions
from tragitto.employers.queries import enquiries as queries
from tragitto.employers.queries.enquiries import Needed
from tragitto.employers.rules.lists import province_names
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.portfolios import EndForm, PortfolioForm
from tragitto.web.office.views.enquiries import PEOPLE
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file, as_table
from tragitto.web.parts.refusing import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*PEOPLE)
def portfolios(request: OfficeRequest) -> HttpResponse:
    """Who looks after what; administrators add to it."""
    form = _form(request)
    if request.method != "POST":
        return _shown(request, {"form": form}, HTTPStatus.OK)
    known = {each.code: each for each in queries.schemes_of(request.actor)}
    organisation = accounts.organisation_named(request.actor.organisation)
    status = attempt(form, lambda: actions.set_portfolio(
        scheme=known[form.cleaned_data["scheme"]],
        organisation=organisation,
        area=form.area(),
        actor=request.actor,
        at=clock.now(),
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        return redirect("office:portfolios")
    return _shown(request, {"form": form}, status)


@require_POST
@for_office(*PEOPLE)
def end(request: OfficeRequest, code: str) -> HttpResponse:
    """End a portfolio with a day."""
    portfolio = found(queries.portfolio_for, request.actor, code)
    form = EndForm(request.POST, auto_id=f"id_{code}_%s")
    status = attempt(form, lambda: actions.end_portfolio(
        portfolio=portfolio, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        return redirect("office:portfolios")
    return _shown(request, {"form": _form(request, is_sent=False), "ending": form, "ended": code}, status)


@require_safe
@for_office(*PEOPLE)
def needs(request: OfficeRequest) -> HttpResponse:
    """What the enterprises need, profile by profile and province by province."""
    call = request.GET.get("call", "")
    page = {
        "rows": [(each, *_named(each)) for each in queries.needs(actor=request.actor, call=call)],
        "titles": _titles(request),
        "calls": [each for each in schemes.all_calls(request.actor) if _is_own(request, each.publisher.code)],
        "chosen": call,
    }
    return render(request, "office/needs.html", page)


@require_safe
@for_office(*PEOPLE)
def needs_file(request: OfficeRequest) -> HttpResponse:
    """The same as a table to save."""
    titles = _titles(request)
    table: list[list[object]] = [
        [
            _("Profile"),
            _("In words"),
            _("Province"),
            _("Enterprises"),
            _("People"),
            _("Earliest start"),
        ]
    ]
    for each in queries.needs(actor=request.actor, call=request.GET.get("call", "")):
        words = titles.get(each.profile, "")
        table.append([each.profile, words, each.province, each.enterprises, each.workers, each.first_start])
    return as_file(as_table(table), "needs.csv", "text/csv; charset=utf-8")


def _shown(request: OfficeRequest, sent: dict[str, object], status: HTTPStatus) -> HttpResponse:
    rows = list(queries.portfolios(actor=request.actor))
    page = {
        "rows": [(row, EndForm(auto_id=f"id_{row.code}_%s")) for row in rows],
        "names": accounts.names_of(row.manager for row in rows),
        "may_set": permissions.may_set_portfolio(request.actor, request.actor.organisation),
        "today": timezone.localdate(clock.now()),
        **sent,
    }
    return render(request, "office/portfolios.html", page, status=status)


def _form(request: OfficeRequest, *, is_sent: bool = True) -> PortfolioForm:
    today = timezone.localdate(clock.now())
    return PortfolioForm(
        request.POST if request.method == "POST" and is_sent else None,
        schemes=queries.schemes_of(request.actor),
        managers=queries.may_manage(request.actor.organisation, on=today),
        language=get_language() or "it",
        today=today,
    )


def _titles(request: OfficeRequest) -> dict[str, str]:
    language, offered = get_language() or "it", queries.schemes_of(request.actor)
    profiles = [profile for scheme in offered for profile in schemes.profiles(scheme)]
    return {profile.code: in_language(profile.title, language) for profile in profiles}


def _named(needed: Needed) -> tuple[str]:
    return (province_names().get(needed.province, needed.province),)


def _is_own(request: OfficeRequest, publisher: str) -> bool:
    return publisher == request.actor.organisation

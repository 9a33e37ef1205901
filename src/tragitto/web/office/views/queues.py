"""The queue of a call in the order of arrival, who gets which filing, and who was admitted."""

from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.accounts import queries as people
from tragitto.cases import actions as cases
from tragitto.cases import permissions
from tragitto.cases import queries as standing
from tragitto.cases.models import Case
from tragitto.employers import queries
from tragitto.employers.vocabulary import QueueShow
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.responsibility import TICKED, FindForm, SpreadForm
from tragitto.web.office.forms.reviewing import QueueForm
from tragitto.web.office.views.calls import lines
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file, as_table
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

#: Who may make somebody responsible for cases.
GIVERS = ("officer", "reviewer", "administrator")
#: How many filings that nobody is responsible for are given out at once.
MOST_AT_ONCE = 500


@require_safe
@for_office
def queue(request: OfficeRequest) -> HttpResponse:
    """The queue of the call with most left to review."""
    published = [line for line in lines(request) if line.call.published_at]
    if not published:
        return redirect("office:calls")
    busiest = max(published, key=lambda line: (line.sight.is_own, line.counts.to_review))
    return redirect("office:call_queue", busiest.call.code)


@require_safe
@for_office
def call_queue(request: OfficeRequest, code: str) -> HttpResponse:
    """The expressions under a call, strictly in the order of arrival, each with what is missing."""
    call = found(schemes.get_call, request.actor, code)
    return render(request, "office/queue.html", _page(request, call))


@require_POST
@for_office
def find(request: OfficeRequest, code: str) -> HttpResponse:
    """Look for words in the queue. They wait in the session: an address is kept and passed on."""
    call = found(schemes.get_call, request.actor, code)
    form = FindForm(request.POST)
    request.session[_words_of(call)] = form.cleaned_data["words"] if form.is_valid() else ""
    return redirect("office:call_queue", call.code)


@require_POST
@for_office(*GIVERS)
def spread(request: OfficeRequest, code: str) -> HttpResponse:
    """Give filings of the list to one person, or evenly to several."""
    call = found(schemes.get_call, request.actor, code)
    form = _spreading(request, request.POST)
    given: dict[str, int] = {}

    def act() -> None:
        given.update(
            cases.spread_cases(
                cases=_chosen(request, call, form.cleaned_data["scope"]),
                officers=form.cleaned_data["officers"],
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                at=clock.now(),
            )
        )

    status = attempt(form, act)
    if status != HTTPStatus.SEE_OTHER:
        page = {**_page(request, call), "spreading": form, "form": form}
        return render(request, "office/queue.html", page, status=status)
    messages.success(request, _given_in_words(given))
    there = redirect("office:call_queue", call.code)
    return redirect(f"{there.url}?{request.GET.urlencode()}") if request.GET else there


@require_safe
@for_office
def admitted(request: OfficeRequest, code: str) -> HttpResponse:
    """Who was admitted under a call, in the order of arrival, with the positions they open."""
    call = found(schemes.get_call, request.actor, code)
    rows = page_of(queries.admitted(actor=request.actor, call=call), request)
    return render(request, "office/admitted.html", {"call": call, "page": rows})


@require_safe
@for_office
def admitted_file(request: OfficeRequest, code: str) -> HttpResponse:
    """The same list as a table to save, one line for each position."""
    call = found(schemes.get_call, request.actor, code)
    zone, language = ZoneInfo(call.zone), get_language() or "it"
    table = [[_("Code"), _("Place since"), _("Employer"), _("Codice fiscale"), _("Profile"), _("Seats")]]
    for each in queries.admitted(actor=request.actor, call=call):
        since = each.place_instant.astimezone(zone).isoformat() if each.place_instant else ""
        about = [each.code, since, each.employer.name, each.employer.codice_fiscale]
        table += [
            [*about, in_language(position.profile.title, language), str(position.seats or "")]
            for position in each.open_positions  # type: ignore[attr-defined]  # prefetched by `admitted`
        ]
    return as_file(as_table(table), f"{call.code}-admitted.csv", "text/csv; charset=utf-8")


def _page(request: OfficeRequest, call: Call) -> dict[str, object]:
    form, words = QueueForm(request.GET), str(request.session.get(_words_of(call), ""))
    rows = queries.queue(actor=request.actor, call=call, show=form.asked()["show"] or "", words=words)
    page = page_of(rows, request)
    may_give = permissions.may(request.actor, "case.assign", call)
    return {
        "call": call,
        "filters": form,
        "finding": FindForm(initial={"words": words}),
        "words": words,
        "page": page,
        "names": people.names_of(row.officer for row in page.object_list),
        "lines": lines(request),
        "spreading": _spreading(request) if may_give else None,
        "now": clock.now(),
    }


def _spreading(request: OfficeRequest, sent: QueryDict | None = None) -> SpreadForm:
    fellows = standing.fellows(actor=request.actor, on=timezone.localdate(clock.now()))
    return SpreadForm(sent, fellows=fellows, most=MOST_AT_ONCE)


def _chosen(request: OfficeRequest, call: Call, scope: str) -> list[Case]:
    """The cases of the filings ticked, or of those that nobody is responsible for, in their order."""
    if scope == TICKED:
        ticked = request.POST.getlist("filing")
        return queries.cases_in_order(actor=request.actor, call=call, codes=ticked)
    rows = queries.queue(actor=request.actor, call=call, show=QueueShow.NOBODYS)
    return [expression.case for expression in rows.expressions[:MOST_AT_ONCE]]


def _given_in_words(given: dict[str, int]) -> str:
    names = people.names_of(given)
    shares = [f"{names.get(code, code)}: {number}" for code, number in given.items()]
    return _("Given out: {shares}.").format(shares=", ".join(shares))


def _words_of(call: Call) -> str:
    """Where the session keeps what is looked for in the queue of `call`."""
    return f"queue_words:{call.code}"

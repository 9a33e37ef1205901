"""One batch: how far it is, what would happen to each row, applying it, throwing it away, rows to mend."""

from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.candidates.actions import batches as actions
from tragitto.candidates.models import Batch
from tragitto.candidates.queries import batches as queries
from tragitto.candidates.queries.choices import lists_of
from tragitto.kernel import clock
from tragitto.schemes.queries import roster_of
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file, as_table
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest
from tragitto.web.portal.forms.registrars import ApplyForm
from tragitto.web.portal.registrar_list import rows_to_mend, to_mend_table
from tragitto.web.portal.registrar_rows import shown_rows
from tragitto.web.portal.registrar_words import PROBLEMS, STATES, VERDICTS
from tragitto.web.portal.views.registrars import XLSX, for_registrar


@require_safe
@for_registrar
def batch(request: PortalRequest, code: str) -> HttpResponse:
    """How far the batch is, what would happen or has happened to its rows, those of one kind if asked."""
    held = _found(request, code)
    return render(request, "portal/batch.html", _page(request, held, ApplyForm(batch=held)))


@require_POST
@for_registrar
def apply(request: PortalRequest, code: str) -> HttpResponse:
    """Have the batch entered."""
    held = _found(request, code)
    form = ApplyForm(request.POST, batch=held)
    status = attempt(
        form,
        lambda: actions.apply_batch(
            batch=held, leaves_out=form.leaves_out, actor=request.actor, at=clock.now()
        ),
    )
    if status is HTTPStatus.SEE_OTHER:
        messages.success(request, _("The people are being entered: all of them, or nobody if it cannot be."))
        return redirect("portal:batch", code)
    return render(request, "portal/batch.html", _page(request, _found(request, code), form), status=status)


@require_POST
@for_registrar
def cancel(request: PortalRequest, code: str) -> HttpResponse:
    """Throw the batch away."""
    held, form = _found(request, code), Form(request.POST)
    status = attempt(form, lambda: actions.cancel_batch(batch=held, actor=request.actor, at=clock.now()))
    if status is HTTPStatus.SEE_OTHER:
        messages.success(request, _("The batch was thrown away, and its rows with it. Nobody was entered."))
        return redirect("portal:batches")
    return render(request, "portal/batch.html", _page(request, _found(request, code), form), status=status)


@require_safe
@for_registrar
def to_mend(request: PortalRequest, code: str, kind: str) -> HttpResponse:
    """The rows that are refused or doubtful, with what is wrong, to be mended and sent again."""
    held = _found(request, code)
    rows = queries.to_mend(held)
    table = to_mend_table(held, rows, get_language() or "it")
    if kind == "csv":
        return as_file(as_table(table), f"{held.code}.csv", "text/csv")
    if kind == "xlsx":
        return as_file(rows_to_mend(table, get_language() or "it"), f"{held.code}.xlsx", XLSX)
    raise Http404


def _found(request: PortalRequest, code: str) -> Batch:
    return found(queries.get_for, request.actor, code)


def _page(request: PortalRequest, held: Batch, form: Form) -> dict[str, object]:
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in VERDICTS else ""
    page = page_of(queries.rows(held, wanted), request)
    lists = lists_of(held.scheme, roster_of(held.scheme_id))
    return {
        "it": held,
        "state": STATES[held.state],
        "problem": PROBLEMS.get(held.problem, ""),
        "form": form,
        "page": page,
        "rows": shown_rows(page, lists, get_language() or "it"),
        "wanted": wanted,
        "counts": [(word, VERDICTS[word], held.counts[word]) for word in VERDICTS if word in held.counts],
        "ignored": [heading for heading, column in held.columns if not column],
        "is_moving": held.state in {"checking", "applying"},
        "refused": held.counts.get("refused", 0),
    }

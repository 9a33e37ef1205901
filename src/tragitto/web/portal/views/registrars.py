"""Pages of those who register others: their batches, the list to be filled, the people they registered."""

from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.candidates.actions import batches as actions
from tragitto.candidates.models import Batch
from tragitto.candidates.queries import batches as queries
from tragitto.candidates.queries.choices import lists_of
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import Guarded, PortalRequest, View, for_person
from tragitto.web.portal.forms.registrars import UploadForm
from tragitto.web.portal.registrar_list import filled_list
from tragitto.web.portal.registrar_words import STATES, states_of_people

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def for_registrar[**P](view: View[P], /) -> Guarded[P]:
    """Let a view be seen by those whose organisation registers people on a roster; for others it is 403."""

    def answer(request: PortalRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not queries.schemes_of(request.actor).exists():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wraps(view)(for_person(answer))


@require_http_methods(["GET", "HEAD", "POST"])
@for_registrar
def batches(request: PortalRequest) -> HttpResponse:
    """What was sent so far, and another file to be tried."""
    schemes = list(queries.schemes_of(request.actor))
    form, status = UploadForm(schemes=schemes), HTTPStatus.OK
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, schemes=schemes)
        status = attempt(form, lambda: form.note(_take(request, form)))
        if status is HTTPStatus.SEE_OTHER and form.taken:
            messages.success(request, _("The file has come and is being tried. Nobody is entered yet."))
            return redirect("portal:batch", form.taken.code)
    page = page_of(queries.batches(request.actor), request)
    shown = {
        "form": form,
        "page": page,
        "rows": [(each, STATES[each.state]) for each in page],
        "schemes": [(each, roster_of(each).title) for each in schemes],
    }
    return render(request, "portal/batches.html", shown, status=status)


@require_safe
@for_registrar
def blank_list(request: PortalRequest, scheme: str) -> HttpResponse:
    """The list to be filled, with instructions and every answer that may be given, as a spreadsheet."""
    found = own_scheme(request, scheme)
    spec, language = roster_of(found), get_language() or "it"
    content = filled_list(in_language(spec.title, language), lists_of(found, spec), language)
    return as_file(content, f"{found.code}-{language}.xlsx", XLSX)


@require_safe
@for_registrar
def people(request: PortalRequest, scheme: str) -> HttpResponse:
    """The people whom the organisation registered, by its references."""
    found = own_scheme(request, scheme)
    reference = request.GET.get("reference", "").strip()
    page = page_of(queries.own_people(request.actor, found, reference), request)
    shown = {
        "scheme": found,
        "title": roster_of(found).title,
        "reference": reference,
        "page": page,
        "rows": [(each, states_of_people(each)) for each in page],
    }
    return render(request, "portal/batch_people.html", shown)


def own_scheme(request: PortalRequest, code: str) -> Scheme:
    """The scheme of this code, if the actor registers people on its roster; else there is no such page."""
    found = queries.schemes_of(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _take(request: PortalRequest, form: UploadForm) -> Batch:
    scheme, name, file = form.upload()
    return actions.take_file(
        scheme=own_scheme(request, scheme),
        name=name,
        # One byte beyond what is taken is enough to be told so.
        content=file.read(actions.MOST_BYTES + 1),
        actor=request.actor,
        at=clock.now(),
    )

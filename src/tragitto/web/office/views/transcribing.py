"""Transcribing: what was printed, filled in by hand and scanned becomes values that a person confirms."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragitto.kernel import clock
from tragitto.records import actions
from tragitto.records.models import Message
from tragitto.records.registries import template_of
from tragitto.schemes.pack import FormSpec
from tragitto.web.office import transcribing
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.files import FileShown
from tragitto.web.office.forms.transcribing import TranscriptionForm, initial
from tragitto.web.office.labels import form_of
from tragitto.web.office.message_page import file_of
from tragitto.web.parts.refusing import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_office("officer", "administrator")
def transcription(request: OfficeRequest, code: str, file: str) -> HttpResponse:
    """Each place of a printed form beside what was read in it; sent, it is what stands there."""
    message, it = file_of(request, code, file)
    scan = _scan(it, request.GET.get("form", ""))
    read = transcribing.code_of(scan)
    spec = form_of(request.actor, call=read.call, form=read.form)
    if spec is None or it.is_infected:
        raise Http404
    form = _form(request, spec, scan, it)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: actions.transcribe(
            attachment=it.file, call=read.call, form=read.form, version=str(read.version),
            fields=form.values, actor=request.actor, at=clock.now(),
        ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("The values are confirmed and are read like those of any other form."))
        return redirect("office:message", message.code)
    page = _page(message, it, scan, spec, form)
    return render(request, "office/transcription.html", page, status=status)


def _scan(it: FileShown, form: str) -> Mapping[str, Any]:
    """The printed form asked for; the first one where none is named."""
    for scan in it.scans:
        if form in ("", scan["code"]["form"]):
            return scan
    raise Http404


def _form(
    request: OfficeRequest, spec: FormSpec, scan: Mapping[str, Any], it: FileShown
) -> TranscriptionForm:
    read = transcribing.code_of(scan)
    before = it.known.transcription
    is_confirmed = before is not None and before.form == read.form
    known = before.fields if before and is_confirmed else transcribing.values_of(scan)
    template = template_of(read)
    seen = transcribing.seen_of(scan, template)
    return TranscriptionForm(
        request.POST if request.method == "POST" else None,
        spec=spec,
        options=transcribing.options_of(template),
        seen=seen,
        language=get_language() or "it",
        initial=initial(spec, known, is_confirmed=is_confirmed, seen=seen),
    )


def _page(
    message: Message, it: FileShown, scan: Mapping[str, Any], spec: FormSpec, form: TranscriptionForm
) -> dict[str, object]:
    language = get_language() or "it"
    return {
        "message": message,
        "it": it,
        "scan": scan,
        "spec": spec,
        "form": form,
        "sections": transcribing.sections(form, spec, scan, it.file, language),
    }

"""What changes beside a published call: corrected texts by a dated act, and links to elsewhere."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragitto.kernel import clock
from tragitto.schemes import actions, permissions, queries
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import Section
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms import acts_words
from tragitto.web.office.forms.acts import CorrectForm, LinkForm
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_office("publisher")
def correct(request: OfficeRequest, code: str, section: str) -> HttpResponse:
    """Correct a text of the public page of a published call, in four languages, by a dated act."""
    call = found(queries.get_call, request.actor, code)
    if section not in Section:
        raise Http404
    if not permissions.may_amend(request.actor, call):
        raise PermissionDenied
    part = Section(section)
    form = CorrectForm(request.POST or None, section=part, present=queries.section(call, part))
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: actions.correct_texts(
            call=call, texts={part: form.text("text")}, act=form.cleaned_data["act"],
            reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now(),
        ))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The text is corrected: the public page shows it, with the act."))
            return redirect("office:call", call.code)
    page = {"call": call, "form": form, "title": acts_words.SECTIONS[part]}
    return render(request, "office/acts_correction.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def links(request: OfficeRequest, code: str) -> HttpResponse:
    """What is related to a call, and for its own body a form to add more."""
    call = found(queries.get_call, request.actor, code)
    may_draft = permissions.may_draft(request.actor, call)
    if request.method == "POST" and not may_draft:
        raise PermissionDenied
    calls = queries.linkable(call, request.actor) if may_draft else []
    form = LinkForm(request.POST or None, calls=calls, language=get_language() or "it")
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: actions.add_link(
            call=call, **form.link(), actor=request.actor, at=clock.now()
        ))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The link is added."))
            return redirect("office:act_links", call.code)
    return _links(request, call, form if may_draft else None, status)


@require_POST
@for_office(*permissions.DRAFTING)
def unlink(request: OfficeRequest, code: str, number: int) -> HttpResponse:
    """Take a link away."""
    call = found(queries.get_call, request.actor, code)
    form = Form(request.POST)
    status = attempt(form, lambda: actions.remove_link(
        call=call, number=number, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("The link is taken away."))
        return redirect("office:act_links", call.code)
    return _links(request, call, form, status)


def _links(request: OfficeRequest, call: Call, form: Form | None, status: HTTPStatus) -> HttpResponse:
    related = [(link, acts_words.RELATIONS[link.relation]) for link in queries.related_links(call)]
    return render(
        request, "office/acts_links.html", {"call": call, "related": related, "form": form}, status=status
    )

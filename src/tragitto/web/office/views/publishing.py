"""What a publisher does to a call: publish a draft, move the end of a window, close it."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tragitto.kernel import clock
from tragitto.schemes import actions, queries
from tragitto.schemes.models import Call
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.publishing import ExtendForm
from tragitto.web.office.obstacles import in_words
from tragitto.web.office.views.calls import page_of_call
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt


@require_POST
@for_office("publisher")
def publish(request: OfficeRequest, code: str) -> HttpResponse:
    """Publish a draft that somebody else has drafted."""
    call = found(queries.get_call, request.actor, code)
    form = Form(request.POST)
    return _done_or_shown(request, call, {"publishing": form}, in_words(lambda: actions.publish(
        call=call, actor=request.actor, at=clock.now()
    )), done=_("The call is published."))  # fmt: skip


@require_POST
@for_office("publisher")
def extend(request: OfficeRequest, code: str) -> HttpResponse:
    """Move the end of a window to later, by a dated act."""
    call = found(queries.get_call, request.actor, code)
    form = ExtendForm(request.POST, call=call, openings=queries.openings(call))
    return _done_or_shown(request, call, {"extending": form}, lambda: actions.extend_window(
        call=call, **form.extension(), actor=request.actor, at=clock.now()
    ), done=_("The window ends later from now on."))  # fmt: skip


@require_POST
@for_office("publisher")
def close(request: OfficeRequest, code: str) -> HttpResponse:
    """Take a call whose windows are over off the list of open ones."""
    call = found(queries.get_call, request.actor, code)
    form = Form(request.POST)
    return _done_or_shown(request, call, {"closing": form}, lambda: actions.close(
        call=call, actor=request.actor, at=clock.now()
    ), done=_("The call is closed."))  # fmt: skip


def _done_or_shown(
    request: OfficeRequest, call: Call, sent: dict[str, Form], act: Callable[[], object], *, done: str
) -> HttpResponse:
    (form,) = sent.values()
    status = attempt(form, act)
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, done)
        return redirect("office:call", call.code)
    page = {**page_of_call(request, call), **sent, "form": form}
    return render(request, "office/call.html", page, status=status)

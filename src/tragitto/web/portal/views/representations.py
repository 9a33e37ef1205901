"""For whom a person acts: say so, add papers, see what was confirmed, end it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.employers import actions
from tragitto.employers.models import Representation
from tragitto.employers.queries import representing
from tragitto.kernel import clock
from tragitto.schemes import queries as schemes
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.forms.representations import DeclareForm, EndForm, PapersForm
from tragitto.web.portal.identity import identified


@require_safe
@for_person
def representations(request: PortalRequest) -> HttpResponse:
    """For whom the person acts, and since when; and who else acts for the same enterprises."""
    on = timezone.localdate(clock.now())
    shown = {
        "own": representing.representations(actor=request.actor),
        "others": representing.of_own_employers(actor=request.actor, on=on),
        "today": on,
    }
    return render(request, "portal/representations.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def declare(request: PortalRequest) -> HttpResponse:
    """Say for which enterprise one acts, in what capacity, how far and until when, with the papers."""
    now = clock.now()
    calls = schemes.published_calls(now)
    form = DeclareForm(
        request.POST or None, request.FILES or None, calls=calls, today=timezone.localdate(now)
    )
    status = HTTPStatus.OK
    if request.method == "POST":
        who = identified(request)
        made: list[Representation] = []
        status = attempt(form, lambda: made.append(actions.declare_representation(
            declaration=form.declaration(), identified=who.codice_fiscale if who else "",
            actor=request.actor, at=now,
        )))  # fmt: skip
        if made:
            messages.success(request, _("Noted. What comes next stands on this page."))
            return redirect("portal:representation", made[0].code)
    return render(request, "portal/declare.html", {"form": form}, status=status)


@require_safe
@for_person
def representation(request: PortalRequest, code: str) -> HttpResponse:
    """One of them: how far it reaches, whether it counts, its papers, and the way to end it."""
    return _shown(request, code)


@require_POST
@for_person
def add_papers(request: PortalRequest, code: str) -> HttpResponse:
    """Add the signed delegation, or the copy of the identity document."""
    own = _found(request, code)
    form = PapersForm(request.POST, request.FILES)
    status = attempt(form, lambda: actions.add_papers(
        representation=own, **form.papers(), actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("The papers are with us."))
        return redirect("portal:representation", code)
    return _shown(request, code, status, papers=form)


@require_POST
@for_person
def end(request: PortalRequest, code: str) -> HttpResponse:
    """End it from now on: one's own, or a delegate's of the enterprise one represents."""
    own = _found(request, code)
    form = EndForm(request.POST)
    status = attempt(form, lambda: actions.revoke_representation(
        representation=own, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("Ended. What was filed stays filed."))
        return redirect("portal:representations")
    return _shown(request, code, status, ending=form)


def _found(request: PortalRequest, code: str) -> Representation:
    on = timezone.localdate(clock.now())
    return found(representing.own_representation, actor=request.actor, code=code, on=on)


def _shown(
    request: PortalRequest, code: str, status: int = HTTPStatus.OK, **sent: PapersForm | EndForm
) -> HttpResponse:
    own = _found(request, code)
    shown = {
        "it": own,
        "is_own": own.account == request.actor.code,
        "papers": PapersForm(),
        "ending": EndForm(),
        "form": next(iter(sent.values()), None),
        **sent,
    }
    return render(request, "portal/representation.html", shown, status=status)

"""Registering on a roster: begin, the list of what is to do, the last look, sending, throwing away."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.candidates.actions import beginning
from tragitto.candidates.queries.registering import Draft
from tragitto.candidates.vocabulary import PageKind
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_candidate
from tragitto.web.portal.drafts import language_now
from tragitto.web.portal.forms.roster import BeginForm
from tragitto.web.portal.registering import (
    answers_of,
    own_draft,
    parts_of,
    roster_scheme,
    step_of,
)
from tragitto.web.portal.rows_shown import lines_of

FORM_OR_PAGE = ("GET", "HEAD", "POST")


@require_http_methods(FORM_OR_PAGE)
@for_candidate
def home(request: PortalRequest, scheme: str) -> HttpResponse:
    """What is to do, page by page; who has not begun is asked their birthday, and begins."""
    of = roster_scheme(scheme)
    draft = own_draft(request, of)
    if draft is None:
        return _begin(request, of)
    parts = parts_of(draft)
    steps = [step for _title, listed in parts for step in listed]
    shown = {
        "draft": draft,
        "scheme": of,
        "parts": parts,
        "next": next((step for step in steps if step.page.is_missing), None),
        "missing": sum(step.page.is_missing for step in steps),
    }
    return render(request, "portal/roster/tasks.html", shown)


@require_safe
@for_candidate
def check(request: PortalRequest, scheme: str) -> HttpResponse:
    """All answers as they will be sent, and what is still lacking."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    return _checked(request, draft)


@require_POST
@for_candidate
def send(request: PortalRequest, scheme: str) -> HttpResponse:
    """Send the registration."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    try:
        beginning.send(candidate=draft.candidate, actor=request.actor, at=clock.now())
    except Refusal as refusal:
        texts = [str(finding.text) for finding in refusal.findings]
        return _checked(request, draft, refused=texts, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("portal:roster_sent", scheme)


@require_safe
@for_candidate
def sent(request: PortalRequest, scheme: str) -> HttpResponse:
    """That the registration was sent, its number, and what happens next."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None or not draft.candidate.is_sent:
        return redirect("portal:roster", scheme)
    place_at = draft.candidate.seniority_at
    shown = {"place_on": timezone.localdate(place_at) if place_at else None}
    page = {"draft": draft, "scheme": draft.candidate.scheme, **shown}
    return render(request, "portal/roster/sent.html", page)


@require_http_methods(FORM_OR_PAGE)
@for_candidate
def throw_away(request: PortalRequest, scheme: str) -> HttpResponse:
    """Ask once whether a registration that was not sent is to be thrown away; and do it."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None or draft.candidate.is_sent:
        return redirect("portal:roster", scheme)
    if request.method == "POST":
        beginning.throw_away(candidate=draft.candidate, actor=request.actor, at=clock.now())
        messages.success(request, _("Your registration is gone. Nothing of it was kept."))
        return redirect("public:roster", scheme)
    shown = {"draft": draft, "scheme": draft.candidate.scheme}
    return render(request, "portal/roster/throw_away.html", shown)


def _begin(request: PortalRequest, scheme: Scheme) -> HttpResponse:
    form, status = BeginForm(), HTTPStatus.OK
    if request.method == "POST":
        form = BeginForm(request.POST)
        status = attempt(
            form,
            lambda: beginning.begin(
                scheme=scheme,
                language=language_now(),
                birth_on=form.cleaned_data["birth_on"],
                actor=request.actor,
                at=clock.now(),
            ),
        )
        if status is HTTPStatus.SEE_OTHER:
            return redirect("portal:roster", scheme.code)
    spec = roster_of(scheme)
    notices = spec.notices_on(timezone.localdate(clock.now()))
    shown = {"scheme": scheme, "spec": spec, "notices": notices, "form": form}
    return render(request, "portal/roster/begin.html", shown, status=status)


def _checked(
    request: PortalRequest, draft: Draft, *, refused: list[str] | None = None, status: int | None = None
) -> HttpResponse:
    steps = [step_of(draft, page) for page in draft.pages if page.kind is not PageKind.NOTICE]
    shown = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "steps": [(step, answers_of(draft, step.page), lines_of(draft, step.page.kind)) for step in steps],
        "missing": [step_of(draft, page) for page in draft.pages if page.is_missing],
        "refused": refused or [],
    }
    return render(request, "portal/roster/check.html", shown, status=status)

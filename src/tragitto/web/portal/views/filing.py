"""Filing on line: begin, the list of what is to do, the last look, the forms as PDF, throwing away."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.employers.actions import drafting
from tragitto.employers.models import FilingDraft
from tragitto.employers.queries import drafts
from tragitto.employers.vocabulary import PageState
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.schemes import queries as schemes
from tragitto.schemes.vocabulary import Section
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.drafts import address_of, language_now, own_draft, step_of, until

FORM_OR_PAGE = ("GET", "HEAD", "POST")


@require_http_methods(FORM_OR_PAGE)
@for_person
def start(request: PortalRequest, call: str) -> HttpResponse:
    """Who may answer a call, what one needs at hand, until when; and the button that begins."""
    asked = found(schemes.get_call, request.actor, call)
    if not asked.is_published:
        raise Http404
    if request.method == "POST":
        try:
            begun = drafting.start_draft(
                call=asked, language=language_now(), actor=request.actor, at=clock.now()
            )
        except Refusal as refusal:
            messages.warning(request, str(refusal.findings[0].text))
            return redirect("portal:draft_start", call)
        return redirect("portal:draft", begun.code)
    shown = {
        "call": asked,
        "who": schemes.section(asked, Section.WHO),
        "until": until(asked, clock.now()),
        "is_online": schemes.takes_online(asked),
        "forms": schemes.contents(asked).forms,
        "begun": drafts.drafts_of(request.actor).filter(call=asked),
    }
    return render(request, "portal/draft_start.html", shown)


@require_safe
@for_person
def draft(request: PortalRequest, code: str) -> HttpResponse:
    """What is to do, part by part, and how far each has come; resumed on any device of the person."""
    own = own_draft(request, code)
    if own.sent_at:
        return redirect("portal:submission", own.submission.code)
    pages = drafts.pages_of(own)
    steps = [step_of(own, page) for page in pages]
    shown = {
        "draft": own,
        "parts": [(form, list(rows)) for form, rows in groupby(steps, key=lambda step: step.page.form)],
        "done": sum(page.state is PageState.DONE for page in pages),
        "next": next((step for step in steps if step.page.missing or step.page.problems), None),
        "is_online": schemes.takes_online(own.call),
        "until": until(own.call, clock.now()),
    }
    return render(request, "portal/draft.html", shown)


@require_safe
@for_person
def check(request: PortalRequest, code: str) -> HttpResponse:
    """All answers once more, each with the way to change it, what is declared, and the way to send."""
    own = own_draft(request, code)
    if own.sent_at:
        return redirect("portal:submission", own.submission.code)
    shown = {
        "draft": own,
        "steps": [step_of(own, page) for page in drafts.pages_of(own)],
        "missing": [(finding.text, _address(own, finding.facts)) for finding in drafts.missing(own)],
        "advice": [finding.text for finding in drafts.advice(own)],
        "forms": drafts.forms_of(own),
        "is_online": schemes.takes_online(own.call),
    }
    return render(request, "portal/draft_check.html", shown)


@require_safe
@for_person
def pdf(request: PortalRequest, code: str, form: str) -> HttpResponse:
    """A form filled in with what was answered, to be signed and sent by certified mail, or uploaded."""
    own = own_draft(request, code)
    content = found(drafts.filled_form, own, form)
    return as_file(content, f"{form}-{own.code}.pdf", "application/pdf")


@require_http_methods(FORM_OR_PAGE)
@for_person
def discard(request: PortalRequest, code: str) -> HttpResponse:
    """Throw a draft away, once one has said yes to it."""
    own = own_draft(request, code)
    if request.method != "POST":
        return render(request, "portal/draft_discard.html", {"draft": own})
    try:
        drafting.discard_draft(draft=own, actor=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
        return redirect("portal:draft", code)
    messages.success(request, _("The draft was thrown away, and what was in it is gone."))
    return redirect("portal:home")


def _address(own: FilingDraft, facts: object) -> str:
    assert isinstance(facts, dict)
    return address_of(own, drafts.page_of(own, facts["form"], facts["group"], facts["row"]))

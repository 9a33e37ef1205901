"""A call as an act: begun, drafted section by section, verified; publication is on the call's own page."""

from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.kernel import clock
from tragitto.schemes import actions, permissions, queries, rules
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import CallStatus, CheckKind
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.acts import BeginForm, VerifyForm
from tragitto.web.office.forms.acts_asked import Section
from tragitto.web.office.forms.acts_sections import SECTIONS
from tragitto.web.office.obstacles import in_words
from tragitto.web.office.views.acts_desk import Desk, belonging
from tragitto.web.office.views.acts_story import story
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt


@dataclass(frozen=True)
class Line:
    """A page of the draft: what is wrong there, what somebody has to decide, how many things it holds."""

    section: Section
    errors: int
    questions: int
    things: int


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*permissions.DRAFTING)
def begin(request: OfficeRequest) -> HttpResponse:
    """Begin a call of one's own body, from nothing or from an earlier one."""
    regions = queries.regions_to_draft(request.actor)
    schemes = {region.scheme_id for region in regions}
    calls = [call for call in queries.all_calls(request.actor) if call.scheme_id in schemes]
    language = get_language() or "it"
    chosen = {"copied_from": request.GET.get("from", "")}
    form = BeginForm(request.POST or None, regions=regions, calls=calls, language=language, initial=chosen)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: actions.begin_draft(
            **form.beginning(), actor=request.actor, at=clock.now()
        ))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The draft is begun: go through its parts."))
            return redirect("office:act", form.cleaned_data["code"])
    return render(request, "office/acts_begin.html", {"form": form, "regions": regions}, status=status)


@require_safe
@for_office
def act(request: OfficeRequest, code: str) -> HttpResponse:
    """A draft with all its parts, what the check says of each, who verified it, and its story."""
    call = found(queries.get_call, request.actor, code)
    if call.status != CallStatus.DRAFT:
        return redirect("office:call", call.code)
    return render(request, "office/acts.html", page_of_act(request, call))


@require_POST
@for_office(*permissions.VERIFYING)
def verify(request: OfficeRequest, code: str) -> HttpResponse:
    """Pass the draft that was read, or send it back."""
    call = found(queries.get_call, request.actor, code)
    form = VerifyForm(request.POST, kinds=[CheckKind(each) for each in call.checks])
    status = attempt(form, in_words(lambda: actions.verify(
        call=call, **form.verification(), actor=request.actor, at=clock.now()
    )))  # fmt: skip
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("Your verification is recorded."))
        return redirect("office:act", call.code)
    return render(request, "office/acts.html", page_of_act(request, call, form), status=status)


def page_of_act(request: OfficeRequest, call: Call, form: VerifyForm | None = None) -> dict[str, object]:
    """What the page of a draft shows."""
    whole = queries.whole_of(call)
    problems = queries.problems_of(whole, call.scheme)
    lines = [_line(Desk(call, section, whole, tuple(problems))) for section in SECTIONS]
    may_verify = permissions.may_verify(request.actor, call) and request.actor.code not in call.drafters
    page: dict[str, object] = {
        "call": call,
        "lines": lines,
        "errors": sum(line.errors for line in lines),
        "questions": sum(line.questions for line in lines),
        "gaps": len(whole.call.gaps),
        "missing": queries.checks_missing(call),
        "may_draft": permissions.may_draft(request.actor, call),
        "story": story(call),
        "form": form,
    }
    if (may_verify and call.checks) or form is not None:
        kinds = [CheckKind(each) for each in call.checks]
        page["verifying"] = form or VerifyForm(kinds=kinds, initial={"seen": call.content_hash})
    return page


def _line(desk: Desk) -> Line:
    section = desk.section
    own = belonging(section, desk.problems)
    decided = {choice.about for choice in desk.whole.call.choices}
    open_ones = rules.undecided(desk.problems if section.code == "choices" else (), decided)
    things = len(desk.rows) if section.rows else 0
    return Line(section, sum(each.is_error for each in own), len(open_ones), things)

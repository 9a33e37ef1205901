"""What a person does to an expression: judge its findings, decide, withdraw, take a step, correct."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tragitto.cases import actions as cases
from tragitto.employers import actions, queries
from tragitto.employers.models import Expression
from tragitto.employers.queries import ExpressionPage
from tragitto.kernel import clock
from tragitto.kernel.refusals import NotFound
from tragitto.records import queries as records
from tragitto.schemes.vocabulary import Outcome
from tragitto.web.office import leading
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.hand_overs import WithdrawConsentForm
from tragitto.web.office.forms.leading import ConfirmForm, DecideForm, StepForm, WithdrawForm, lines_of
from tragitto.web.office.forms.reviewing import JudgeForm
from tragitto.web.office.views.expressions import page_of_expression
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt

WRITERS = ("officer", "reviewer")


@require_POST
@for_office("reviewer")
def judge(request: OfficeRequest, code: str, finding: str) -> HttpResponse:
    """Confirm or overrule one finding."""
    page = _page(request, code)
    views = {view.code: view for version in page.versions for view in version.findings}
    if finding not in views:
        raise Http404
    form = JudgeForm(request.POST, view=views[finding])
    return done_or_shown(request, code, {finding: form}, lambda: actions.judge(
        finding=views[finding].finding, **form.judgement(), actor=request.actor, at=clock.now()
    ), anchor=finding)  # fmt: skip


@require_POST
@for_office("reviewer")
def confirm_met(request: OfficeRequest, code: str) -> HttpResponse:
    """Confirm at once what was found to be met."""
    page = _page(request, code)
    if page.current is None:
        raise Http404
    version = page.current.version
    return done_or_shown(request, code, {"confirming": Form(request.POST)}, lambda: actions.confirm_met(
        version=version, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*WRITERS)
def decide(request: OfficeRequest, code: str) -> HttpResponse:
    """Admit or refuse; where the call wants two people, propose it, or confirm what another proposed."""
    page = _page(request, code)
    if "confirm" in request.POST:
        return _confirmed(request, page)
    form = DecideForm(request.POST, outcomes=leading.outcomes(page))
    proposes = "propose" in request.POST
    act = (lambda: _propose(request, page.expression, form)) if proposes else (
        lambda: _decide(request, page.expression, form)
    )  # fmt: skip
    answer = done_or_shown(request, code, {"deciding": form}, act)
    if answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("Proposed: a second person confirms.") if proposes else _("Decided."))
    return answer


@require_POST
@for_office(*WRITERS)
def withdraw(request: OfficeRequest, code: str) -> HttpResponse:
    """Record that the employer has withdrawn, on the message that says so."""
    expression = _page(request, code).expression
    form = WithdrawForm(request.POST)
    if form.is_valid() and not _is_known(request, form.cleaned_data["message"]):
        form.add_error("message", _("There is no message with this code among your mail."))
    answer = done_or_shown(request, code, {"withdrawing": form}, lambda: actions.withdraw(
        expression=expression, reason=form.told, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("The withdrawal is recorded: the filing is closed."))
    return answer


@require_POST
@for_office(*WRITERS)
def withdraw_consent(request: OfficeRequest, code: str) -> HttpResponse:
    """Record that the employer no longer consents to being handed over."""
    expression = _page(request, code).expression
    form = WithdrawConsentForm(request.POST)
    message = form.cleaned_data["message"] if form.is_valid() else ""
    if message and not _is_known(request, message):
        form.add_error("message", _("There is no message with this code among your mail."))
    answer = done_or_shown(request, code, {"withdrawing_consent": form}, lambda: actions.withdraw_consent(
        expression=expression, withdrawn_at=form.cleaned_data["withdrawn_at"],
        message=records.get_for(request.actor, message) if message else None,
        actor=request.actor, at=clock.now(),
    ))  # fmt: skip
    if answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("Recorded: it goes into no package any more."))
    return answer


@require_POST
@for_office(*WRITERS)
def take_step(request: OfficeRequest, code: str) -> HttpResponse:
    """Take a step of the journey that decides nothing by itself."""
    page = _page(request, code)
    _ends, others, _corrections = leading.split(page.exits)
    form = StepForm(request.POST, exits=others, language=get_language() or "it")
    return done_or_shown(request, code, {"stepping": form}, lambda: cases.advance(
        case=page.expression.case, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*WRITERS)
def correct(request: OfficeRequest, code: str) -> HttpResponse:
    """Propose a correction, or confirm the one that somebody else proposed."""
    page = _page(request, code)
    known = {proposal.code: proposal for proposal in page.proposals}
    if (confirmed := request.POST.get("confirm", "")) in known:
        chosen = known[confirmed]
        form: Form = ConfirmForm(request.POST, prefix=chosen.code)

        def act() -> object:
            return cases.correct(proposal=chosen, actor=request.actor, at=clock.now())

        return done_or_shown(request, code, {"confirming": form}, act)
    _ends, _others, corrections = leading.split(page.exits)
    form = StepForm(request.POST, exits=corrections, language=get_language() or "it", prefix="correction")
    return done_or_shown(request, code, {"correcting": form}, lambda: cases.propose_step(
        case=page.expression.case, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip


def _confirmed(request: OfficeRequest, page: ExpressionPage) -> HttpResponse:
    """Decide what somebody else has proposed, for the reasons they gave."""
    known = {proposal.code: proposal for proposal in page.proposals}
    chosen = known.get(request.POST["confirm"])
    if chosen is None:
        raise Http404
    form = Form(request.POST)
    answer = done_or_shown(request, page.expression.code, {"confirming": form}, lambda: _end(
        request, page.expression, Outcome(chosen.step.target.outcome), lines_of(chosen.reason)
    ))  # fmt: skip
    if answer.status_code == HTTPStatus.FOUND:
        messages.success(request, _("Decided."))
    return answer


def _is_known(request: OfficeRequest, message: str) -> bool:
    try:
        return bool(records.get_for(request.actor, message))
    except NotFound:
        return False


def _propose(request: OfficeRequest, expression: Expression, form: DecideForm) -> object:
    outcome, reasons = Outcome(form.cleaned_data["outcome"]), "\n".join(form.lines)
    return actions.propose(
        expression=expression, outcome=outcome, reasons=reasons, actor=request.actor, at=clock.now()
    )


def _decide(request: OfficeRequest, expression: Expression, form: DecideForm) -> object:
    return _end(request, expression, Outcome(form.cleaned_data["outcome"]), form.lines)


def _end(request: OfficeRequest, expression: Expression, outcome: Outcome, reasons: list[str]) -> object:
    actor, at = request.actor, clock.now()
    if outcome == Outcome.ADMITTED:
        return actions.admit(expression=expression, reasons=reasons, actor=actor, at=at)
    ground = "\n".join(reasons)
    return actions.refuse(expression=expression, ground=ground, outcome=outcome, actor=actor, at=at)


def _page(request: OfficeRequest, code: str) -> ExpressionPage:
    on = timezone.localdate(clock.now())
    return found(queries.expression_page, actor=request.actor, code=code, on=on)


def done_or_shown(
    request: OfficeRequest, code: str, sent: dict[str, Form], act: Callable[[], object], anchor: str = ""
) -> HttpResponse:
    """Do `act` and lead back to the expression; where it is refused, its page says why."""
    (form,) = sent.values()
    status = attempt(form, act)
    if status == HTTPStatus.SEE_OTHER:
        there = redirect("office:expression", code)
        return redirect(f"{there.url}#{anchor}") if anchor else there
    page = {**page_of_expression(request, code, sent), "form": form}
    return render(request, "office/expression.html", page, status=status)

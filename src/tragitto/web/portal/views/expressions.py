"""One expression as its employer sees it: where it stands, what was sent, what can be done, letters."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.employers import actions, explanations, queries
from tragitto.employers.actions import drafting
from tragitto.employers.queries import homes
from tragitto.employers.queries.homes import OwnPage, OwnVersion
from tragitto.employers.vocabulary import Power
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.web.parts import changes
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import download
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal import words
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.forms.expressions import WithdrawForm


@dataclass(frozen=True)
class Shown:
    """A version with its changes in words, and what is said of its lateness."""

    own: OwnVersion
    changes: list[changes.Line] | None
    late: str


@require_safe
@for_person
def expression(request: PortalRequest, code: str) -> HttpResponse:
    """Where the expression stands in the employer's words, and all that belongs to it."""
    page = _page(request, code)
    case = page.expression.case
    shown = {
        "page": page,
        "expression": page.expression,
        "versions": _versions(page),
        "may_supplement": not case.is_closed and page.standing.may(Power.SUPPLEMENT),
        "may_withdraw": page.may_withdraw and page.standing.may(Power.WITHDRAW),
        "place_says": words.PLACE[page.expression.call.place_rule],
        "consent": queries.consent_of(page.expression) if page.standing.may(Power.FILE) else None,
        "takes_online": schemes.takes_online(page.expression.call),
    }
    return render(request, "portal/expression.html", shown)


@require_POST
@for_person
def supplement(request: PortalRequest, code: str) -> HttpResponse:
    """Begin a further version from what was last filed."""
    own = _page(request, code).expression
    language = (get_language() or "it").split("-")[0]
    try:
        draft = drafting.start_draft(
            call=own.call, language=language, actor=request.actor, at=clock.now(), expression=own
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
        return redirect("portal:expression", code)
    return redirect("portal:draft", draft.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def withdraw(request: PortalRequest, code: str) -> HttpResponse:
    """Say why, confirm, and the filing ends; there is no way back by oneself."""
    own = _page(request, code)
    form = WithdrawForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: actions.withdraw(
            expression=own.expression, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now()
        ))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("You have withdrawn: the filing is closed."))
            return redirect("portal:expression", code)
    may = own.may_withdraw and own.standing.may(Power.WITHDRAW)
    shown = {"expression": own.expression, "form": form, "may": may}
    return render(request, "portal/withdraw.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def withdraw_consent(request: PortalRequest, code: str) -> HttpResponse:
    """Take back the consent to being handed over; the filing goes on without it."""
    own, form, status = _page(request, code), Form(request.POST), HTTPStatus.OK
    if request.method == "POST":
        now = clock.now()
        status = attempt(form, lambda: actions.withdraw_consent(
            expression=own.expression, withdrawn_at=now, actor=request.actor, at=now
        ))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("You have withdrawn the consent."))
            return redirect("portal:expression", code)
    consent = queries.consent_of(own.expression)
    may = consent is not None and consent.holds and own.standing.may(Power.FILE)
    shown = {"expression": own.expression, "form": form, "may": may}
    return render(request, "portal/withdraw_consent.html", shown, status=status)


@require_safe
@for_person
def file(request: PortalRequest, code: str, file: str) -> HttpResponse:
    """A file of what was sent, as it was kept."""
    attachment = found(homes.own_file, actor=request.actor, code=code, file=file, on=_today())
    return download(attachment.document, attachment.name)


@require_safe
@for_person
def letter(request: PortalRequest, code: str, number: int) -> HttpResponse:
    """A letter of the office, as it was sent."""
    sent = found(homes.own_letter, actor=request.actor, code=code, number=number, on=_today())
    assert sent.document is not None
    return download(sent.document, f"{sent.code}.pdf")


def _page(request: PortalRequest, code: str) -> OwnPage:
    now = clock.now()
    return found(homes.own_page, actor=request.actor, code=code, at=now, on=timezone.localdate(now))


def _today() -> date:
    return timezone.localdate(clock.now())


def _versions(page: OwnPage) -> list[Shown]:
    language = (get_language() or "it").split("-")[0]
    call = page.expression.call
    specs = [schemes.form_spec(form) for form in call.forms.order_by("pk")]
    names = {each.code: in_language(each.title, language) for each in schemes.profiles(call.scheme)}
    return [
        Shown(
            own,
            changes.lines(own.changes, specs, names, language) if own.changes else None,
            _late(own),
        )
        for own in page.versions
    ]


def _late(own: OwnVersion) -> str:
    if own.is_late is None:
        return ""
    finding = own.is_late.finding
    return str(explanations.sentence(finding.explanation, words.moments(finding.parameters)))

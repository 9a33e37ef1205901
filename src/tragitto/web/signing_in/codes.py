"""Signing in without a password: a number or an address, then the code that was sent there."""

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tragitto.accounts import actions
from tragitto.accounts.actions.reaching import can_mail, can_text
from tragitto.accounts.models import User
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.web.parts.refusing import attempt
from tragitto.web.signing_in.account import DOOR
from tragitto.web.signing_in.entering import enter, language, onward
from tragitto.web.signing_in.forms import CodeAddressForm, CodeForm, PhoneForm

#: What the session remembers between the two pages: where the code was sent and, in a demonstration, which.
SENT_TO, SHOWN = "code_sent_to", "code_shown"
_SEEN = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@_SEEN
def ask(request: HttpRequest) -> HttpResponse:
    """Ask where to send a code: to a phone first, or to an address; or say whom to ask instead."""
    if request.user.is_authenticated:
        return redirect(onward(request) or settings.LOGIN_REDIRECT_URL)
    if not can_text() and not can_mail():
        return render(request, "account/code_no_way.html")
    by_email = not can_text() or request.GET.get("by") == "email"
    form = (CodeAddressForm if by_email else PhoneForm)(request.POST or None)
    shown = {
        "form": form,
        "next": onward(request),
        "by_email": by_email,
        "can_both": can_text() and can_mail(),
    }
    if request.method != "POST":
        return render(request, "account/code_ask.html", shown)
    if form.is_valid():
        address = form.cleaned_data["address"]
        too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="code_asked", key=address)
        if too_many:
            return too_many
    status = attempt(form, lambda: _send(request, form.cleaned_data["address"]))
    if not form.errors:
        return redirect(_with_next("sign_in_code_enter", request))
    return render(request, "account/code_ask.html", shown, status=status)


@never_cache
@_SEEN
def take(request: HttpRequest) -> HttpResponse:
    """Ask for the code; who gives it is signed in, and goes on."""
    sent_to: str = request.session.get(SENT_TO, "")
    if not sent_to:
        return redirect(_with_next("sign_in_code", request))
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="code_tried")
        if too_many:
            return too_many
        redeemed: list[User] = []
        status = attempt(form, lambda: redeemed.append(_redeem(sent_to, form)))
        if redeemed:
            return _entered(request, redeemed[0])
    shown = {
        "form": form,
        "next": onward(request),
        "sent_to": sent_to,
        "again": _with_next("sign_in_code", request),
    }
    shown["demonstrated"] = request.session.get(SHOWN, "") if settings.IS_DEMONSTRATION else ""
    return render(request, "account/code_enter.html", shown, status=status)


def _send(request: HttpRequest, address: str) -> None:
    shown = actions.send_code(
        address=address, language=language(), actor=Actor.stranger(DOOR), at=clock.now()
    )
    request.session[SENT_TO], request.session[SHOWN] = address, shown


def _redeem(sent_to: str, form: forms.Form) -> User:
    code = form.cleaned_data["code"]
    return actions.redeem_code(address=sent_to, code=code, actor=Actor.stranger(DOOR), at=clock.now())


def _entered(request: HttpRequest, user: User) -> HttpResponse:
    del request.session[SENT_TO], request.session[SHOWN]
    enter(request, user, method="code")
    return redirect(onward(request) or settings.LOGIN_REDIRECT_URL)


def _with_next(page: str, request: HttpRequest) -> str:
    there = onward(request)
    return reverse(page) + (f"?{urlencode({'next': there})}" if there else "")


urlpatterns = [
    path("code/", ask, name="sign_in_code"),
    path("code/enter/", take, name="sign_in_code_enter"),
]

"""Opening an account for oneself: an address, a letter, a name and a password; adding an address later."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.accounts import actions
from tragitto.accounts.actions.signing_up import address_in
from tragitto.accounts.models import User
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.web.parts.refusing import attempt
from tragitto.web.signing_in.account import DOOR
from tragitto.web.signing_in.entering import enter, language, onward
from tragitto.web.signing_in.forms import AddressForm, OpenForm

_SEEN = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@_SEEN
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for an address to write to; a house that sends no mail says whom to ask instead."""
    if not settings.CAN_SEND_MAIL:
        return render(request, "account/sign_up_no_mail.html")
    form = AddressForm(request.POST or None)
    return _written(request, form, "open_account", "account/sign_up.html", None)


@never_cache
@require_safe
def letter_sent(request: HttpRequest) -> HttpResponse:
    """A letter is on its way: the same for everybody, whoever has an account stays unknown."""
    return render(request, "account/sign_up_sent.html")


@never_cache
@_SEEN
def open_account(request: HttpRequest, key: str) -> HttpResponse:
    """Name and password of whoever read the letter; then signed in, and where they were going."""
    try:
        address = address_in(key)
    except Refusal as refused:
        return render(request, "account/sign_up_too_late.html", {"refused": refused}, status=410)
    form = OpenForm(request.POST or None, email=address)
    opened: list[User] = []
    if request.method == "POST":
        status = attempt(form, lambda: opened.append(actions.open_account(
            key=key, full_name=form.cleaned_data["full_name"], password=form.cleaned_data["password"],
            language=language(), actor=Actor.stranger(DOOR), at=clock.now(),
        )))  # fmt: skip
        if opened:
            return _signed_in(request, opened[0])
        return render(request, "account/sign_up_open.html", {"form": form, "address": address}, status=status)
    return render(request, "account/sign_up_open.html", {"form": form, "address": address})


@never_cache
@_SEEN
@login_required
def address(request: HttpRequest) -> HttpResponse:
    """Add an address to an account that has none, so that the house can write."""
    assert isinstance(request.user, User)
    if request.user.email or not settings.CAN_SEND_MAIL:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = AddressForm(request.POST or None)
    return _written(request, form, "confirm_address", "account/own_address.html", request.user)


@never_cache
@_SEEN
@login_required
def confirm_address(request: HttpRequest, key: str) -> HttpResponse:
    """The address of the letter becomes that of the account; a GET only shows a button."""
    assert isinstance(request.user, User)
    user = request.user
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            actor = Actor(code=user.code, door=DOOR)
            actions.confirm_address(key=key, user=user, actor=actor, at=clock.now())
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, _("Your address is confirmed: from now on we can write to you."))
            return redirect(settings.LOGIN_REDIRECT_URL)
    status = 422 if refused else 200
    return render(request, "account/own_address_confirm.html", {"refused": refused}, status=status)


def _written(
    request: HttpRequest, form: AddressForm, page: str, template: str, user: User | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        too_many: HttpResponse | None = ratelimit.consume_or_429(request, action="signup", key=email.lower())
        if too_many:
            return too_many
        there = request.build_absolute_uri(reverse(page, args=["-"])).removesuffix("-/")
        actor = Actor(code=user.code, door=DOOR) if user else Actor.stranger(DOOR)
        status = attempt(form, lambda: actions.write_to_address(
            email=email, page=there, onward=onward(request), language=language(), user=user,
            actor=actor, at=clock.now(),
        ))  # fmt: skip
        if not form.errors:
            return redirect("sign_up_sent")
        return render(request, template, {"form": form, "next": onward(request)}, status=status)
    shown = {"form": form, "next": onward(request)}
    return render(request, template, shown, status=422 if form.errors else 200)


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    enter(request, user, method="password")
    messages.success(request, _("Your account is open, and you are signed in."))
    return redirect(onward(request) or settings.LOGIN_REDIRECT_URL)

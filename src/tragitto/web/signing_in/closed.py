"""Pages of django-allauth that this house does not offer, or in its own way; read before the library's."""

from typing import NoReturn

from allauth.account import views
from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from tragitto.web.signing_in import signing_up


def not_offered(request: HttpRequest, **parts: str) -> NoReturn:
    """There is no such page: accounts are opened, and addresses changed, by the office."""
    raise Http404


def reset_password(request: HttpRequest) -> HttpResponseBase:
    """Ask for a new password by mail; a house that sends no mail says whom to ask instead."""
    if settings.CAN_SEND_MAIL:
        answer: HttpResponseBase = views.password_reset(request)
        return answer
    return render(request, "account/no_mail.html")


urlpatterns = [
    path("password/reset/", reset_password),
    path("signup/", signing_up.sign_up, name="sign_up"),
    path("signup/sent/", signing_up.letter_sent, name="sign_up_sent"),
    path("signup/<str:key>/", signing_up.open_account, name="open_account"),
    path("address/", signing_up.address, name="own_address"),
    path("address/<str:key>/", signing_up.confirm_address, name="confirm_address"),
    path("email/", not_offered),
    path("confirm-email/", not_offered),
    path("confirm-email/<str:key>/", not_offered),
    path("password/set/", not_offered),
    path("3rdparty/", not_offered),
    path("3rdparty/signup/", not_offered),
    path("social/signup/", not_offered),
    path("social/connections/", not_offered),
]

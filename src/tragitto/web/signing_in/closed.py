"""Pages of django-allauth that this house does not offer; read before the library's own addresses."""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import path


def not_offered(request: HttpRequest, **parts: str) -> NoReturn:
    """There is no such page: accounts are opened, and addresses changed, by the office."""
    raise Http404


urlpatterns = [
    path("signup/", not_offered),
    path("email/", not_offered),
    path("confirm-email/", not_offered),
    path("confirm-email/<str:key>/", not_offered),
    path("password/set/", not_offered),
    path("3rdparty/", not_offered),
    path("3rdparty/signup/", not_offered),
    path("social/signup/", not_offered),
    path("social/connections/", not_offered),
]

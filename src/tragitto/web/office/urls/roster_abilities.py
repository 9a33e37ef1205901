"""Addresses of what people can do: texts tidied, papers compared."""

from django.urls import URLPattern, path

from tragitto.web.office.urls import roster as _with_public_codes  # noqa: F401  registers the converter
from tragitto.web.office.views.roster import abilities

urlpatterns: list[URLPattern] = [
    path("roster/papers/", abilities.papers, name="roster_papers"),
    path("roster/<public_code:code>/tidy/<slug:kind>/<slug:row>/", abilities.tidy, name="roster_tidy"),
    path(
        "roster/<public_code:code>/confirm/<slug:kind>/<slug:row>/", abilities.confirm, name="roster_confirm"
    ),
    path(
        "roster/<public_code:code>/confirm/<slug:kind>/<slug:row>/take-back/",
        abilities.take_back,
        name="roster_take_back",
    ),
]

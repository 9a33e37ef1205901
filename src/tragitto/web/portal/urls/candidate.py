"""Addresses of the person's own pages."""

from django.urls import URLPattern, path

from tragitto.web.portal.views import candidate

urlpatterns: list[URLPattern] = [
    path("roster/mine/<slug:code>/", candidate.mine, name="candidate"),
    path("roster/mine/<slug:code>/<slug:key>/", candidate.turn, name="candidate_turn"),
    path(
        "roster/mine/<slug:code>/registered-by/<slug:organisation>/",
        candidate.leave,
        name="candidate_registrar",
    ),
]

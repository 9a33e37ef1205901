"""Addresses of registrations that look like one person."""

from django.urls import URLPattern, path

from tragitto.web.office.urls import roster as _with_public_codes  # noqa: F401  registers the converter
from tragitto.web.office.views.roster import duplicates

urlpatterns: list[URLPattern] = [
    path("roster/duplicates/", duplicates.duplicates, name="roster_duplicates"),
    path("roster/duplicates/already-here/", duplicates.like, name="roster_like"),
    path("roster/duplicates/compare/<slug:scheme>/", duplicates.compare, name="roster_compare"),
    path("roster/duplicates/<public_code:code>/", duplicates.pair, name="roster_pair"),
    path("roster/duplicates/<public_code:code>/one-person", duplicates.same, name="roster_same"),
    path("roster/duplicates/<public_code:code>/two-people", duplicates.apart, name="roster_apart"),
    path("roster/duplicates/<public_code:code>/again", duplicates.again, name="roster_pair_again"),
    path("roster/<public_code:code>/beside", duplicates.beside, name="roster_beside"),
]

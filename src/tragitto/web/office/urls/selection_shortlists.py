"""Addresses of the selection at the desk: shortlists."""

from django.urls import URLPattern, path

from tragitto.web.office.views.selection import shortlists, told

urlpatterns: list[URLPattern] = [
    path("selection/<slug:code>/shortlists/", shortlists.shortlists, name="shortlists"),
    path("selection/<slug:code>/shortlists/show", shortlists.show, name="show_shortlists"),
    path("selection/<slug:code>/shortlists/runs/<slug:run>/", shortlists.take_up, name="take_up_run"),
    path("selection/<slug:code>/shortlists/<slug:post>/", shortlists.shortlist, name="shortlist"),
    path("selection/<slug:code>/shortlists/<slug:post>/addition", shortlists.add, name="shortlist_add"),
    path("selection/<slug:code>/shortlists/lines/<slug:line>/off", shortlists.take_off, name="shortlist_off"),
    path("selection/<slug:code>/shortlists/lines/<slug:line>/told", told.line, name="shortlist_told"),
]

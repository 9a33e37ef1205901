"""Addresses of the office: what is due, who is late, who is responsible."""

from django.urls import URLPattern, path

from tragitto.web.office.views import agenda, queues, responsibility

urlpatterns: list[URLPattern] = [
    path("agenda/", agenda.agenda, name="agenda"),
    path("filings/call/<slug:code>/search", queues.find, name="find_filing"),
    path("filings/call/<slug:code>/shares", queues.spread, name="spread_cases"),
    path("filings/<slug:code>/conflict", responsibility.state_conflict, name="state_conflict"),
    path("filings/<slug:code>/officer", responsibility.assign_officer, name="assign_officer"),
    path("filings/<slug:code>/again", responsibility.evaluate, name="evaluate"),
]

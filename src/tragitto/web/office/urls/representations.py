"""Addresses of the office: who acts for an enterprise, and late filings."""

from django.urls import URLPattern, path

from tragitto.web.office.views import lateness, representations

urlpatterns: list[URLPattern] = [
    path("representations/", representations.representations, name="representations"),
    path("representations/<slug:code>/", representations.representation, name="representation"),
    path("representations/<slug:code>/confirmation", representations.confirm, name="representation_confirm"),
    path("representations/<slug:code>/end", representations.end, name="representation_end"),
    path(
        "representations/<slug:code>/papers/<slug:which>",
        representations.paper,
        name="representation_paper",
    ),
    path(
        "representations/<slug:code>/papers/<slug:which>/<int:number>.png",
        representations.paper_page,
        name="representation_paper_page",
    ),
    path("filings/<slug:code>/late/<int:number>", lateness.propose, name="late_propose"),
    path("filings/<slug:code>/late/<int:number>/decision", lateness.decide, name="late_decide"),
]

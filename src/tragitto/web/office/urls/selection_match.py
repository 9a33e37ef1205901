"""Addresses of the selection at the desk: rankings, the match, offers, who leaves."""

from django.urls import URLPattern, path

from tragitto.web.office.views.selection import matching, offers, rankings, sheets, told

urlpatterns: list[URLPattern] = [
    path("selection/<slug:code>/rankings/", rankings.rankings, name="rankings"),
    path("selection/<slug:code>/rankings/ask", rankings.ask, name="rankings_ask"),
    path("selection/<slug:code>/rankings/more-time", rankings.more_time, name="rankings_more_time"),
    path("selection/<slug:code>/rankings/sheets/<slug:post>/", sheets.sheets, name="post_sheets"),
    path("selection/<slug:code>/match/", matching.match, name="match"),
    path("selection/<slug:code>/match/run", matching.run, name="match_run"),
    path("selection/<slug:code>/match/again", matching.again, name="match_again"),
    path("selection/<slug:code>/match/<slug:run>/confirm", matching.confirm, name="match_confirm"),
    path("selection/<slug:code>/offers/", offers.offers, name="offers"),
    path("selection/<slug:code>/offers/people/<slug:person>/", offers.person_leaves, name="person_leaves"),
    path("selection/<slug:code>/offers/positions/<slug:post>/", offers.post_leaves, name="post_leaves"),
    path("selection/<slug:code>/offers/<slug:offer>/told", told.offer, name="offer_told"),
]

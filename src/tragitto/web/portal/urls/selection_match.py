"""Addresses after the meetings: a firm's sheets, rankings and offers, a person's wishes and match."""

from django.urls import URLPattern, path

from tragitto.web.portal.views.selection import firm_match, own_match, rankings, sheets

_MINE = "roster/mine/<slug:code>/selection"

urlpatterns: list[URLPattern] = [
    path("selection/after/", sheets.after, name="after_meetings"),
    path("selection/sheets/<slug:code>/", sheets.sheet, name="sheet"),
    path("selection/sheets/<slug:code>/send", sheets.send, name="sheet_send"),
    path("selection/positions/<slug:code>/ranking/", rankings.of_post, name="post_ranking"),
    path("selection/positions/<slug:code>/ranking/send", rankings.send_of_post, name="post_ranking_send"),
    path("selection/positions/<slug:code>/withdrawal/", firm_match.leave, name="post_leaves"),
    path("selection/matches/<slug:code>/", firm_match.match, name="firm_match"),
    path("selection/offers/<slug:code>/back", firm_match.take_back, name="offer_take_back"),
    path(f"{_MINE}/offers/<slug:offer>/answer", own_match.answer, name="own_offer_answer"),
    path(f"{_MINE}/<slug:round>/wishes/", rankings.wishes, name="own_wishes"),
    path(f"{_MINE}/<slug:round>/wishes/send", rankings.send_wishes, name="own_wishes_send"),
    path(f"{_MINE}/<slug:round>/match/", own_match.own_match, name="own_match"),
    path(f"{_MINE}/<slug:round>/leaving", own_match.leave, name="leave_round"),
]

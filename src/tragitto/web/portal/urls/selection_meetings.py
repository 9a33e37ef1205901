"""Addresses of the meetings: a firm's, and a person's own."""

from django.urls import URLPattern, path

from tragitto.web.portal.views.selection import firm_meetings, own_meetings

_MINE = "roster/mine/<slug:code>/selection/meetings"

urlpatterns: list[URLPattern] = [
    path("selection/meetings/", firm_meetings.meetings, name="firm_meetings"),
    path("selection/meetings/calendar.ics", firm_meetings.calendars, name="firm_calendar"),
    path(
        "selection/meetings/days/<slug:day>/<slug:firm>/",
        firm_meetings.availability,
        name="firm_availability",
    ),
    path("selection/meetings/<slug:which>/cancel", firm_meetings.cancel, name="firm_meeting_cancel"),
    path("selection/meetings/<slug:which>.ics", firm_meetings.one_calendar, name="firm_meeting_calendar"),
    path("m/<slug:which>/", own_meetings.by_code, name="meeting_by_code"),
    path(f"{_MINE}/", own_meetings.meetings, name="own_meetings"),
    path(f"{_MINE}/days/<slug:day>/", own_meetings.availability, name="own_availability"),
    path(f"{_MINE}/days/<slug:day>/book/<slug:pair>/", own_meetings.book, name="own_booking"),
    path(f"{_MINE}/<slug:which>/", own_meetings.meeting, name="own_meeting"),
    path(f"{_MINE}/<slug:which>/move", own_meetings.move, name="own_meeting_move"),
    path(f"{_MINE}/<slug:which>/cancel", own_meetings.cancel, name="own_meeting_cancel"),
    path(f"{_MINE}/<slug:which>/calendar.ics", own_meetings.calendar, name="own_meeting_calendar"),
]

"""Addresses of the selection at the desk: days of meetings, interpreters, each meeting."""

from django.urls import URLPattern, path

from tragitto.web.office.views.selection import meeting, meetings

urlpatterns: list[URLPattern] = [
    path("selection/<slug:code>/meetings/", meetings.meetings, name="meetings"),
    path("selection/<slug:code>/meetings/open", meetings.open_day, name="meeting_day_open"),
    path("selection/<slug:code>/meetings/interpreters", meetings.add_interpreter, name="interpreter_add"),
    path("selection/<slug:code>/meetings/<slug:day>/", meetings.day, name="meeting_day"),
    path("selection/<slug:code>/meetings/<slug:day>/ask", meetings.ask, name="meeting_day_ask"),
    path("selection/<slug:code>/meetings/<slug:day>/plan", meetings.plan, name="meeting_day_plan"),
    path("selection/<slug:code>/meetings/<slug:day>/publish", meetings.publish, name="meeting_day_publish"),
    path("selection/<slug:code>/meetings/<slug:day>/book/<slug:pair>/", meeting.book, name="meeting_book"),
    path("selection/<slug:code>/meetings/<slug:day>/<slug:which>/", meeting.meeting, name="meeting"),
    path("selection/<slug:code>/meetings/<slug:day>/<slug:which>/mark", meeting.mark, name="meeting_mark"),
    path("selection/<slug:code>/meetings/<slug:day>/<slug:which>/move", meeting.move, name="meeting_move"),
    path(
        "selection/<slug:code>/meetings/<slug:day>/<slug:which>/cancel", meeting.cancel, name="meeting_cancel"
    ),
]

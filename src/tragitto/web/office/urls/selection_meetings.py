"""Addresses of the selection at the desk: days of meetings, interpreters, each meeting."""

from django.urls import URLPattern, path

from tragitto.web.office.views.selection import meeting, meetings, on_the_day

urlpatterns: list[URLPattern] = [
    path("selection/<slug:code>/meetings/", meetings.meetings, name="meetings"),
    path("selection/<slug:code>/meetings/open", meetings.open_day, name="meeting_day_open"),
    path("selection/<slug:code>/meetings/interpreters", meetings.add_interpreter, name="interpreter_add"),
    path(
        "selection/<slug:code>/meetings/interpreters/<slug:who>/leaves",
        meetings.interpreter_leaves,
        name="interpreter_leaves",
    ),
    path("selection/<slug:code>/meetings/<slug:day>/", meetings.day, name="meeting_day"),
    path("selection/<slug:code>/meetings/<slug:day>/ask", meetings.ask, name="meeting_day_ask"),
    path("selection/<slug:code>/meetings/<slug:day>/plan", meetings.plan, name="meeting_day_plan"),
    path("selection/<slug:code>/meetings/<slug:day>/publish", meetings.publish, name="meeting_day_publish"),
    path("selection/<slug:code>/meetings/<slug:day>/today/", on_the_day.today, name="meeting_today"),
    path("selection/<slug:code>/meetings/<slug:day>/print/", on_the_day.printed, name="meeting_day_print"),
    path("selection/<slug:code>/meetings/<slug:day>/address", on_the_day.address, name="meeting_day_address"),
    path("selection/<slug:code>/meetings/<slug:day>/off", on_the_day.call_off, name="meeting_day_off"),
    path("selection/<slug:code>/meetings/<slug:day>/take-up", on_the_day.take_up, name="meeting_take_up"),
    path(
        "selection/<slug:code>/meetings/<slug:day>/room/<slug:pair>",
        on_the_day.make_room,
        name="meeting_make_room",
    ),
    path("selection/<slug:code>/meetings/<slug:day>/book/<slug:pair>/", meeting.book, name="meeting_book"),
    path("selection/<slug:code>/meetings/<slug:day>/<slug:which>/", meeting.meeting, name="meeting"),
    path(
        "selection/<slug:code>/meetings/<slug:day>/<slug:which>/expected",
        on_the_day.call_in,
        name="meeting_call_in",
    ),
    path(
        "selection/<slug:code>/meetings/<slug:day>/<slug:which>/address",
        meeting.address,
        name="meeting_address",
    ),
    path(
        "selection/<slug:code>/meetings/<slug:day>/<slug:which>/interpreter",
        meeting.interpreter,
        name="meeting_interpreter",
    ),
    path("selection/<slug:code>/meetings/<slug:day>/<slug:which>/mark", meeting.mark, name="meeting_mark"),
    path("selection/<slug:code>/meetings/<slug:day>/<slug:which>/move", meeting.move, name="meeting_move"),
    path(
        "selection/<slug:code>/meetings/<slug:day>/<slug:which>/cancel", meeting.cancel, name="meeting_cancel"
    ),
]

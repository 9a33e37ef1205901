"""Addresses of the selection at the desk: rounds, their positions, runs of the engine, published rules."""

from django.urls import URLPattern, path

from tragitto.web.office.views.selection import posts, rounds, runs, trying

urlpatterns: list[URLPattern] = [
    path("selection/", rounds.rounds, name="rounds"),
    path("selection/begin", rounds.begin, name="round_begin"),
    path("selection/<slug:code>/", rounds.round_page, name="round"),
    path("selection/<slug:code>/publish", rounds.publish, name="round_publish"),
    path("selection/<slug:code>/close", rounds.close, name="round_close"),
    path("selection/<slug:code>/rules/", rounds.rules, name="round_rules"),
    path("selection/<slug:code>/positions/", posts.posts, name="round_posts"),
    path("selection/<slug:code>/positions/open", posts.take_in, name="round_take_in"),
    path("selection/<slug:code>/positions/<slug:post>/", posts.post, name="round_post"),
    path("selection/<slug:code>/positions/<slug:post>/leave", posts.leave, name="round_post_leave"),
    path("selection/<slug:code>/runs/", runs.runs, name="round_runs"),
    path("selection/<slug:code>/runs/new", runs.begin, name="run_begin"),
    path("selection/<slug:code>/runs/what-if/", trying.what_if, name="what_if"),
    path("selection/<slug:code>/runs/compare/", trying.compare, name="compare_runs"),
    path("selection/<slug:code>/runs/<slug:run>/", runs.run, name="run"),
    path("selection/<slug:code>/runs/<slug:run>/again", runs.again, name="run_again"),
    path("selection/<slug:code>/runs/<slug:run>/why/", runs.why, name="run_why"),
    path("selection/<slug:code>/runs/<slug:run>/file", runs.file, name="run_file"),
]

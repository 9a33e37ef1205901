"""Addresses of the explanations of a round: a person's own, and a firm's of its positions."""

from django.urls import URLPattern, path

from tragitto.web.portal.views.selection import explained

urlpatterns: list[URLPattern] = [
    path("selection/positions/<slug:code>/", explained.position, name="post_explained"),
    path("roster/mine/<slug:code>/selection/", explained.own, name="own_selection"),
]

"""Addresses of the selection for employers: who is proposed for their posts."""

from django.urls import URLPattern, path

from tragitto.web.portal.views.selection import shortlists

urlpatterns: list[URLPattern] = [
    path("selection/", shortlists.shortlists, name="shortlists"),
]

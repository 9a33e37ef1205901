"""Addresses of the home pages of employers and of what they may do there."""

from django.urls import URLPattern, path

from tragitto.web.portal.views import homes

urlpatterns: list[URLPattern] = [
    path("", homes.home, name="home"),
]

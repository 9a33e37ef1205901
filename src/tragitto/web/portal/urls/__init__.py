"""Addresses of the portal: the home pages, filing on line, what partners receive."""

from django.urls import URLPattern, URLResolver

from tragitto.web.portal.urls import (
    candidate,
    filing,
    homes,
    partners,
    profiles,
    registering,
    registrars,
    sending,
)

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    *homes.urlpatterns,
    *sending.urlpatterns,
    *filing.urlpatterns,
    *partners.urlpatterns,
    *candidate.urlpatterns,
    *registrars.urlpatterns,
    *profiles.urlpatterns,
    # Last: their addresses begin with the code of a scheme.
    *registering.urlpatterns,
]

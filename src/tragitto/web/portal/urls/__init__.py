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
    selection_explained,
    selection_match,
    selection_meetings,
    selection_shortlists,
    sending,
)

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    *homes.urlpatterns,
    *sending.urlpatterns,
    *filing.urlpatterns,
    *partners.urlpatterns,
    # Before the pages of a person, whose turns have addresses of one word.
    *selection_shortlists.urlpatterns,
    *selection_explained.urlpatterns,
    *selection_meetings.urlpatterns,
    *selection_match.urlpatterns,
    *candidate.urlpatterns,
    *registrars.urlpatterns,
    *profiles.urlpatterns,
    # Last: their addresses begin with the code of a scheme.
    *registering.urlpatterns,
]

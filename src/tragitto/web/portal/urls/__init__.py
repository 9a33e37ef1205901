"""Addresses of the portal: the home pages, filing on line, what partners receive."""

from django.urls import URLPattern, URLResolver

from tragitto.web.portal.urls import filing, homes, partners, sending

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    *homes.urlpatterns,
    *sending.urlpatterns,
    *filing.urlpatterns,
    *partners.urlpatterns,
]

"""Addresses of what partners receive."""

from django.urls import URLPattern, path

from tragitto.web.portal.views import partners

urlpatterns: list[URLPattern] = [
    path("received/", partners.received, name="received"),
    path("received/<slug:code>/", partners.package, name="package"),
    path("received/<slug:code>/acceptance", partners.accept, name="package_accept"),
    path("received/<slug:code>/package.zip", partners.package_file, name="package_file"),
    path("received/<slug:code>/cases/<slug:case>/", partners.package_case, name="package_case"),
    path("received/<slug:code>/documents/<slug:sha256>", partners.document, name="package_document"),
]

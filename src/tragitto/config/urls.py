"""Every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("tragitto.web.signing_in.closed")),
    path("account/", include("allauth.urls")),
    path("office/", include("tragitto.web.office.urls")),
    path("", include("tragitto.web.public.urls")),
]
handler400 = "tragitto.web.parts.errors.bad_request"
handler403 = "tragitto.web.parts.errors.forbidden"
handler404 = "tragitto.web.parts.errors.not_found"
handler500 = "tragitto.web.parts.errors.broken"

"""Every address of the house."""

from django.urls import include, path

from tragitto.web.portal.views.homes import work

urlpatterns = [
    path("account/", include("tragitto.web.signing_in.closed")),
    path("account/", include("allauth.urls")),
    path("sign-in/", include("tragitto.web.signing_in.codes")),
    path("api/", include("tragitto.api.urls")),
    path("office/", include("tragitto.web.office.urls")),
    path("portal/", include("tragitto.web.portal.urls")),
    path("work/", work, name="work"),
    path("", include("tragitto.web.public.urls")),
]
handler400 = "tragitto.web.parts.errors.bad_request"
handler403 = "tragitto.web.parts.errors.forbidden"
handler404 = "tragitto.web.parts.errors.not_found"
handler500 = "tragitto.web.parts.errors.broken"

"""Two pages of the office, as small as can be, for tests of the doorkeeper."""

from django.http import HttpResponse
from django.urls import include, path

from tragitto.web.office.access import OfficeRequest, for_office


@for_office
def desk(request: OfficeRequest) -> HttpResponse:
    """Says who came in."""
    actor = request.actor
    return HttpResponse(f"{actor.code} {actor.organisation} {'+'.join(sorted(actor.roles))} {actor.door}")


@for_office("reviewer", "publisher")
def judge(request: OfficeRequest) -> HttpResponse:
    """For reviewers and publishers."""
    return HttpResponse("judged")


handler403 = "tragitto.web.parts.errors.forbidden"
urlpatterns = [
    path("office/", desk, name="desk"),
    path("office/judge", judge, name="judge"),
    path("account/", include("tragitto.web.signing_in.closed")),
    path("account/", include("allauth.urls")),
    path("", include("tragitto.web.public.urls")),
]

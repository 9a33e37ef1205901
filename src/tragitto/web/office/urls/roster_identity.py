"""Addresses of who somebody is."""

from django.urls import URLPattern, path

from tragitto.web.office.urls import roster as _with_public_codes  # noqa: F401  registers the converter
from tragitto.web.office.views.roster import identity

urlpatterns: list[URLPattern] = [
    path("roster/to-check/", identity.to_check, name="roster_to_check"),
    path("roster/documents/", identity.documents, name="roster_documents"),
    path("roster/<public_code:code>/photo", identity.add_photo, name="roster_add_photo"),
    path("roster/<public_code:code>/document", identity.document, name="roster_document"),
    path(
        "roster/<public_code:code>/document/<public_code:document>",
        identity.confirm,
        name="roster_confirm_identity",
    ),
    path("roster/<public_code:code>/photo/<public_code:file>.jpg", identity.picture, name="roster_picture"),
]

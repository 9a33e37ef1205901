"""Addresses of registering on the roster, one thing a page."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from tragitto.web.portal.views import (
    registering,
    registering_documents,
    registering_pages,
    registering_papers,
    registering_rows,
)


class OfRows(StringConverter):
    """The pages whose answers are rows of their own."""

    regex = "experience|diplomas|languages"


register_converter(OfRows, "of_rows")

urlpatterns: list[URLPattern] = [
    path("roster/<slug:scheme>/", registering.home, name="roster"),
    path("roster/<slug:scheme>/check/", registering.check, name="roster_check"),
    path("roster/<slug:scheme>/send/", registering.send, name="roster_send"),
    path("roster/<slug:scheme>/sent/", registering.sent, name="roster_sent"),
    path("roster/<slug:scheme>/throw-away/", registering.throw_away, name="roster_throw_away"),
    path("roster/<slug:scheme>/document/", registering_documents.documents, name="roster_documents"),
    path(
        "roster/<slug:scheme>/document/<slug:kind>/", registering_documents.document, name="roster_document"
    ),
    path(
        "roster/<slug:scheme>/document/<slug:kind>/photo/", registering_documents.photo, name="roster_photo"
    ),
    path(
        "roster/<slug:scheme>/document/<slug:kind>/photo/<slug:code>/remove/",
        registering_documents.take_back,
        name="roster_photo_take_back",
    ),
    path(
        "roster/<slug:scheme>/document/<slug:code>/names/",
        registering_documents.take_names,
        name="roster_take_names",
    ),
    path("roster/<slug:scheme>/photos/<slug:code>.jpg", registering_documents.picture, name="roster_picture"),
    *(
        path(f"roster/<slug:scheme>/<of_rows:kind>/{rest}", view, name=name)
        for rest, view, name in (
            ("", registering_rows.rows, "roster_rows"),
            ("add/", registering_rows.row, "roster_row_add"),
            ("<slug:code>/", registering_rows.row, "roster_row"),
            ("<slug:code>/remove/", registering_rows.remove, "roster_row_remove"),
        )
    ),
    path("roster/<slug:scheme>/papers/", registering_papers.papers, name="roster_papers"),
    path(
        "roster/<slug:scheme>/papers/<slug:kind>/<slug:code>/",
        registering_papers.paper,
        name="roster_paper",
    ),
    path("roster/<slug:scheme>/<slug:kind>/", registering_pages.page, name="roster_page"),
    path("roster/<slug:scheme>/<slug:kind>/<slug:key>/", registering_pages.page, name="roster_page"),
]

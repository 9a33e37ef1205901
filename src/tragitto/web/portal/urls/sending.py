"""Addresses of what is sent on line, and of what was."""

from django.urls import URLPattern, path

from tragitto.web.portal.views import sending, submissions

urlpatterns: list[URLPattern] = [
    path("drafts/<str:code>/send/", sending.send, name="send"),
    path("filings/<str:code>/", submissions.submission, name="submission"),
    path("filings/<str:code>/receipt.json", submissions.receipt, {"kind": "json"}, name="receipt_json"),
    path("filings/<str:code>/receipt.pdf", submissions.receipt, {"kind": "pdf"}, name="receipt_pdf"),
    path("filings/<str:code>/content.json", submissions.content, name="submission_content"),
]

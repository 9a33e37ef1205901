"""Addresses of filing on line: drafts, their pages, what was sent."""

from django.urls import URLPattern, path

from tragitto.web.portal.views import filing, filing_pages, filing_papers

urlpatterns: list[URLPattern] = [
    path("calls/<slug:call>/start/", filing.start, name="draft_start"),
    path("drafts/<str:code>/", filing.draft, name="draft"),
    path("drafts/<str:code>/check/", filing.check, name="draft_check"),
    path("drafts/<str:code>/discard/", filing.discard, name="draft_discard"),
    path("drafts/<str:code>/papers/", filing_papers.papers, name="draft_papers"),
    path("drafts/<str:code>/papers/<str:paper>/drop/", filing_papers.drop, name="draft_paper_drop"),
    path("drafts/<str:code>/<slug:form>.pdf", filing.pdf, name="draft_pdf"),
    path(
        "drafts/<str:code>/<slug:form>/<slug:group>/<int:row>/remove/",
        filing_pages.remove,
        name="draft_row_remove",
    ),
    path("drafts/<str:code>/<slug:form>/<slug:group>/<int:row>/", filing_pages.page, name="draft_page"),
]

"""What was sent on line: the page that proves it, and its receipt to keep."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.employers import receipt_words
from tragitto.employers.paper_words import PAPERS
from tragitto.employers.queries import submissions as queries
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file, download
from tragitto.web.portal.access import PortalRequest, for_person


@require_safe
@for_person
def submission(request: PortalRequest, code: str) -> HttpResponse:
    """What was sent, when, its number in the register once it has one, and what follows."""
    sent = found(queries.submission_page, request.actor, code)
    page = {
        "page": sent,
        "sent": sent.submission,
        "call": sent.submission.call,
        "papers": [(PAPERS[paper["kind"]], paper["name"]) for paper in sent.content["papers"]],
        "next_steps": receipt_words.next_steps(sent),
    }
    return render(request, "portal/submission.html", page)


@require_safe
@for_person
def receipt(request: PortalRequest, code: str, kind: str) -> HttpResponse:
    """The receipt to keep: for reading, or for checking without us; 404 as long as there is none."""
    sent = found(queries.submission_page, request.actor, code).submission
    document = sent.receipt if kind == "json" else sent.printed_receipt
    if document is None:
        raise Http404
    return download(document, f"{sent.code}.{kind}")


@require_safe
@for_person
def content(request: PortalRequest, code: str) -> HttpResponse:
    """What was sent, as it is kept: the receipt names its hash."""
    sent = found(queries.submission_page, request.actor, code).submission
    return as_file(sent.content.encode(), f"{sent.code}-content.json")

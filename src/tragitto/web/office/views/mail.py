"""A message: what it proves, what its letter says, its files, and their pages as pictures."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tragitto.records import queries
from tragitto.records.queries import files as file_queries
from tragitto.records.queries import pictures
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.message_page import file_of, message_for, page_of_message
from tragitto.web.parts.handing import as_picture, download

READERS = ("officer", "reviewer", "administrator")


@require_safe
@for_office(*READERS)
def message(request: OfficeRequest, code: str) -> HttpResponse:
    """A message in full: what it proves, its files, where it stands and what may be done with it."""
    shown = message_for(request, code)
    return render(request, "office/message.html", page_of_message(request, shown))


@require_safe
@for_office(*READERS)
def message_raw(request: OfficeRequest, code: str) -> HttpResponse:
    """The message as it came, as a file to save; one with a virus is not handed out."""
    shown = message_for(request, code)
    if not file_queries.letter_may_be_shown(shown):
        page = {"message": shown}
        return render(request, "office/file_refused.html", page, status=HTTPStatus.FORBIDDEN)
    return download(queries.letter(shown), f"{shown.code}.{'json' if shown.is_online else 'eml'}")


@require_safe
@for_office(*READERS)
def attachment(request: OfficeRequest, code: str, file: str) -> HttpResponse:
    """A file that came with a message, to save; never opened by the browser, and none with a virus."""
    shown, it = file_of(request, code, file)
    if it.is_infected:
        page = {"message": shown, "it": it}
        return render(request, "office/file_refused.html", page, status=HTTPStatus.FORBIDDEN)
    return download(it.known.document, it.known.name)


@require_safe
@for_office(*READERS)
def file_pages(request: OfficeRequest, code: str, file: str) -> HttpResponse:
    """The pages of a file, one at a time, as pictures: nothing in the file comes to act."""
    shown, it = file_of(request, code, file)
    if not it.has_pages:
        raise Http404
    drawn = pictures.page_of(it.file, _number(request))
    says = _("Page {number} of {all} of {name}")
    page = {
        "message": shown,
        "it": it,
        "drawn": drawn,
        "says": says.format(number=drawn.number, all=drawn.pages, name=it.known.name),
    }
    return render(request, "office/file_pages.html", page)


@require_safe
@for_office(*READERS)
def file_page(request: OfficeRequest, code: str, file: str, number: int) -> HttpResponse:
    """One page of a file as a picture; of a signed file, what was signed."""
    _shown, it = file_of(request, code, file)
    drawn = pictures.page_of(it.file, number) if it.has_pages else None
    if drawn is None or drawn.problem:
        raise Http404
    return as_picture(drawn.png)


def _number(request: OfficeRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1

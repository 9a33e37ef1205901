"""What chambers and associations pass on about a published call: a text, a poster, a newsletter item."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from tragitto.kernel.texts import LANGUAGES, in_language
from tragitto.records import rendering
from tragitto.schemes import queries
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import CallStatus, Section
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms import acts_words
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.moments import instant_in_words

POSTER = "schemes/letters/poster.typ"
#: What a leaflet says of a call, besides title, summary and deadline.
PARTS = (Section.WHO, Section.HOW)


@dataclass(frozen=True)
class Leaflet:
    """What is passed on about a call, in one language."""

    language: str
    called: str
    title: str
    summary: str
    publisher: str
    deadlines: list[str]
    parts: list[tuple[str, str]]
    help_address: str
    address: str


@require_safe
@for_office
def leaflets(request: OfficeRequest, code: str) -> HttpResponse:
    """The text in every language, and the files to pass on."""
    call = _published(request, code)
    shown = [(each, _text(each)) for each in (_leaflet(request, call, language) for language in LANGUAGES)]
    return render(request, "office/acts_leaflets.html", {"call": call, "leaflets": shown})


@require_safe
@for_office
def poster(request: OfficeRequest, code: str, language: str) -> HttpResponse:
    """An A4 sheet for a wall, with a code that leads to the public page."""
    leaflet = _asked(request, code, language)
    with translation.override(language):
        data = {
            "office": leaflet.publisher,
            "summary": leaflet.summary,
            "deadline_word": _("Filings are taken until"),
            "deadlines": leaflet.deadlines,
            "parts": [list(part) for part in leaflet.parts],
            "scan_word": _("Everything about this call"),
            "address": leaflet.address,
            "code": _code(leaflet.address),
            "code_says": _("A code that leads to {address}").format(address=leaflet.address),
            "foot": f"{_('Questions')}: {leaflet.help_address}" if leaflet.help_address else "",
        }
    made = rendering.pdf(POSTER, data, language=language, title=leaflet.title)
    return as_file(made, f"{code}-{language}.pdf", "application/pdf")


@require_safe
@for_office
def newsletter(request: OfficeRequest, code: str, language: str) -> HttpResponse:
    """An item for a newsletter, as a page of its own without any style."""
    leaflet = _asked(request, code, language)
    with translation.override(language):
        made = render_to_string("office/acts_newsletter.html", {"leaflet": leaflet})
    return as_file(made.encode(), f"{code}-{language}.html", "text/html; charset=utf-8")


@require_safe
@for_office
def plain_text(request: OfficeRequest, code: str, language: str) -> HttpResponse:
    """The same as plain text."""
    made = _text(_asked(request, code, language))
    return as_file(made.encode(), f"{code}-{language}.txt", "text/plain; charset=utf-8")


def _published(request: OfficeRequest, code: str) -> Call:
    call = found(queries.get_call, request.actor, code)
    if call.status != CallStatus.PUBLISHED:
        raise Http404
    return call


def _asked(request: OfficeRequest, code: str, language: str) -> Leaflet:
    if language not in LANGUAGES:
        raise Http404
    return _leaflet(request, _published(request, code), language)


def _leaflet(request: HttpRequest, call: Call, language: str) -> Leaflet:
    with translation.override(language):
        ends = [each.closes_at - timedelta(seconds=1) for each in queries.openings(call)]
        return Leaflet(
            language=language,
            called=str(acts_words.LANGUAGES[language]),
            title=in_language(call.title, language),
            summary=in_language(call.summary, language),
            publisher=call.publisher.name,
            deadlines=[instant_in_words(end, call.zone) for end in ends],
            parts=[
                (str(acts_words.SECTIONS[part]), in_language(queries.section(call, part), language))
                for part in PARTS
            ],
            help_address=call.help_address,
            address=request.build_absolute_uri(reverse("public:call", args=[call.code])),
        )


def _text(leaflet: Leaflet) -> str:
    with translation.override(leaflet.language):
        until = [f"{_('Filings are taken until')}: {deadline}" for deadline in leaflet.deadlines]
        asks = [f"{_('Questions')}: {leaflet.help_address}"] if leaflet.help_address else []
        last = [f"{_('Everything about this call')}: {leaflet.address}", *asks, leaflet.publisher]
    parts = [f"{title}\n{text}" for title, text in leaflet.parts]
    return "\n\n".join([leaflet.title, leaflet.summary, "\n".join(until), *parts, "\n".join(last)]) + "\n"


def _code(address: str) -> str:
    made = QRCode(border=0)
    made.add_data(address)
    picture = made.make_image(image_factory=SvgPathImage)
    return str(picture.to_string(encoding="unicode"))

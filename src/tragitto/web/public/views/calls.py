"""The published calls: their list, one with all an employer needs, its blank forms."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes import blanks, queries
from tragitto.schemes.models import Call, Form
from tragitto.schemes.rules import Opening, window_at
from tragitto.web.parts.windows import Sight, sight
from tragitto.web.public.call_page import page_of


@dataclass(frozen=True)
class Line:
    """A call in a list: whether it takes filings now, and the window that matters most."""

    call: Call
    tone: str
    word: str | Promise
    window: Sight | None

    @property
    def is_open(self) -> bool:
        return self.tone == "good"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What runs here, the calls first, and the way in for each kind of visitor."""
    shown = {"lines": lines(clock.now()), "rosters": queries.schemes_with_roster()}
    return render(request, "public/home.html", shown)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Every published call, the open ones first."""
    return render(request, "public/calls.html", {"lines": lines(clock.now())})


@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    """One call: what it asks, until when, with which forms."""
    shown = _published(code)
    contents, now = queries.contents(shown), clock.now()
    page = {
        "line": line_of(shown, contents.openings, now),
        "it": page_of(shown, contents, now),
        "windows": [sight(opening) for opening in contents.openings],
        "now": now,
    }
    return render(request, "public/call.html", page)


@require_safe
def form(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A blank form to fill in, with guidance in the language of the page; 404 for one not published."""
    shown = _published(code)
    try:
        asked = queries.form_named(shown, name)
    except NotFound as missing:
        raise Http404 from missing
    if not asked.fields:
        raise Http404
    pdf = _blank(shown, asked, get_language() or "it")
    headers = {"Content-Disposition": f'attachment; filename="{shown.code}-{asked.code}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def lines(now: datetime) -> list[Line]:
    """The published calls as lists show them, open ones first; three queries, however many."""
    found = queries.catalogue(actor=Actor.stranger())
    shown = [line_of(each.call, each.openings, now) for each in found]
    return sorted(shown, key=lambda line: (not line.is_open, line.call.code))


def line_of(call: Call, openings: tuple[Opening, ...], now: datetime) -> Line:
    """How the call stands at this moment."""
    if call.is_published and (current := window_at(openings, now)):
        return Line(call, "good", _("Open"), sight(current))
    coming = [each for each in openings if each.opens_at and each.opens_at > now]
    if call.is_published and coming:
        first = min(coming, key=lambda each: each.closes_at)
        return Line(call, "info", _("Not open yet"), sight(first))
    last = max(openings, key=lambda each: each.closes_at, default=None)
    return Line(call, "neutral", _("Closed"), sight(last) if last else None)


def _published(code: str) -> Call:
    try:
        return queries.get_call(Actor.stranger(), code)
    except NotFound as missing:
        raise Http404 from missing


#: Blank forms by call, form and language: making one costs a fifth of a second, and strangers may ask.
_kept: dict[tuple[str, str, int, str], bytes] = {}


def _blank(call: Call, form: Form, language: str) -> bytes:
    key = (call.content_hash, form.code, form.version, language)
    if key not in _kept:
        _kept[key] = blanks.blank_form(
            call_code=call.code,
            call_title=call.title["it"],
            form=queries.form_spec(form),
            language=language,
            office=call.publisher.name,
        )
    return _kept[key]

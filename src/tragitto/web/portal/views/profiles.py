"""The people whom a firm is shown: profiles without names until they accept, and lists with names."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragitto.candidates import curricula, words
from tragitto.candidates.actions.looking import look, look_at_many
from tragitto.candidates.models import NamedList
from tragitto.candidates.queries import disclosure, named_lists
from tragitto.candidates.queries.disclosure import Shown
from tragitto.employers.queries.representing import employers_of
from tragitto.kernel import clock
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file, as_table
from tragitto.web.parts.named_lines import heads_in_words, lines_in_words
from tragitto.web.portal.access import PortalRequest, for_person


@dataclass(frozen=True)
class Line:
    """One person in the list of a firm: who it is shown to, under which code, what they offer."""

    shown: Shown
    firm: str
    profiles: str
    languages: str


@require_safe
@for_person
def profiles(request: PortalRequest) -> HttpResponse:
    """Everybody shown to the firms that the person acts for, and the lists of names given to them."""
    firms = _firms(request)
    people = disclosure.shown_to(firms, on=timezone.localdate(clock.now()))
    schemes = {each.invitation.candidate.scheme for each in people}
    titles = {each: curricula.Titles.of(each, _language()) for each in schemes}
    page = {
        "lines": [_line(each, firms, titles[each.invitation.candidate.scheme]) for each in people],
        "lists": [(each, firms[each.recipient]) for each in named_lists.given_to(firms)],
        "firms": firms,
    }
    return render(request, "portal/profiles.html", page)


@require_safe
@for_person
def profile(request: PortalRequest, code: str) -> HttpResponse:
    """One person, as far as they may be known now; that it was looked at is written down."""
    shown = _shown(request, code)
    person = shown.invitation.candidate
    titles = curricula.Titles.of(person.scheme, _language())
    page = {
        "shown": shown,
        "firm": _firms(request)[shown.invitation.recipient],
        "sheet": curricula.in_words(shown.sheet, titles, shown.invitation.code),
        "printed_in": curricula.LANGUAGES,
    }
    _look(request, shown, "profile")
    return render(request, "portal/profile.html", page)


@require_safe
@for_person
def curriculum(request: PortalRequest, code: str, language: str) -> HttpResponse:
    """The same as a document: with the name once the person has accepted, without before."""
    shown = _shown(request, code)
    kind = "full" if shown.is_named else "anonymous"
    try:
        made = curricula.curriculum(
            shown.invitation.candidate,
            kind,
            code=shown.invitation.code,
            language=language,
            on=timezone.localdate(clock.now()),
        )
    except ValueError as unknown:
        raise Http404 from unknown
    _look(request, shown, "curriculum")
    return as_file(made, f"{shown.invitation.code}-{language}.pdf", "application/pdf")


@require_safe
@for_person
def named_list(request: PortalRequest, code: str) -> HttpResponse:
    """A list of names that was given to a firm of the person's."""
    given, firm = _given(request, code)
    _look_at_all(request, given)
    heads = heads_in_words(given.columns)
    page = {"list": given, "firm": firm, "heads": heads, "lines": lines_in_words(given, _language())}
    return render(request, "portal/named_list.html", page)


@require_safe
@for_person
def named_list_file(request: PortalRequest, code: str) -> HttpResponse:
    """The same for a spreadsheet."""
    given, _firm = _given(request, code)
    _look_at_all(request, given)
    rows = [list(map(str, heads_in_words(given.columns))), *lines_in_words(given, _language())]
    return as_file(as_table(rows), f"{given.code}.csv", "text/csv; charset=utf-8")


def _firms(request: PortalRequest) -> dict[str, str]:
    today = timezone.localdate(clock.now())
    return {each.code: each.name or each.code for each in employers_of(actor=request.actor, on=today)}


def _shown(request: PortalRequest, code: str) -> Shown:
    return found(disclosure.shown, _firms(request), code, on=timezone.localdate(clock.now()))


def _given(request: PortalRequest, code: str) -> tuple[NamedList, str]:
    firms = _firms(request)
    given = next((each for each in named_lists.given_to(firms) if each.code == code), None)
    if given is None:
        raise Http404
    return given, firms[given.recipient]


def _look(request: PortalRequest, shown: Shown, what: str) -> None:
    person, firm = shown.invitation.candidate, shown.invitation.recipient
    look(candidate=person, what=what, for_firm=firm, actor=request.actor, at=clock.now())


def _look_at_all(request: PortalRequest, given: NamedList) -> None:
    codes = [person for person, _said in named_lists.lines_of(given)]
    look_at_many(
        candidates=codes, what="named_list", for_firm=given.recipient, actor=request.actor, at=clock.now()
    )


def _line(shown: Shown, firms: dict[str, str], titles: curricula.Titles) -> Line:
    offered = [titles.profiles.get(each.profile or "", "") for each in shown.sheet.profiles]
    spoken = [f"{_tongue(each.tongue)} {each.level}" for each in shown.sheet.languages]
    return Line(shown, firms[shown.invitation.recipient], ", ".join(offered), ", ".join(spoken))


def _tongue(code: str | None) -> str:
    return str(words.TONGUE.get(code or "", code or ""))


def _language() -> str:
    return (get_language() or "it").split("-")[0]

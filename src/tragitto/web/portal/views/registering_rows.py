"""Work, diplomas and languages of a registration: the rows of a page, and one of them as a form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.candidates.actions import describing
from tragitto.candidates.models import Candidate, Diploma, Experience, LanguageLevel
from tragitto.candidates.queries.registering import Draft, row_of
from tragitto.candidates.vocabulary import PageKind
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.web.parts.finding import found
from tragitto.web.portal import registering_words as words
from tragitto.web.portal.access import PortalRequest, for_candidate
from tragitto.web.portal.drafts import language_now
from tragitto.web.portal.forms.roster_rows import RowForm, StudyForm, TongueForm, WorkForm
from tragitto.web.portal.registering import behind, own_draft, page_of, roster_scheme
from tragitto.web.portal.rows_shown import lines_of
from tragitto.web.portal.views.registering import FORM_OR_PAGE
from tragitto.web.portal.views.registering_pages import add_findings


@dataclass(frozen=True)
class Rows:
    """What one kind of rows needs: its form, its words, how a row is shown again, saved and taken away."""

    form: type[RowForm]
    one: str | Promise
    another: str | Promise
    initial: Callable[[Any], dict[str, object]]
    add: Callable[[Candidate, Any, Actor, datetime], object]
    change: Callable[[Any, Any, Actor, datetime], object]
    remove: Callable[[Any, Actor, datetime], object]


@require_safe
@for_candidate
def rows(request: PortalRequest, scheme: str, kind: str) -> HttpResponse:
    """The rows of a page, and the way to one more."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    page = page_of(draft, kind, "")
    shown = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "page": page,
        "says": words.TEXTS[page.kind],
        "lines": lines_of(draft, page.kind),
        "rows": ROWS[page.kind],
        "next": behind(draft, page),
    }
    return render(request, "portal/roster/rows.html", shown)


@require_http_methods(FORM_OR_PAGE)
@for_candidate
def row(request: PortalRequest, scheme: str, kind: str, code: str = "") -> HttpResponse:
    """One row as a form: a new one without `code`."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    page = page_of(draft, kind, "")
    known = found(row_of, draft, page.kind, code) if code else None
    of, status = ROWS[page.kind], HTTPStatus.OK
    form = of.form(initial=of.initial(known) if known else None, draft=draft, language=language_now())
    if request.method == "POST":
        form = of.form(request.POST, draft=draft, language=language_now())
        status = _saved(request, draft, of, known, form)
        if status is HTTPStatus.SEE_OTHER:
            return redirect("portal:roster_rows", scheme, kind)
    shown = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "form": form,
        "rows": of,
        "code": code,
        "kind": kind,
    }
    return render(request, "portal/roster/row.html", shown, status=status)


@require_POST
@for_candidate
def remove(request: PortalRequest, scheme: str, kind: str, code: str) -> HttpResponse:
    """Take a row away."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    page = page_of(draft, kind, "")
    ROWS[page.kind].remove(found(row_of, draft, page.kind, code), request.actor, clock.now())
    return redirect("portal:roster_rows", scheme, kind)


def _saved(request: PortalRequest, draft: Draft, of: Rows, known: object, form: Any) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        if known:
            of.change(known, form.entry(), request.actor, clock.now())
        else:
            of.add(draft.candidate, form.entry(), request.actor, clock.now())
    except Refusal as refusal:
        return add_findings(form, refusal)
    return HTTPStatus.SEE_OTHER


def _of_work(work: Experience) -> dict[str, object]:
    names = ("role", "employer", "country", "begins_on", "ends_on", "words")
    told = {name: getattr(work, name) for name in names}
    return {**told, "profile": work.profile.code if work.profile else ""}


def _of_study(diploma: Diploma) -> dict[str, object]:
    return {name: getattr(diploma, name) for name in ("title", "level_code", "institution", "year")}


def _of_tongue(said: LanguageLevel) -> dict[str, object]:
    told = {name: getattr(said, name) for name in ("tongue", "level", "valid_until")}
    return {**told, "number": said.certificate}


def _say(said: LanguageLevel, entry: Any, actor: Actor, at: datetime) -> None:
    """Another language chosen in place of the one there was is the other one alone."""
    describing.say_language(candidate=said.candidate, said=entry, actor=actor, at=at)
    if entry.tongue != said.tongue:
        describing.drop_language(candidate=said.candidate, tongue=said.tongue, actor=actor, at=at)


ROWS: Mapping[PageKind, Rows] = {
    PageKind.EXPERIENCE: Rows(
        form=WorkForm,
        one=_("Work somewhere"),
        another=_("Add work"),
        initial=_of_work,
        add=lambda who, entry, actor, at: describing.add_experience(
            candidate=who, work=entry, actor=actor, at=at
        ),
        change=lambda row, entry, actor, at: describing.change_experience(
            experience=row, work=entry, actor=actor, at=at
        ),
        remove=lambda row, actor, at: describing.remove_experience(experience=row, actor=actor, at=at),
    ),
    PageKind.DIPLOMAS: Rows(
        form=StudyForm,
        one=_("Diploma"),
        another=_("Add a diploma"),
        initial=_of_study,
        add=lambda who, entry, actor, at: describing.add_diploma(
            candidate=who, study=entry, actor=actor, at=at
        ),
        change=lambda row, entry, actor, at: describing.change_diploma(
            diploma=row, study=entry, actor=actor, at=at
        ),
        remove=lambda row, actor, at: describing.remove_diploma(diploma=row, actor=actor, at=at),
    ),
    PageKind.LANGUAGES: Rows(
        form=TongueForm,
        one=_("Language"),
        another=_("Add a language"),
        initial=_of_tongue,
        add=lambda who, entry, actor, at: describing.say_language(
            candidate=who, said=entry, actor=actor, at=at
        ),
        change=_say,
        remove=lambda row, actor, at: describing.drop_language(
            candidate=row.candidate, tongue=row.tongue, actor=actor, at=at
        ),
    ),
}

"""Certificates and diplomas of a registration: which can be shown, and each with its photo."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.candidates import photos
from tragitto.candidates.actions import describing, identifying
from tragitto.candidates.models import CandidateFile, Diploma, LanguageLevel
from tragitto.candidates.queries import abilities
from tragitto.candidates.queries.abilities import Stated
from tragitto.candidates.queries.registering import Draft
from tragitto.candidates.rules.abilities import Study, Tongue
from tragitto.candidates.vocabulary import FilePurpose, PageKind
from tragitto.kernel import clock
from tragitto.kernel.refusals import Blocked, Refusal
from tragitto.web.parts.finding import found
from tragitto.web.portal import registering_words as words
from tragitto.web.portal.access import PortalRequest, for_candidate
from tragitto.web.portal.forms.roster_papers import ShownPaperForm
from tragitto.web.portal.registering import behind, own_draft, page_of, roster_scheme
from tragitto.web.portal.rows_shown import paper_title
from tragitto.web.portal.views.registering import FORM_OR_PAGE
from tragitto.web.portal.views.registering_pages import add_findings

_PURPOSES = {
    abilities.SKILL: FilePurpose.CERTIFICATE,
    abilities.DIPLOMA: FilePurpose.DIPLOMA,
    abilities.LANGUAGE: FilePurpose.LANGUAGE,
}


@require_safe
@for_candidate
def papers(request: PortalRequest, scheme: str) -> HttpResponse:
    """What could be shown with a paper, and what is shown already."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    listed = [
        (kind, code, paper_title(stated.row, draft.spec), stated)
        for kind, code, stated in abilities.showable(draft.candidate, draft.on)
    ]
    shown = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "says": words.TEXTS[PageKind.PAPERS],
        "papers": listed,
        "next": behind(draft, page_of(draft, PageKind.PAPERS, "")),
    }
    return render(request, "portal/roster/papers.html", shown)


@require_http_methods(FORM_OR_PAGE)
@for_candidate
def paper(request: PortalRequest, scheme: str, kind: str, code: str) -> HttpResponse:
    """One paper: its photo, number and last day."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    stated = found(abilities.statement_of, draft.candidate, kind, code, draft.on)
    names = ("certificate", "valid_until")
    form = ShownPaperForm(initial={name: getattr(stated.row, name, "") for name in names}, row=stated.row)
    status = HTTPStatus.OK
    if request.method == "POST":
        form = ShownPaperForm(request.POST, request.FILES, row=stated.row)
        status = _shown(request, draft, kind, stated, form)
        if status is HTTPStatus.SEE_OTHER:
            messages.success(request, _("Saved. The office compares it with what you say."))
            return redirect("portal:roster_papers", scheme)
    shown = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "title": paper_title(stated.row, draft.spec),
        "file": stated.row.file,
        "form": form,
    }
    return render(request, "portal/roster/paper.html", shown, status=status)


def _shown(
    request: PortalRequest, draft: Draft, kind: str, stated: Stated[Any, Any], form: ShownPaperForm
) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    act: dict[str, Any] = {"actor": request.actor, "at": clock.now()}
    before, file = stated.row.file, None
    try:
        if photo := form.cleaned_data["photo"]:
            # One byte beyond what is taken is enough to be told so.
            content = photo.read(photos.MOST_BYTES + 1)
            file = identifying.add_file(
                candidate=draft.candidate, purpose=_PURPOSES[kind], content=content, **act
            )
        _tell(draft, stated.row, form, file, act)
    except Refusal as refusal:
        return add_findings(form, refusal)
    if before and file and before != file:
        with suppress(Blocked):  # the older photo shows something else too
            identifying.take_back_file(candidate=draft.candidate, file=before, **act)
    return HTTPStatus.SEE_OTHER


def _tell(
    draft: Draft, row: Any, form: ShownPaperForm, file: CandidateFile | None, act: dict[str, Any]
) -> None:
    if isinstance(row, Diploma):
        names = ("title", "level_code", "institution", "country", "year")
        study = Study(**{name: getattr(row, name) for name in names})
        describing.change_diploma(diploma=row, study=study, file=file, **act)
    elif isinstance(row, LanguageLevel):
        said = Tongue(tongue=row.tongue, level=row.level, paper=form.paper)
        describing.say_language(candidate=draft.candidate, said=said, file=file, **act)
    else:
        describing.show_paper(candidate=draft.candidate, skill=row.skill, paper=form.paper, file=file, **act)

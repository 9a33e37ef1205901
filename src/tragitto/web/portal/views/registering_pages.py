"""A page of registering: one question, its answer saved at once, and on to the next; on any device."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Literal, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragitto.candidates.actions import beginning, consenting
from tragitto.candidates.queries.registering import Draft
from tragitto.candidates.rules.pages import Page
from tragitto.candidates.vocabulary import PageKind
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal, Stale
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal import registering_words as words
from tragitto.web.portal.access import PortalRequest, for_candidate
from tragitto.web.portal.drafts import language_now
from tragitto.web.portal.forms.roster import FIELDS, Around, ConsentForm, PageForm
from tragitto.web.portal.registering import (
    Shown,
    answers_of,
    behind,
    kept_of,
    own_draft,
    page_of,
    profile_title,
    roster_scheme,
    shown,
    title_of,
)
from tragitto.web.portal.views.registering import FORM_OR_PAGE


@require_http_methods(FORM_OR_PAGE)
@for_candidate
def page(request: PortalRequest, scheme: str, kind: str, key: str = "") -> HttpResponse:
    """One page: its question, and the answer as it was saved."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    asked = page_of(draft, kind, key)
    if asked.kind is PageKind.NOTICE:
        return _notice(request, draft, asked)
    if asked.kind is PageKind.CONSENT:
        return _consent(request, draft, asked)
    around = Around(draft, asked.key, language_now())
    if request.method == "POST":
        return _saved(request, around, asked)
    kept = {**kept_of(draft, asked), "revision": draft.candidate.revision}
    return _rendered(request, draft, asked, PageForm(initial=kept, kind=asked.kind, around=around))


def _saved(request: PortalRequest, around: Around, asked: Page) -> HttpResponse:
    draft, form = around.draft, PageForm(request.POST, kind=asked.kind, around=around)
    if not form.is_valid():
        return _rendered(request, draft, asked, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        beginning.save_page(
            candidate=draft.candidate,
            page=(asked.kind, asked.key),
            answers=form.answers(),
            revision=form.cleaned_data["revision"],
            actor=request.actor,
            at=clock.now(),
        )
    except Stale as stale:
        return _both(request, asked, str(stale.findings[0].text))
    except Refusal as refusal:
        return _rendered(request, draft, asked, form, status=add_findings(form, refusal))
    return _onward(request, draft, asked)


def add_findings(form: forms.Form, refusal: Refusal) -> HTTPStatus:
    """Say in the form why an action did not take place, each sentence at its field."""
    for finding in refusal.findings:
        place = str(finding.facts.get("field", ""))
        form.add_error(place if place in form.fields else None, str(finding.text))
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _onward(request: PortalRequest, draft: Draft, asked: Page) -> HttpResponse:
    fresh = own_draft(request, draft.candidate.scheme)
    assert fresh is not None
    if request.POST.get("then") == "later":
        messages.success(request, _("Saved. You can go on at any time, on any telephone or computer."))
        response = redirect("portal:roster", draft.candidate.scheme.code)
    else:
        response = redirect(behind(fresh, asked))
    if asked.kind is PageKind.LANGUAGE:
        _speak(response, fresh.candidate.language)
    return response


def _speak(response: HttpResponse, language: str) -> None:
    """Have the pages speak the language that was chosen, as the switch of languages does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=cast("Literal['Lax', 'Strict']", settings.LANGUAGE_COOKIE_SAMESITE),
    )


def _both(request: PortalRequest, asked: Page, says: str) -> HttpResponse:
    """What was typed here, and what another device saved meanwhile: the person chooses."""
    draft = own_draft(request, roster_scheme(_scheme_of(request)))
    assert draft is not None
    around = Around(draft, asked.key, language_now())
    values = request.POST.copy()
    values["revision"] = str(draft.candidate.revision)
    form = PageForm(values, kind=asked.kind, around=around)
    form.add_error(None, says)
    written = shown(FIELDS[asked.kind](around), dict(form.answers()))
    theirs = [one for one, mine in zip(answers_of(draft, asked), written, strict=True) if one != mine]
    return _rendered(request, draft, asked, form, theirs=theirs, status=HTTPStatus.CONFLICT)


def _scheme_of(request: PortalRequest) -> str:
    assert request.resolver_match is not None
    return str(request.resolver_match.kwargs["scheme"])


def _notice(request: PortalRequest, draft: Draft, asked: Page) -> HttpResponse:
    notice = next(n for n in draft.spec.notices_on(draft.on) if n.controller == asked.key)
    if request.method == "POST":
        beginning.see_notice(
            candidate=draft.candidate,
            controller=asked.key,
            language=language_now(),
            actor=request.actor,
            at=clock.now(),
        )
        return _onward(request, draft, asked)
    page = {"draft": draft, "scheme": draft.candidate.scheme, "page": asked, "notice": notice}
    return render(request, "portal/roster/notice.html", page)


def _consent(request: PortalRequest, draft: Draft, asked: Page) -> HttpResponse:
    consent = next(c for c in draft.spec.consents if c.code == asked.key)
    form, status = (
        ConsentForm(initial={"given": "yes"} if asked.key in draft.consents else None),
        HTTPStatus.OK,
    )
    if request.method == "POST":
        form = ConsentForm(request.POST)
        status = attempt(form, lambda: _answer(request, draft, asked.key, form))
        if status is HTTPStatus.SEE_OTHER:
            return _onward(request, draft, asked)
    page = {"draft": draft, "scheme": draft.candidate.scheme, "page": asked, "consent": consent, "form": form}
    return render(request, "portal/roster/consent.html", page, status=status)


def _answer(request: PortalRequest, draft: Draft, code: str, form: ConsentForm) -> None:
    if form.cleaned_data["given"] == "yes":
        consenting.give(
            candidate=draft.candidate,
            code=code,
            language=language_now(),
            actor=request.actor,
            at=clock.now(),
        )
    else:
        consenting.withdraw(candidate=draft.candidate, code=code, actor=request.actor, at=clock.now())


def _rendered(
    request: PortalRequest,
    draft: Draft,
    asked: Page,
    form: PageForm,
    *,
    theirs: Sequence[Shown] = (),
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    listed = [(each.kind, each.key) for each in draft.pages]
    shown_page = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "page": asked,
        "form": form,
        "says": words.TEXTS[asked.kind],
        "title": title_of(draft, asked),
        "profile": profile_title(draft, asked.key),
        "number": listed.index((asked.kind, asked.key)) + 1,
        "pages": len(listed),
        "theirs": theirs,
    }
    return render(request, "portal/roster/page.html", shown_page, status=status)

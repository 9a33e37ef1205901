"""The pages of a draft, one thing on each: saved at every step, whatever was written."""

import re
from collections.abc import Sequence
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragitto.employers import answer_words
from tragitto.employers.actions import drafting
from tragitto.employers.models import FilingDraft
from tragitto.employers.queries import drafts
from tragitto.employers.rules.pages import Page
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal, Stale
from tragitto.web.parts.finding import found
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.drafts import address_of, as_read, language_now, own_draft, text, title_of
from tragitto.web.portal.forms.pages import PageForm, shown_at_first
from tragitto.web.portal.views.filing import FORM_OR_PAGE

#: What stands in the form of a row; anything else was not written by our pages.
_REVISION = re.compile(r"[0-9]{1,9}")


@require_http_methods(FORM_OR_PAGE)
@for_person
def page(request: PortalRequest, code: str, form: str, group: str, row: int) -> HttpResponse:
    """One page of a draft; whatever is written is kept, what is wrong with it is said beside it."""
    draft = own_draft(request, code)
    if draft.sent_at:
        return redirect("portal:submission", draft.submission.code)
    asked = found(drafts.page_of, draft, form, group, row)
    if request.method == "POST":
        return _save(request, draft, asked)
    given = draft.answers.get(form, {})
    at_first = shown_at_first(
        asked, given, {**_about_oneself(request, asked), **drafts.offered(draft, asked)}
    )
    shown = PageForm(initial={"revision": draft.revision, **at_first}, page=asked, language=language_now())
    if asked.problems:
        # Whoever comes back to mend something is told at once what it was.
        shown = _bound_to_saved(draft, asked, at_first)
    return _rendered(request, draft, asked, shown)


@require_POST
@for_person
def remove(request: PortalRequest, code: str, form: str, group: str, row: int) -> HttpResponse:
    """Take one of several rows away; those behind it move up."""
    draft = own_draft(request, code)
    revision = request.POST.get("revision", "")
    try:
        drafting.remove_row(
            draft=draft,
            place=(form, group, row),
            revision=int(revision) if _REVISION.fullmatch(revision) else -1,
            actor=request.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
    else:
        messages.success(request, _("Taken away."))
    return redirect("portal:draft", code)


def _save(request: PortalRequest, draft: FilingDraft, asked: Page) -> HttpResponse:
    form = PageForm(request.POST, page=asked, language=language_now())
    form.is_valid()
    if "revision" not in form.cleaned_data:
        raise Http404
    given = {
        "draft": draft,
        "form": asked.form.code,
        "answers": form.written(),
        "revision": form.cleaned_data["revision"],
    }
    try:
        saved = drafting.save_page(**given, actor=request.actor, at=clock.now())
    except Stale as stale:
        return _both(request, draft, asked, form, stale)
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
        return redirect("portal:draft", draft.code)
    draft = drafts.get_draft(request.actor, saved.code)
    return _after(request, draft, asked)


def _after(request: PortalRequest, draft: FilingDraft, asked: Page) -> HttpResponse:
    """Where a saved page leads: on, to one more row, to the list; or back to what must be mended."""
    now = found(drafts.page_of, draft, *asked.key)
    if request.POST.get("then") == "later":
        return redirect("portal:draft", draft.code)
    again = _bound(request, draft, asked)
    again.say(now)
    if again.errors:
        return _rendered(request, draft, now, again, is_kept=True)
    for name, note in now.notes.items():
        label = text(next(slot.field.label for slot in now.slots if slot.name == name))
        messages.info(request, f"{label}: {answer_words.sentence(note)}")
    if request.POST.get("then") == "another" and now.may_grow:
        return _one_more(request, draft, now)
    return redirect(_next(draft, now))


def _one_more(request: PortalRequest, draft: FilingDraft, page: Page) -> HttpResponse:
    form, group, row = page.key
    try:
        drafting.add_row(
            draft=draft,
            form=form,
            group=group,
            revision=draft.revision,
            actor=request.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
        return redirect("portal:draft", draft.code)
    return redirect("portal:draft_page", draft.code, form, group, row + 1)


def _next(draft: FilingDraft, page: Page) -> str:
    """The page behind this one; behind the last the list, where papers and the last look wait."""
    pages = list(drafts.pages_of(draft))
    place = [one.key for one in pages].index(page.key) + 1
    if place < len(pages):
        return address_of(draft, pages[place])
    return redirect("portal:draft", draft.code).url


def _both(
    request: PortalRequest, draft: FilingDraft, asked: Page, form: PageForm, stale: Stale
) -> HttpResponse:
    """What was typed here, and what another device saved meanwhile: the person chooses."""
    written = form.written()
    draft = drafts.get_draft(request.actor, draft.code)
    saved = draft.answers.get(asked.form.code, {})
    theirs = [
        (text(slot.field.label), as_read(slot.field, saved.get(slot.name)))
        for slot in asked.slots
        if as_read(slot.field, saved.get(slot.name)) != as_read(slot.field, written.get(slot.name))
    ]
    again = _bound(request, draft, asked)
    again.add_error(None, str(stale.findings[0].text))
    return _rendered(request, draft, asked, again, theirs=theirs, status=HTTPStatus.CONFLICT)


def _bound(request: PortalRequest, draft: FilingDraft, asked: Page) -> PageForm:
    """The page as it was written, to be saved once more on top of what is there now."""
    values = request.POST.copy()
    values["revision"] = str(draft.revision)
    return PageForm(values, page=asked, language=language_now())


def _bound_to_saved(draft: FilingDraft, asked: Page, shown: dict[str, object]) -> PageForm:
    form = PageForm({"revision": draft.revision, **shown}, page=asked, language=language_now())
    form.say(asked)
    return form


def _about_oneself(request: PortalRequest, asked: Page) -> dict[str, object]:
    """What the house knows of the person and need not ask twice, and the day of today for signing."""
    known = {
        "signatory.name": request.user.full_name,
        "signatory.codice_fiscale": request.user.fiscal_number,
        "contact.email": request.user.email,
        "signed.on": timezone.localdate(clock.now()).isoformat(),
    }
    return {slot.name: value for slot in asked.slots if (value := known.get(slot.field.fact))}


def _rendered(
    request: PortalRequest,
    draft: FilingDraft,
    asked: Page,
    form: PageForm,
    *,
    theirs: Sequence[tuple[str, object]] = (),
    is_kept: bool = False,
    status: int | None = None,
) -> HttpResponse:
    keys = [one.key for one in drafts.pages_of(draft)]
    shown = {
        "draft": draft,
        "page": asked,
        "form": form,
        "title": title_of(asked),
        "number": keys.index(asked.key) + 1,
        "pages": len(keys),
        "theirs": theirs,
        "is_kept": is_kept,
    }
    is_wrong = bool(form.errors) and request.method == "POST"
    code = status or (HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK)
    return render(request, "portal/draft_page.html", shown, status=code)

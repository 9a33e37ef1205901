"""Identity documents of a registration: which one, photos one at a time, what was read, what differs."""

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.candidates import photos
from tragitto.candidates.actions import beginning, identifying
from tragitto.candidates.actions.reading import read_photo
from tragitto.candidates.models import CandidateFile
from tragitto.candidates.queries import identity
from tragitto.candidates.queries.likeness import is_here_already
from tragitto.candidates.queries.registering import Draft, loose_photos
from tragitto.candidates.rules.documents import Said
from tragitto.candidates.vocabulary import FilePurpose, PageKind, ReadBy
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.schemes.pack import IdentityRuleSpec
from tragitto.schemes.vocabulary import IdentityKind
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_picture
from tragitto.web.portal import registering_words as words
from tragitto.web.portal.access import PortalRequest, for_candidate
from tragitto.web.portal.drafts import language_now
from tragitto.web.portal.forms.roster_documents import DocumentForm, KindForm, PhotoForm
from tragitto.web.portal.registering import behind, own_draft, page_of, roster_scheme
from tragitto.web.portal.rows_shown import lines_of
from tragitto.web.portal.views.registering import FORM_OR_PAGE
from tragitto.web.portal.views.registering_pages import add_findings


@require_http_methods(FORM_OR_PAGE)
@for_candidate
def documents(request: PortalRequest, scheme: str) -> HttpResponse:
    """The documents that are there, what differs on them, and the choice of one more."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    form, status = KindForm(draft=draft, language=language_now()), HTTPStatus.OK
    if request.method == "POST":
        form = KindForm(request.POST, draft=draft, language=language_now())
        if form.is_valid():
            return redirect("portal:roster_photo", scheme, form.cleaned_data["kind"])
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    shown = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "says": words.TEXTS[PageKind.DOCUMENT],
        "form": form,
        "lines": lines_of(draft, PageKind.DOCUMENT),
        "views": identity.document_views(draft.candidate, on=draft.on),
        "is_here_already": not draft.candidate.is_sent and is_here_already(draft.candidate),
        "next": behind(draft, page_of(draft, PageKind.DOCUMENT, "")),
    }
    return render(request, "portal/roster/documents.html", shown, status=status)


@require_http_methods(FORM_OR_PAGE)
@for_candidate
def photo(request: PortalRequest, scheme: str, kind: str) -> HttpResponse:
    """One photo at a time, side by side; or on without."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    rule = _rule(draft, kind)
    form, status = PhotoForm(), HTTPStatus.OK
    if request.method == "POST":
        form = PhotoForm(request.POST, request.FILES)
        status = _kept(request, draft, form)
        if status is HTTPStatus.SEE_OTHER:
            has_all = len(loose_photos(draft.candidate)) >= rule.sides
            return redirect("portal:roster_document" if has_all else "portal:roster_photo", scheme, kind)
    kept = loose_photos(draft.candidate)
    shown = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "rule": rule,
        "form": form,
        "photos": kept,
        "side": len(kept) + 1,
    }
    return render(request, "portal/roster/photo.html", shown, status=status)


@require_http_methods(FORM_OR_PAGE)
@for_candidate
def document(request: PortalRequest, scheme: str, kind: str) -> HttpResponse:
    """What was read from the photos, to be looked at; or to be typed, where nothing was."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    rule, kept = _rule(draft, kind), loose_photos(draft.candidate)
    form_of = partial(DocumentForm, draft=draft, rule=rule, language=language_now())
    status = HTTPStatus.OK
    if request.method == "POST":
        form = form_of(request.POST)
        status = _written(request, draft, form, kept)
        if status is HTTPStatus.SEE_OTHER:
            return redirect("portal:roster_documents", scheme)
    else:
        form = form_of(initial=_at_first(request, draft, rule, kept))
    shown = {
        "draft": draft,
        "scheme": draft.candidate.scheme,
        "rule": rule,
        "form": form,
        "photos": kept,
        "is_read": form["read_by"].value() == ReadBy.PHOTO,
    }
    return render(request, "portal/roster/document.html", shown, status=status)


@require_POST
@for_candidate
def take_names(request: PortalRequest, scheme: str, code: str) -> HttpResponse:
    """Write the names as a document of one's own has them."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    shown = next((each for each in draft.rows[PageKind.DOCUMENT] if str(each) == code), None)
    if shown is None:
        raise Http404
    try:
        beginning.save_page(
            candidate=draft.candidate,
            page=(PageKind.LATIN_NAMES, ""),
            answers={name: getattr(shown, name) for name in ("surnames", "given_names")},
            revision=draft.candidate.revision,
            actor=request.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
    else:
        messages.success(request, _("Your name is now written as your document has it."))
    return redirect("portal:roster_documents", scheme)


@require_safe
@for_candidate
def picture(request: PortalRequest, scheme: str, code: str) -> HttpResponse:
    """A photo of one's own, as it was kept."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        raise Http404
    file = found(identity.file_of, draft.candidate, code)
    response = as_picture(identity.content_of(file))
    response["Content-Type"] = file.kind
    return response


@require_POST
@for_candidate
def take_back(request: PortalRequest, scheme: str, kind: str, code: str) -> HttpResponse:
    """Throw a photo away that was just taken."""
    draft = own_draft(request, roster_scheme(scheme))
    if draft is None:
        return redirect("portal:roster", scheme)
    file = found(identity.file_of, draft.candidate, code)
    try:
        identifying.take_back_file(candidate=draft.candidate, file=file, actor=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
    return redirect("portal:roster_photo", scheme, kind)


def _rule(draft: Draft, kind: str) -> IdentityRuleSpec:
    rule = draft.spec.identity(kind) if kind in list(IdentityKind) else None
    if rule is None:
        raise Http404
    return rule


def _kept(request: PortalRequest, draft: Draft, form: PhotoForm) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    # One byte beyond what is taken is enough to be told so.
    content = form.cleaned_data["photo"].read(photos.MOST_BYTES + 1)
    try:
        identifying.add_file(
            candidate=draft.candidate,
            purpose=FilePurpose.IDENTITY,
            content=content,
            actor=request.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        return add_findings(form, refusal)
    return HTTPStatus.SEE_OTHER


def _written(
    request: PortalRequest, draft: Draft, form: DocumentForm, kept: list[CandidateFile]
) -> HTTPStatus:
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        identifying.add_document(
            candidate=draft.candidate, said=form.entry(), files=kept, actor=request.actor, at=clock.now()
        )
    except Refusal as refusal:
        return add_findings(form, refusal)
    return HTTPStatus.SEE_OTHER


def _at_first(
    request: PortalRequest, draft: Draft, rule: IdentityRuleSpec, kept: list[CandidateFile]
) -> dict[str, object]:
    """What a machine reads in the last photos, as many as the document has sides, the newest first; where it
    reads nothing, what is known already.
    """
    for file in reversed(kept[-rule.sides :]):
        read = read_photo(
            candidate=draft.candidate,
            file=file,
            kind=IdentityKind(rule.kind),
            actor=request.actor,
            at=clock.now(),
        )
        if read:
            return {**_known(draft), **{name: value for name, value in _fields(read).items() if value}}
    return {**_known(draft), "read_by": ReadBy.TYPED.value}


def _known(draft: Draft) -> dict[str, object]:
    person = draft.candidate.identity
    return {
        "surnames": person.surnames,
        "given_names": person.given_names,
        "birth_on": person.birth_on,
        "issuing_state": draft.spec.origin,
    }


def _fields(read: Said) -> dict[str, object]:
    return {name: getattr(read, name) for name in (*DocumentForm.base_fields,)}

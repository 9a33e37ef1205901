"""Who acts for which enterprise: what they said, their papers, what the office confirms or ends."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.accounts.queries import names_of
from tragitto.employers import actions, permissions
from tragitto.employers.models import Representation
from tragitto.employers.queries import representing
from tragitto.kernel import clock
from tragitto.records.models import Document
from tragitto.records.queries import pictures
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.representations import EndForm, RepresentationsForm
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_picture, download
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

WRITERS = ("officer", "reviewer")


@require_safe
@for_office
def representations(request: OfficeRequest) -> HttpResponse:
    """Everybody who acts for an enterprise of this office's calls, those to confirm first in sight."""
    form = RepresentationsForm(request.GET)
    rows = representing.listed(actor=request.actor, show=form.asked()["show"] or "")
    page = page_of(rows, request)
    names = names_of(row.account for row in page.object_list)
    return render(request, "office/representations.html", {"page": page, "form": form, "names": names})


@require_safe
@for_office
def representation(request: OfficeRequest, code: str) -> HttpResponse:
    """One of them with the papers, and who sent what for the enterprise."""
    return _shown(request, code)


@require_POST
@for_office(*WRITERS)
def confirm(request: OfficeRequest, code: str) -> HttpResponse:
    """Confirm, having seen the papers."""
    return _done(request, code, lambda it: actions.confirm_representation(
        representation=it, actor=request.actor, at=clock.now()
    ), Form(request.POST), _("Confirmed."))  # fmt: skip


@require_POST
@for_office(*WRITERS)
def end(request: OfficeRequest, code: str) -> HttpResponse:
    """End it from now on, with the reason."""
    form = EndForm(request.POST)
    return _done(request, code, lambda it: actions.revoke_representation(
        representation=it, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now()
    ), form, _("Ended. What was filed stays filed."))  # fmt: skip


@require_safe
@for_office
def paper(request: OfficeRequest, code: str, which: str) -> HttpResponse:
    """The delegation or the copy of the identity document, for saving."""
    document = _paper(request, code, which)
    return download(document, f"{code}-{which}{_ENDINGS.get(document.media_type, '')}")


@require_safe
@for_office
def paper_page(request: OfficeRequest, code: str, which: str, number: int) -> HttpResponse:
    """One page of a paper as a picture drawn by the house: nothing in the file comes to act."""
    drawn = pictures.page_of_document(_paper(request, code, which), number)
    if drawn.problem:
        raise Http404
    return as_picture(drawn.png)


def _paper(request: OfficeRequest, code: str, which: str) -> Document:
    it = found(representing.representation_for, actor=request.actor, code=code)
    document = {"delegation": it.paper, "identity": it.identity_copy}.get(which)
    if document is None:
        raise Http404
    return document


def _done(
    request: OfficeRequest,
    code: str,
    act: Callable[[Representation], object],
    form: Form,
    says: str,
) -> HttpResponse:
    it = found(representing.representation_for, actor=request.actor, code=code)
    status = attempt(form, lambda: act(it))
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, says)
        return redirect("office:representation", code)
    return _shown(request, code, status, form)


def _shown(
    request: OfficeRequest, code: str, status: int = HTTPStatus.OK, form: Form | None = None
) -> HttpResponse:
    it = found(representing.representation_for, actor=request.actor, code=code)
    sent = representing.signed_by(employer=it.employer)
    shown = {
        "it": it,
        "papers": [(which, title, paper) for which, title, paper in _titled(it) if paper],
        "sent": sent,
        "names": names_of([it.account, it.confirmed_by, it.revoked_by, *(one.account for one in sent)]),
        "may": permissions.may_confirm(request.actor, it),
        "ending": form if isinstance(form, EndForm) else EndForm(),
        "form": form,
    }
    return render(request, "office/representation.html", shown, status=status)


def _titled(it: Representation) -> tuple[tuple[str, str, Document | None], ...]:
    return (
        ("delegation", _("The delegation"), it.paper),
        ("identity", _("Copy of the identity document"), it.identity_copy),
    )


#: By which a saved paper is opened again.
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pkcs7-mime": ".p7m",
}

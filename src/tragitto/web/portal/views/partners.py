"""What was handed over to a partner: packages, their cases as handed over, files, the acceptance."""

from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.cases import actions, queries
from tragitto.cases.models import HandOver
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import download
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_partner
from tragitto.web.portal.handed import handed_case, name_of


@require_safe
@for_partner
def received(request: PortalRequest) -> HttpResponse:
    """Everything handed over to the partner, the latest first; what was recalled, with the reason."""
    return render(
        request,
        "portal/partner_received.html",
        {"page": page_of(queries.received(actor=request.actor), request)},
    )


@require_safe
@for_partner
def package(request: PortalRequest, code: str) -> HttpResponse:
    """One package: what it is and on what basis, and the cases in it. A look at it is written down."""
    hand_over = _found(request, code)
    if not hand_over.is_recalled:
        actions.look_into(hand_over=hand_over, actor=request.actor, at=clock.now())
    return render(request, "portal/partner_package.html", _page(request, hand_over, Form()))


@require_POST
@for_partner
def accept(request: PortalRequest, code: str) -> HttpResponse:
    """Confirm that the package came and is whole."""
    hand_over = _found(request, code)
    form = Form(request.POST)
    status = attempt(
        form,
        lambda: actions.accept_hand_over(hand_over=hand_over, actor=request.actor, at=clock.now()),
    )
    if status == HTTPStatus.SEE_OTHER:
        messages.success(request, _("You have confirmed that the package has come."))
        return redirect("portal:package", code)
    page = _page(request, _found(request, code), form)
    return render(request, "portal/partner_package.html", page, status=status)


@require_safe
@for_partner
def package_case(request: PortalRequest, code: str, case: str) -> HttpResponse:
    """One case as it was handed over. A look at it is written down."""
    hand_over = _found(request, code)
    item = queries.items_of(actor=request.actor, hand_over=hand_over).filter(case__code=case).first()
    if item is None:
        raise Http404
    actions.look_into(hand_over=hand_over, case=case, actor=request.actor, at=clock.now())
    shown = handed_case(item, hand_over.call, get_language() or "it")
    return render(request, "portal/partner_case.html", {"it": hand_over, "item": item, "shown": shown})


@require_safe
@for_partner
def package_file(request: PortalRequest, code: str) -> HttpResponse:
    """The whole package as one file. The download is written down."""
    hand_over = _found(request, code)
    _write_down(request, hand_over, hand_over.package.sha256)
    return download(hand_over.package, f"{hand_over.code}.zip")


@require_safe
@for_partner
def document(request: PortalRequest, code: str, sha256: str) -> HttpResponse:
    """One document of the package. The download is written down."""
    hand_over = _found(request, code)
    kept, name = found(queries.handed_document, actor=request.actor, hand_over=hand_over, sha256=sha256)
    _write_down(request, hand_over, kept.sha256)
    return download(kept, name)


def _found(request: PortalRequest, code: str) -> HandOver:
    return found(queries.get_received, actor=request.actor, code=code)


def _write_down(request: PortalRequest, hand_over: HandOver, sha256: str) -> None:
    try:
        actions.download(hand_over=hand_over, sha256=sha256, actor=request.actor, at=clock.now())
    except Refusal as refused:
        # Recalled: there is nothing to take any more, and its page says why.
        raise Http404 from refused


def _page(request: PortalRequest, hand_over: HandOver, form: Form) -> dict[str, object]:
    items = page_of(queries.items_of(actor=request.actor, hand_over=hand_over), request, size=50)
    return {
        "it": hand_over,
        "page": items,
        "rows": [(item, name_of(item)) for item in items],
        "form": form,
    }

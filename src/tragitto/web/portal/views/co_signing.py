"""Signing together: the delegate asks, the legal representative signs in, reads and signs."""

from http import HTTPStatus

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.employers import actions
from tragitto.employers.models import FilingDraft
from tragitto.employers.paper_words import PAPERS
from tragitto.employers.queries import co_signing, drafts
from tragitto.employers.vocabulary import PaperKind
from tragitto.kernel import clock
from tragitto.kernel.canonical import sha256_hex
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.drafts import language_now, own_draft, step_of
from tragitto.web.portal.forms.co_signing import CoSignForm
from tragitto.web.portal.identity import identified

#: In the session: the hashes of the secrets with which this browser came, by the codes they lead to.
GIVEN = "co_signatures"
_SEEN = require_http_methods(["GET", "HEAD", "POST"])


@_SEEN
@for_person
def ask(request: PortalRequest, code: str) -> HttpResponse:
    """Make the address at which the legal representative may sign, to be passed on; shown once."""
    own = own_draft(request, code)
    form, link, status = Form(request.POST or None), "", HTTPStatus.OK
    if request.method == "POST":
        made: list[str] = []
        status = attempt(form, lambda: made.append(
            actions.ask_co_signature(draft=own, actor=request.actor, at=clock.now())
        ))  # fmt: skip
        if made:
            link = request.build_absolute_uri(reverse("portal:co_sign", args=made))
            status = HTTPStatus.OK
    shown = {
        "draft": own,
        "link": link,
        "form": form,
        "signature": co_signing.co_signature_of(own),
        "asked": co_signing.asked(own),
    }
    return render(request, "portal/co_signature_ask.html", shown, status=status)


@never_cache
@require_safe
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address before anything else: pages, sign-in and logs see no more of it."""
    signature = found(co_signing.co_signature_for, sha256_hex(token.encode()), clock.now())
    given = request.session.get(GIVEN, {})
    request.session[GIVEN] = {**given, signature.code: signature.token_hash}
    return redirect("portal:co_sign_read", signature.code)


@_SEEN
@for_person
def sign(request: PortalRequest, code: str) -> HttpResponse:
    """All that is sent and declared, to read, and the button by which one signs it with the delegate."""
    given = request.session.get(GIVEN, {}).get(code, "")
    signature = found(co_signing.co_signature_for, given, clock.now())
    draft, who, language = signature.draft, identified(request), language_now()
    shown = {"sha256": co_signing.hash_now(draft, language), "language": language}
    form = CoSignForm(request.POST or None, initial=shown)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: actions.co_sign(
            signature=signature, codice_fiscale=who.codice_fiscale if who else "",
            means=who.means if who else "", sha256=form.cleaned_data["sha256"],
            language=form.cleaned_data["language"], actor=request.actor, at=clock.now(),
        ))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("You have signed. The filing still has to be sent."))
            return redirect("portal:co_sign_read", code)
        # What is signed next is what this page shows, not what the last one did.
        form.data = {**request.POST.dict(), **shown}
    return render(request, "portal/co_sign.html", _sign_page(draft, form, who is not None), status=status)


def _sign_page(draft: FilingDraft, form: CoSignForm, is_identified: bool) -> dict[str, object]:
    return {
        "draft": draft,
        "form": form,
        "is_identified": is_identified,
        "signature": co_signing.co_signature_of(draft),
        "papers": [(paper, PAPERS[PaperKind(paper.kind)]) for paper in draft.papers.all()],
        "steps": [step_of(draft, page) for page in drafts.pages_of(draft)],
        "forms": drafts.forms_of(draft),
    }

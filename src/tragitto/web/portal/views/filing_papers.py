"""Papers beside a draft: the signed form, a delegation, the copy of an identity document."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragitto.employers.actions import drafting_papers
from tragitto.employers.queries import drafts
from tragitto.employers.vocabulary import PaperKind
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.drafts import own_draft
from tragitto.web.portal.forms.papers import KINDS, PaperForm
from tragitto.web.portal.views.filing import FORM_OR_PAGE


@require_http_methods(FORM_OR_PAGE)
@for_person
def papers(request: PortalRequest, code: str) -> HttpResponse:
    """The papers that go with the answers, and one more."""
    draft = own_draft(request, code)
    if draft.sent_at:
        return redirect("portal:submission", draft.submission.code)
    form, status = PaperForm(), HTTPStatus.OK
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES)
        status = attempt(form, lambda: _attach(request, form, code))
        if status is HTTPStatus.SEE_OTHER:
            messages.success(request, _("The file is with your answers."))
            return redirect("portal:draft_papers", code)
    shown = {
        "draft": draft,
        "form": form,
        "papers": [(paper, KINDS[PaperKind(paper.kind)]) for paper in draft.papers.all()],
        "advice": [finding.text for finding in drafts.paper_advice(draft)],
        "forms": drafts.forms_of(draft),
    }
    return render(request, "portal/draft_papers.html", shown, status=status)


@require_POST
@for_person
def drop(request: PortalRequest, code: str, paper: str) -> HttpResponse:
    """Take a paper away."""
    draft = own_draft(request, code)
    kept = next((one for one in draft.papers.all() if one.code == paper), None)
    if kept is None:
        raise Http404
    try:
        drafting_papers.drop_paper(paper=kept, actor=request.actor, at=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal.findings[0].text))
    else:
        messages.success(request, _("The file was taken away."))
    return redirect("portal:draft_papers", code)


def _attach(request: PortalRequest, form: PaperForm, code: str) -> None:
    kind, name, file = form.upload()
    drafting_papers.attach_paper(
        draft=own_draft(request, code),
        kind=kind,
        name=name,
        # One byte beyond what is taken is enough to be told so.
        content=file.read(drafting_papers.MOST_BYTES + 1),
        actor=request.actor,
        at=clock.now(),
    )

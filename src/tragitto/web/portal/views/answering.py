"""Answering a letter of the office: observations in words, or what was missing."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragitto.employers import actions
from tragitto.employers.models import Letter
from tragitto.employers.queries import homes
from tragitto.employers.queries.letters import ASKING
from tragitto.employers.vocabulary import LetterKind
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes import queries as schemes
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.forms.answering import AnswerForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def answer(request: PortalRequest, code: str) -> HttpResponse:
    """What the office asks or announces, until when, and how to answer it."""
    now = clock.now()
    page = found(homes.own_page, actor=request.actor, code=code, at=now, on=timezone.localdate(now))
    letter = next((each for each in reversed(page.letters) if each.kind in ASKING), None)
    if letter is None:
        raise Http404
    takes_words = letter.kind == LetterKind.PREAVVISO_DI_RIGETTO
    form = AnswerForm(request.POST or None)
    status = HTTPStatus.OK
    if request.method == "POST":
        if not takes_words:
            raise Http404
        status = attempt(form, lambda: actions.take_observation(
            letter=letter, text=form.cleaned_data["text"], actor=request.actor, at=now
        ))  # fmt: skip
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The office has your observations, and will answer each."))
            return redirect("portal:expression", code)
    term = page.expression.case.stage.term
    shown = {
        "page": page,
        "expression": page.expression,
        "letter": letter,
        "grounds": _grounds(letter),
        "deadline": next((each for each in page.deadlines if each.kind == term), None),
        "takes_words": takes_words,
        "takes_online": schemes.takes_online(page.expression.call),
        "form": form,
    }
    return render(request, "portal/answer.html", shown, status=status)


def _grounds(letter: Letter) -> list[tuple[str, str]]:
    language = get_language() or "it"
    titles = {each.code: in_language(each.title, language) for each in letter.expression.call.criteria.all()}
    return [(titles.get(each["criterion"], ""), each["text"]) for each in letter.grounds]

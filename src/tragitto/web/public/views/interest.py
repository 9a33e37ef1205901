"""Still interested? The page behind the link of a message: no session, no script, no name on it."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tragitto.candidates.actions import answer
from tragitto.candidates.models import Confirmation
from tragitto.candidates.queries.standing import stand_of, with_token
from tragitto.candidates.vocabulary import Interest
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import RosterStatus
from tragitto.web.parts.finding import found
from tragitto.web.parts.standing_words import STATUSES

DOOR = "link"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest, token: str) -> HttpResponse:
    """Three buttons while the question is open; afterwards where the registration stands.

    Opening the page answers nothing: programs that look at links before people do leave no trace. Leaving is
    asked once more: the place is gone with it.
    """
    question = found(with_token, token)
    said, refused = request.POST.get("interest", ""), None
    shown = _page(question)
    is_sure = said != Interest.WITHDRAW or "sure" in request.POST or not shown["is_open"]
    if request.method == "POST" and said in set(Interest) and is_sure:
        try:
            answer(token=token, interest=Interest(said), actor=Actor.stranger(DOOR), at=clock.now())
        except Refusal as refusal:
            refused = refusal
        else:
            return redirect("public:interest", token)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    template = "public/interest.html" if is_sure else "public/interest_leave.html"
    # In the language in which the message was written, unless another was chosen here.
    is_chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    language = translation.get_language() if is_chosen else question.candidate.language
    with translation.override(language):
        return render(request, template, {**shown, "token": token, "refused": refused}, status=status)


def _page(question: Confirmation) -> dict[str, object]:
    person, on = question.candidate, timezone.localdate(clock.now())
    roster = roster_of(person.scheme_id)
    stand = stand_of(person, roster, since_on=timezone.localdate(person.status_at))
    until = stand.returns_until(roster.validity.return_days)
    is_lapsed = person.status == RosterStatus.LAPSED
    is_open = not (question.answered_at or question.closed_at)
    return {
        "person": person,
        "roster": roster,
        "status": STATUSES[RosterStatus(person.status)],
        "is_open": is_open and (person.status == RosterStatus.ACTIVE or (is_lapsed and on <= until)),
        "returns_until": until if is_lapsed else None,
        "is_answered": question.answered_at is not None,
    }

"""The person's answer to a firm that would like to meet them, and their own curriculum."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.candidates import curricula, words
from tragitto.candidates.actions import inviting
from tragitto.candidates.models import Invitation
from tragitto.candidates.queries import disclosure
from tragitto.candidates.queries.people import get_for
from tragitto.candidates.queries.profiles import audience_of
from tragitto.candidates.vocabulary import Answer, Audience
from tragitto.employers.queries.names import names_of_employers
from tragitto.employers.queries.positions import profiles_sought
from tragitto.kernel import clock
from tragitto.kernel.refusals import Refusal
from tragitto.kernel.texts import in_language
from tragitto.selection.actions.answering import answer_line
from tragitto.selection.models import Shortlisted
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.queries.shortlists import own_lines_under
from tragitto.selection.rules.reasons import reason_lines
from tragitto.web.parts.finding import found
from tragitto.web.parts.handing import as_file
from tragitto.web.portal.access import PortalRequest, for_person


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def invitation(request: PortalRequest, person: str, code: str) -> HttpResponse:
    """Who asks, under which call, and what a yes shows; the person's yes or no to each position."""
    asked = _own(request, person, code)
    rows = own_lines_under(asked)
    refused: Refusal | None = None
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in list(Answer):
        try:
            _answered(request, asked, rows, Answer(answer))
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, _thanks(Answer(answer)))
            return redirect("portal:invitation", person, code)
    today = timezone.localdate(clock.now())
    sought = profiles_sought(asked.recipient, asked.call)
    page = {
        "invitation": asked,
        "positions": [_offered(each, asked, today) for each in rows],
        "firm": names_of_employers([asked.recipient]).get(asked.recipient, asked.recipient),
        "trades": ", ".join(in_language(each.title, _language()) for each in sought),
        "is_open": asked.recalled_at is None and (asked.due_on is None or asked.due_on >= today),
        "refused": refused,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "portal/roster/invitation.html", page, status=status)


@require_safe
@for_person
def own_curriculum(request: PortalRequest, code: str, kind: str, language: str) -> HttpResponse:
    """The person's own curriculum, as firms get it before or after a yes."""
    person = found(get_for, request.actor, code)
    if audience_of(request.actor, person) is not Audience.PERSON or kind not in curricula.KINDS:
        raise Http404
    try:
        on = timezone.localdate(clock.now())
        made = curricula.curriculum(person, kind, code=person.code, language=language, on=on)
    except ValueError as unknown:
        raise Http404 from unknown
    return as_file(made, f"{person.code}-{kind}-{language}.pdf", "application/pdf")


def _own(request: PortalRequest, person: str, code: str) -> Invitation:
    candidate = found(get_for, request.actor, person)
    if audience_of(request.actor, candidate) is not Audience.PERSON:
        raise Http404
    return found(disclosure.own_invitation, candidate, code)


def _answered(request: PortalRequest, asked: Invitation, rows: list[Shortlisted], answer: Answer) -> None:
    """To the position that the form names; to the firm, where the office asked without one."""
    if rows:
        row = next((each for each in rows if each.code == request.POST.get("position")), None)
        if row is None:
            raise Http404
        answer_line(row=row, answer=answer, actor=request.actor, at=clock.now())
    else:
        inviting.answer_invitation(invitation=asked, answer=answer, actor=request.actor, at=clock.now())


@dataclass(frozen=True)
class Offered:
    """A post for which somebody is proposed, why, what the rules say of the odds, and what they answered.

    `is_asked` = they may answer still; `is_open` = with a yes, too.
    """

    row: Shortlisted
    is_asked: bool
    is_open: bool
    trade: str
    region: str
    starts_on: date | None
    seats: int
    people: int
    shifts: tuple[str, ...]
    reasons: tuple[str, ...]


def _offered(line: Shortlisted, asked: Invitation, today: date) -> Offered:
    post, call = line.post, line.post.position.expression.call
    rules = rules_of(post.round)
    given = reason_lines(line.contributions, rules.weights_of(call.code))
    stands = asked.recalled_at is None and line.given_up_at is None and post.left_at is None
    is_asked = stands and post.round.is_open
    return Offered(
        row=line,
        is_asked=is_asked,
        is_open=is_asked and (line.due_on is None or line.due_on >= today),
        trade=in_language(post.position.profile.title, _language()),
        region=in_language(call.region.title, _language()),
        starts_on=post.starts_on,
        seats=post.seats,
        people=post.seats * rules.per_seat_of(call.code),
        shifts=tuple(str(words.SHIFT.get(each, each)) for each in post.shifts),
        reasons=tuple(in_language(each.title, _language()) for each in given),
    )


def _language() -> str:
    return (get_language() or "it").split("-")[0]


def _thanks(answer: Answer) -> str:
    if answer is Answer.ACCEPTED:
        return _("Thank you. The firm now sees your name; the office writes to you about the meeting.")
    return _("Thank you for telling us. Your place on the roster stays the same.")

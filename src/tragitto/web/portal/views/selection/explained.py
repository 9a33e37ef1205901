"""Why: a person reads about themselves in a round, a firm about the search for its position."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from tragitto.candidates.queries.people import get_for
from tragitto.candidates.queries.profiles import audience_of
from tragitto.candidates.vocabulary import Audience
from tragitto.employers.queries.representing import employers_of
from tragitto.kernel import clock
from tragitto.selection.models import Shortlisted
from tragitto.selection.queries import explanations
from tragitto.selection.queries.posts import posts_of_firms
from tragitto.selection.queries.rounds import rules_of, zones_abroad
from tragitto.selection.queries.shortlists import own_lines
from tragitto.web.parts.finding import found
from tragitto.web.portal.access import PortalRequest, for_candidate, for_person

#: What a position asks for, by the codes of the engine.
LACKING: dict[str, Promise] = {
    "profile": pgettext_lazy("lacking", "the profile"),
    "level": pgettext_lazy("lacking", "the level of a language"),
    "schooling": pgettext_lazy("lacking", "the schooling"),
    "years": pgettext_lazy("lacking", "the years of experience"),
    "skills": pgettext_lazy("lacking", "a skill"),
    "licences": pgettext_lazy("lacking", "a valid certificate or licence"),
    "region": pgettext_lazy("lacking", "they would rather work in another region"),
    "shifts": pgettext_lazy("lacking", "they would rather work at other hours"),
    "availability": pgettext_lazy("lacking", "they are free later"),
}
HINDRANCES: dict[str, Promise] = {
    "not_on_roster": _(
        "You are not on the roster at the moment, so nobody can propose you. Your page says why."
    ),
    "no_consent": _(
        "You have not said yes to being shown to firms without your name, so nobody can propose you. "
        "You can say yes on your page."
    ),
    "came_later": _("You came on the roster after this proposal was made. The next one counts you in."),
}


@dataclass(frozen=True)
class OwnPage:
    """One round as the person reads it: what they were asked, and what the engine says of them."""

    it: explanations.OwnRound
    asked: tuple[Shortlisted, ...]
    hindrance: str | Promise
    others: int


@require_safe
@for_candidate
def own(request: PortalRequest, code: str) -> HttpResponse:
    """Why the person is proposed or not yet, and what would change it; nothing about anybody else."""
    candidate = found(get_for, request.actor, code)
    if audience_of(request.actor, candidate) != Audience.PERSON:
        raise Http404
    lines = own_lines(candidate)
    rounds = []
    for each in explanations.own_rounds(candidate):
        asked = tuple(line for line in lines if line.post.round_id == each.round.pk)
        hindrance = HINDRANCES.get(each.hindrance, "")
        rounds.append(OwnPage(each, asked, hindrance, max(0, each.suited - len(asked))))
    page = {"candidate": candidate, "scheme": candidate.scheme, "rounds": rounds}
    page["zones"] = zones_abroad(candidate.scheme)
    return render(request, "portal/selection/own.html", page)


@require_safe
@for_person
def position(request: PortalRequest, code: str) -> HttpResponse:
    """How people were searched for a position of a firm that the person acts for; no figure that is small."""
    firms = employers_of(actor=request.actor, on=timezone.localdate(clock.now()))
    codes = list(firms.values_list("code", flat=True))
    post = posts_of_firms(codes).filter(code=code).first()
    if post is None:
        raise Http404
    read, rules = explanations.post_read(post), rules_of(post.round)
    page = {
        "post": post,
        "read": read,
        "per_seat": rules.per_seat_of(post.position.expression.call.code),
        "weights": rules.weights_of(post.position.expression.call.code),
        "lacking": [(LACKING[code], count) for code, count in read.lacking] if read else [],
    }
    return render(request, "portal/selection/position.html", page)

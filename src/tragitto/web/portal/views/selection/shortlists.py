"""The people proposed for a firm's posts, side by side, without names until they accept."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragitto.candidates import curricula, words
from tragitto.candidates.actions.looking import look_at_many
from tragitto.candidates.rules.sheets import Sheet
from tragitto.employers.queries.representing import employers_of
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.selection.models import RoundPost
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.queries.shortlists import ShownLine, shown_posts
from tragitto.selection.rules.reasons import reason_lines
from tragitto.web.portal.access import PortalRequest, for_person


@dataclass(frozen=True)
class Person:
    """One person as the firm compares them: what they offer, and why they are proposed."""

    line: ShownLine
    profiles: str
    languages: str
    skills: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Post:
    """One post of the firm with the people proposed for it."""

    post: RoundPost
    firm: str
    people: tuple[Person, ...]


@require_safe
@for_person
def shortlists(request: PortalRequest) -> HttpResponse:
    """Everybody proposed for the posts of the firms that the person acts for; that they are shown is kept."""
    today = timezone.localdate(clock.now())
    firms = {each.code: each.name or each.code for each in employers_of(actor=request.actor, on=today)}
    found = shown_posts(firms, on=today)
    for post, lines in found:
        look_at_many(
            candidates=[each.row.candidate.code for each in lines],
            what="shortlist",
            for_firm=post.position.expression.employer.code,
            actor=request.actor,
            at=clock.now(),
        )
    schemes = {post.position.profile.scheme for post, _lines in found}
    titles = {each: curricula.Titles.of(each, _language()) for each in schemes}
    posts = [_post(post, lines, firms, titles[post.position.profile.scheme]) for post, lines in found]
    return render(request, "portal/selection/shortlists.html", {"posts": posts, "firms": firms})


def _post(post: RoundPost, lines: list[ShownLine], firms: dict[str, str], titles: curricula.Titles) -> Post:
    firm = firms[post.position.expression.employer.code]
    return Post(post, firm, tuple(_person(post, each, titles) for each in lines))


def _person(post: RoundPost, line: ShownLine, titles: curricula.Titles) -> Person:
    sheet, call = line.shown.sheet, line.shown.invitation.call.code
    given = reason_lines(line.row.contributions, rules_of(post.round).weights_of(call))
    return Person(
        line=line,
        profiles=", ".join(titles.profiles.get(each.profile or "", "") for each in sheet.profiles),
        languages=_languages(sheet),
        skills=len(sheet.skills),
        reasons=tuple((in_language(each.title, _language()), each.score) for each in given),
    )


def _languages(sheet: Sheet) -> str:
    return ", ".join(
        f"{words.TONGUE.get(each.tongue or '', each.tongue)} {each.level}" for each in sheet.languages
    )


def _language() -> str:
    return (get_language() or "it").split("-")[0]

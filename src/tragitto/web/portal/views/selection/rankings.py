"""Rankings: a firm's of the people it met, a person's of the posts; drafts, sent once."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragitto.candidates.models import Candidate
from tragitto.kernel import clock
from tragitto.kernel.texts import in_language
from tragitto.schemes.vocabulary.selections import Proposing, TieRule
from tragitto.selection.actions.ranking import save_ranking, send_ranking
from tragitto.selection.clocks import zones_of
from tragitto.selection.models import Ranking, Round, RoundPost, ScoreSheet, Shortlisted
from tragitto.selection.queries import rankings as queries
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.rules.tiers import Tiers
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal import ranking_page
from tragitto.web.portal.access import PortalRequest, for_candidate, for_person
from tragitto.web.portal.firm_page import keep_look, names_for, post_of
from tragitto.web.portal.forms.ranking import RevisionForm
from tragitto.web.portal.own_page import own_person, round_of


@dataclass(frozen=True)
class Asked:
    """Whose ranking a page is, the pairs it is about, and the addresses to save and to send it."""

    round: Round
    by: RoundPost | Candidate
    pairs: Sequence[Shortlisted]
    kept: Ranking | None
    address: str
    sending: str

    @property
    def is_sent(self) -> bool:
        """Whether it was sent."""
        return self.kept is not None and self.kept.sent_at is not None


@dataclass(frozen=True)
class Tried:
    """What was sent, if anything: the form with what is wrong, the status, the places as they were said."""

    form: forms.Form
    status: int = HTTPStatus.OK
    said: Tiers | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def of_post(request: PortalRequest, code: str) -> HttpResponse:
    """The people whom the post has met, put in order by the firm."""
    asked = _of_post(request, code)
    if request.method != "POST":
        return _for_firm(request, asked, Tried(RevisionForm()))
    form, wanted = RevisionForm(request.POST), _wanted(request, asked)
    tried = Tried(form, _save(request, asked, form, wanted), wanted)
    return _for_firm(request, asked, tried) if form.errors else _saved(request, asked)


@require_POST
@for_person
def send_of_post(request: PortalRequest, code: str) -> HttpResponse:
    """Send the firm's order: it is locked from now on."""
    asked, form = _of_post(request, code), RevisionForm(request.POST)
    tried = Tried(form, _send(request, asked, form))
    return _for_firm(request, asked, tried) if form.errors else redirect(asked.address)


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def wishes(request: PortalRequest, code: str, round: str) -> HttpResponse:
    """The posts of the firms that the person has met, put in order by them."""
    asked = _of_person(request, code, round)
    if request.method != "POST":
        return _for_person(request, asked, Tried(RevisionForm()))
    form, wanted = RevisionForm(request.POST), _wanted(request, asked)
    tried = Tried(form, _save(request, asked, form, wanted), wanted)
    return _for_person(request, asked, tried) if form.errors else _saved(request, asked)


@require_POST
@for_candidate
def send_wishes(request: PortalRequest, code: str, round: str) -> HttpResponse:
    """Send the wishes: they are locked from now on."""
    asked, form = _of_person(request, code, round), RevisionForm(request.POST)
    tried = Tried(form, _send(request, asked, form))
    return _for_person(request, asked, tried) if form.errors else redirect(asked.address)


def _of_post(request: PortalRequest, code: str) -> Asked:
    post = post_of(request, code)
    return Asked(
        round=post.round,
        by=post,
        pairs=queries.to_rank_for(post, at=clock.now()),
        kept=queries.ranking_of(post.round, post=post),
        address=reverse("portal:post_ranking", args=[code]),
        sending=reverse("portal:post_ranking_send", args=[code]),
    )


def _of_person(request: PortalRequest, code: str, round: str) -> Asked:
    person = own_person(request, code)
    of = round_of(person, round)
    return Asked(
        round=of,
        by=person,
        pairs=queries.to_rank_by(person, of, at=clock.now()),
        kept=queries.ranking_of(of, candidate=person),
        address=reverse("portal:own_wishes", args=[code, round]),
        sending=reverse("portal:own_wishes_send", args=[code, round]),
    )


def _wanted(request: PortalRequest, asked: Asked) -> Tiers:
    known = {each.code for each in asked.pairs}
    if {request.POST.get(name, "") for name in ("up", "down")} - known - {""}:
        raise Http404
    return ranking_page.stepped(request.POST, ranking_page.read(request.POST, asked.pairs))


def _save(request: PortalRequest, asked: Asked, form: RevisionForm, wanted: Tiers) -> HTTPStatus:
    tiers, rather_not = ranking_page.parted(wanted)
    return attempt(form, lambda: save_ranking(
        round=asked.round,
        by=asked.by,
        tiers=tiers,
        rather_not=rather_not,
        revision=form.cleaned_data["revision"],
        actor=request.actor,
        at=clock.now(),
    ))  # fmt: skip


def _saved(request: PortalRequest, asked: Asked) -> HttpResponse:
    if "send" in request.POST:
        return redirect(f"{asked.address}?send=1")
    if "save" in request.POST:
        messages.success(request, _("Saved. Nobody else reads it until you send it."))
    return redirect(asked.address)


def _send(request: PortalRequest, asked: Asked, form: RevisionForm) -> HTTPStatus:
    kept = asked.kept
    if kept is None:
        raise Http404
    status = attempt(form, lambda: send_ranking(
        ranking=kept, revision=form.cleaned_data["revision"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if not form.errors:
        messages.success(request, _("It was sent. You are told when the match is made."))
    return status


def _for_firm(request: PortalRequest, asked: Asked, tried: Tried) -> HttpResponse:
    assert isinstance(asked.by, RoundPost)
    post, pairs = asked.by, asked.pairs
    called = names_for([post.position.expression.employer.code], pairs)
    keep_look(request, post, pairs)
    sheets = queries.sheets_for(post)
    names = {each.pk: (called[each.pk], _points(sheets.get(each.pk), post)) for each in pairs}
    page = _page(request, asked, names, tried) | {"post": post}
    return render(request, "portal/selection/post_ranking.html", page, status=tried.status)


def _for_person(request: PortalRequest, asked: Asked, tried: Tried) -> HttpResponse:
    assert isinstance(asked.by, Candidate)
    names = {each.pk: _firm(each) for each in asked.pairs}
    page = _page(request, asked, names, tried)
    rules = rules_of(asked.round)
    # Nobody gains by another order where people propose and lots settle what is equal (Roth 1982).
    is_truth_best = (rules.proposing, rules.ties) == (Proposing.CANDIDATES, TieRule.LOTTERY)
    page |= {"candidate": asked.by, "scheme": asked.by.scheme, "is_truth_best": is_truth_best}
    page["zones"] = zones_of(rules.meeting, is_abroad=True)
    return render(request, "portal/selection/own_wishes.html", page, status=tried.status)


def _page(
    request: PortalRequest, asked: Asked, names: dict[int, tuple[str, str]], tried: Tried
) -> dict[str, object]:
    tiers = queries.tiers_of(asked.kept) if tried.said is None else tried.said
    rows = ranking_page.rows(asked.pairs, names, tiers)
    rank_by = asked.round.rank_by
    is_open = bool(rank_by and clock.now() <= rank_by and asked.round.is_open and not asked.is_sent)
    return {
        "round": asked.round,
        "asked": asked,
        "rows": rows,
        "places": [str(each) for each in range(1, len(rows) + 1)],
        "unsaid": sum(not each.is_said for each in rows),
        "revision": asked.kept.revision if asked.kept else 0,
        "is_open": is_open,
        "is_sending": is_open and asked.kept is not None and "send" in request.GET,
        "form": tried.form,
    }


def _points(sheet: ScoreSheet | None, post: RoundPost) -> str:
    """What the firm's own score sheet says in sum."""
    if sheet is None or not sheet.lines:
        return ""
    most = len(sheet.lines) * (len(rules_of(post.round).sheet_levels) - 1)
    points = sum(sheet.lines.values())
    said = ngettext(
        "Your score sheet: {points} point of {most}", "Your score sheet: {points} points of {most}", points
    )
    return said.format(points=points, most=most)


def _firm(pair: Shortlisted) -> tuple[str, str]:
    position, language = pair.post.position, (get_language() or "it").split("-")[0]
    firm, region = position.expression.employer, position.expression.call.region
    about = [in_language(each, language) for each in (position.profile.title, region.title)]
    return firm.name or firm.code, " · ".join(about)

"""The shortlists of a round: taken up from a run, changed with a ground, shown to people and firms."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tragitto.kernel import clock
from tragitto.selection import permissions
from tragitto.selection.actions import proposing, shortlisting
from tragitto.selection.models import Round, RoundPost
from tragitto.selection.queries import rounds, runs
from tragitto.selection.queries.shortlists import by_post, line_for, waiting
from tragitto.selection.vocabulary import LineState
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.shortlisting import AddForm, GroundForm
from tragitto.web.office.shortlist_page import exposure, post_shown
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def shortlists(request: OfficeRequest, code: str) -> HttpResponse:
    """The posts of a round with their shortlists in short, how often people are seen, what is to be done."""
    return _shown(request, found(rounds.round_for, request.actor, code), forms.Form())


@require_POST
@for_office
def take_up(request: OfficeRequest, code: str, run: str) -> HttpResponse:
    """Take up what a run proposes."""
    of = found(rounds.round_for, request.actor, code)
    wanted, form = found(runs.run_in, of, run), forms.Form({})
    return _done(request, of, form, lambda: shortlisting.take_up(
        run=wanted, actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office
def show(request: OfficeRequest, code: str) -> HttpResponse:
    """Ask the people proposed and show them to the firms; who was left out is said with the reasons."""
    of, form = found(rounds.round_for, request.actor, code), forms.Form({})
    made: list[proposing.Shown] = []
    posts = request.POST.getlist("post") or None
    answer = _done(request, of, form, lambda: made.append(proposing.show(
        round=of, posts=posts, actor=request.actor, at=clock.now()
    )))  # fmt: skip
    for shown in made:
        _say(request, shown)
    return answer


@require_safe
@for_office
def shortlist(request: OfficeRequest, code: str, post: str) -> HttpResponse:
    """One post: who is proposed and why, how far they came, who was taken off."""
    of = found(rounds.round_for, request.actor, code)
    return _one(request, of, found(rounds.post_for, of, post), AddForm())


@require_POST
@for_office
def add(request: OfficeRequest, code: str, post: str) -> HttpResponse:
    """Put somebody on a shortlist, with a ground."""
    of = found(rounds.round_for, request.actor, code)
    wanted, form = found(rounds.post_for, of, post), AddForm(request.POST)
    status = attempt(form, lambda: shortlisting.add(
        post=wanted,
        person=form.cleaned_data["candidate"].strip(),
        ground=form.cleaned_data["ground"],
        actor=request.actor,
        at=clock.now(),
    ))  # fmt: skip
    if form.errors:
        return _one(request, of, wanted, form, status)
    messages.success(request, _("The person is on the shortlist. Show it to ask them."))
    return redirect("office:shortlist", code, post)


@require_POST
@for_office
def take_off(request: OfficeRequest, code: str, line: str) -> HttpResponse:
    """Take somebody off a shortlist, with a ground."""
    of = found(rounds.round_for, request.actor, code)
    row, form = found(line_for, of, line), GroundForm(request.POST)
    status = attempt(form, lambda: proposing.take_back(
        row=row, ground=form.cleaned_data["ground"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _one(request, of, row.post, form, status)
    messages.success(request, _("The person is off this shortlist. Show the list again to ask the next."))
    return redirect("office:shortlist", code, row.post.code)


def _done(request: OfficeRequest, of: Round, form: forms.Form, act: Callable[[], object]) -> HttpResponse:
    status = attempt(form, act)
    return _shown(request, of, form, status) if form.errors else redirect("office:shortlists", of.code)


def _say(request: OfficeRequest, shown: proposing.Shown) -> None:
    count = len(shown.asked)
    said = ngettext("{count} person was asked.", "{count} people were asked.", count)
    messages.success(request, said.format(count=count))
    for each in shown.left_out:
        why = " ".join(str(finding.text) for finding in each.findings)
        text = _("{code} was not asked: {why}").format(code=each.row.candidate.code, why=why)
        messages.warning(request, text)
    for row in shown.unreached:
        text = _("{code} cannot read or answer here: call, or ask who registered them, and write it down.")
        messages.warning(request, text.format(code=row.candidate.code))
    for firm in shown.untold:
        text = _("Nobody is confirmed to receive messages for the firm {firm}: tell it another way.")
        messages.warning(request, text.format(firm=firm))


def _shown(request: OfficeRequest, of: Round, form: forms.Form, status: int = HTTPStatus.OK) -> HttpResponse:
    lines = by_post(of)
    posts = [post_shown(each, lines.get(each.pk, []), of) for each in rounds.posts_of(of)]
    page = {
        "round": of,
        "tab": "shortlists",
        "posts": posts,
        "waiting": sum(each.count(LineState.PROPOSED) for each in posts),
        "exposure": exposure(lines.values()),
        "runs": runs.to_take_up(of),
        "may": permissions.may(request.actor, "round.shortlist", of.scheme) and of.is_open,
        "form": form,
    }
    return render(request, "office/selection/shortlists.html", page, status=status)


def _one(
    request: OfficeRequest, of: Round, post: RoundPost, form: forms.Form, status: int = HTTPStatus.OK
) -> HttpResponse:
    page = {
        "round": of,
        "tab": "shortlists",
        "shown": post_shown(post, by_post(of).get(post.pk, []), of),
        "may": permissions.may(request.actor, "round.shortlist", of.scheme) and of.is_open,
        "form": form,
        "waiting": waiting(post),
        "adding": form if isinstance(form, AddForm) else AddForm(),
    }
    return render(request, "office/selection/shortlist.html", page, status=status)

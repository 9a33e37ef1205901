"""The positions of a round: taken in, what each asks for, and taken out again."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.kernel import clock
from tragitto.schemes.queries import roster_of
from tragitto.selection import permissions
from tragitto.selection.actions import posts as acts
from tragitto.selection.models import Round, RoundPost
from tragitto.selection.queries import rounds as queries
from tragitto.selection.queries import stating
from tragitto.selection.queries.posts import joinable
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.rounds import LeaveForm, PostForm
from tragitto.web.office.post_page import asked_words, wishes
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def posts(request: OfficeRequest, code: str) -> HttpResponse:
    """The positions that take part, in the order of filing, with what they ask for."""
    return _listed(request, found(queries.round_for, request.actor, code), forms.Form())


@require_POST
@for_office
def take_in(request: OfficeRequest, code: str) -> HttpResponse:
    """Take in every open position that is in no round."""
    of, form = found(queries.round_for, request.actor, code), forms.Form({})
    made: list[RoundPost] = []
    status = attempt(form, lambda: made.extend(
        acts.take_in_open_positions(round=of, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _listed(request, of, form, status)
    said = ngettext("{count} position was taken in.", "{count} positions were taken in.", len(made))
    messages.success(request, said.format(count=len(made)))
    return redirect("office:round_posts", code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def post(request: OfficeRequest, code: str, post: str) -> HttpResponse:
    """What one position asks for: as it stands, and stated anew."""
    of = found(queries.round_for, request.actor, code)
    wanted = found(queries.post_for, of, post)
    if request.method != "POST":
        return _one(request, wanted, _stating(wanted), LeaveForm())
    form = _stating(wanted, request.POST)
    status = attempt(form, lambda: acts.state_post(
        post=wanted,
        demands=form.demands,
        seats=form.cleaned_data["seats"],
        ground=form.cleaned_data.get("ground", ""),
        actor=request.actor,
        at=clock.now(),
    ))  # fmt: skip
    if form.errors:
        return _one(request, wanted, form, LeaveForm(), status)
    messages.success(request, _("What the position asks for is saved. It counts from the next run on."))
    return redirect("office:round_posts", code)


@require_POST
@for_office
def leave(request: OfficeRequest, code: str, post: str) -> HttpResponse:
    """Take a position out of the round, with a ground."""
    of = found(queries.round_for, request.actor, code)
    wanted, form = found(queries.post_for, of, post), LeaveForm(request.POST)
    status = attempt(form, lambda: acts.leave(
        post=wanted, ground=form.cleaned_data["ground"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _one(request, wanted, _stating(wanted), form, status)
    messages.success(request, _("The position left the round."))
    return redirect("office:round_posts", code)


def _stating(post: RoundPost, said: QueryDict | None = None) -> PostForm:
    return PostForm(
        said, post=post, roster=roster_of(post.round.scheme), is_frozen=stating.was_asked_for(post)
    )


def _may(request: OfficeRequest, of: Round) -> bool:
    return of.closed_at is None and permissions.may(request.actor, "round.draft", of.scheme)


def _listed(request: OfficeRequest, of: Round, form: forms.Form, status: int = HTTPStatus.OK) -> HttpResponse:
    shown, may = page_of(queries.posts_of(of), request), _may(request, of)
    page = {
        "round": of,
        "tab": "posts",
        "form": form,
        "page": shown,
        "posts": asked_words(shown.object_list, of.scheme),
        "may": may,
        "waiting": joinable(of.scheme).count() if may else 0,
    }
    return render(request, "office/selection/posts.html", page, status=status)


def _one(
    request: OfficeRequest, wanted: RoundPost, form: PostForm, leaving: LeaveForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    of = wanted.round
    page = {
        "round": of,
        "tab": "posts",
        "post": wanted,
        "asked": asked_words([wanted], of.scheme)[0].asked,
        "wishes": wishes(wanted),
        "form": form,
        "leaving": leaving,
        "may": _may(request, of),
    }
    return render(request, "office/selection/post.html", page, status=status)

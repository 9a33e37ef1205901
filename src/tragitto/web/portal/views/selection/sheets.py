"""A firm after its meetings: what there is to do, and the score sheet of each meeting."""

from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.kernel import clock
from tragitto.selection.actions import scoring
from tragitto.selection.models import Match, Meeting, Offer, Ranking, RoundPost
from tragitto.selection.queries.offers import matches_of_firms
from tragitto.selection.queries.posts import posts_of_firms
from tragitto.selection.queries.rankings import rankings_of_posts, sheet_lines, sheets_of_firms
from tragitto.selection.queries.rounds import rules_of
from tragitto.web.parts.finding import one_of
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_person
from tragitto.web.portal.firm_page import firms_of, names_for
from tragitto.web.portal.forms.selection import SheetForm


@dataclass(frozen=True)
class MatchShown:
    """A person matched with the post, as the firm may call them, and the newest offer."""

    match: Match
    name: str
    offer: Offer | None


@dataclass(frozen=True)
class PostDone:
    """A post of the firm after the meetings: sheets, ranking, match."""

    post: RoundPost
    sheets: tuple[tuple[Meeting, str], ...]
    ranking: Ranking | None
    is_asked: bool
    matches: tuple[MatchShown, ...]

    @property
    def may_leave(self) -> bool:
        """Whether the firm may still withdraw the position: the round goes on, or somebody is matched."""
        return self.post.round.is_open or any(each.match.ended_at is None for each in self.matches)


@require_safe
@for_person
def after(request: PortalRequest) -> HttpResponse:
    """Each post of the firms: sheets to write, whether its ranking is asked for, who was matched."""
    firms, now = firms_of(request), clock.now()
    met = list(sheets_of_firms(list(firms), at=now))
    matches = list(matches_of_firms(list(firms)))
    matched = {each.post_id for each in matches if each.ended_at is None}
    posts = [
        each for each in posts_of_firms(list(firms)) if each.round.closed_at is None or each.pk in matched
    ]
    pairs = [*(each.shortlisted for each in met), *(each.shortlisted for each in matches)]
    names = names_for(list(firms), pairs) if pairs else {}
    rankings = rankings_of_posts(posts)
    shown = [_post(each, met, matches, names, rankings.get(each.pk)) for each in posts]
    page = {"posts": shown, "firms": firms, "now": now}
    return render(request, "portal/selection/after.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def sheet(request: PortalRequest, code: str) -> HttpResponse:
    """The score sheet of a meeting: saved as often as one likes."""
    it = _meeting(request, code)
    form = _form(it, request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, lambda: scoring.save_sheet(
            meeting=it,
            lines=form.lines,
            note=form.cleaned_data["note"],
            revision=form.cleaned_data["revision"],
            actor=request.actor,
            at=clock.now(),
        ))  # fmt: skip
        if not form.errors:
            if "send" in request.POST:
                return redirect(reverse("portal:sheet", args=[code]) + "?send=1")
            messages.success(request, _("Saved. Nobody but your firm reads it until you send it."))
            return redirect("portal:sheet", code)
    return _shown(request, it, form, status)


@require_POST
@for_person
def send(request: PortalRequest, code: str) -> HttpResponse:
    """Send the sheet: it is locked from now on."""
    it, form = _meeting(request, code), _Revision(request.POST)
    status = attempt(form, lambda: scoring.send_sheet(
        meeting=it, revision=form.cleaned_data["revision"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _shown(request, it, _form(it, None), status, refused=form)
    messages.success(request, _("The score sheet was sent."))
    return redirect("portal:after_meetings")


class _Revision(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _meeting(request: PortalRequest, code: str) -> Meeting:
    return one_of(sheets_of_firms(list(firms_of(request)), at=clock.now()), code)


def _form(it: Meeting, posted: QueryDict | None) -> SheetForm:
    kept = getattr(it, "sheet", None)
    return SheetForm(
        posted,
        asked=sheet_lines(it),
        levels=rules_of(it.shortlisted.post.round).sheet_levels,
        said=kept.lines if kept else {},
        is_draft=posted is not None and "send" not in posted,
        initial={"note": kept.note if kept else "", "revision": kept.revision if kept else 0},
    )


def _shown(
    request: PortalRequest,
    it: Meeting,
    form: SheetForm,
    status: int = HTTPStatus.OK,
    *,
    refused: forms.Form | None = None,
) -> HttpResponse:
    kept = getattr(it, "sheet", None)
    levels = rules_of(it.shortlisted.post.round).sheet_levels
    said = kept.lines if kept else {}
    page = {
        "it": it,
        "sheet": kept,
        "form": form,
        "refused": refused,
        "name": names_for([it.employer.code], [it.shortlisted])[it.shortlisted.pk],
        "read": [(each.title, levels[said[each.code]]) for each in sheet_lines(it) if each.code in said],
        "is_sending": kept is not None and "send" in request.GET and status == HTTPStatus.OK,
    }
    return render(request, "portal/selection/sheet.html", page, status=status)


def _post(
    post: RoundPost,
    met: list[Meeting],
    matches: list[Match],
    names: dict[int, str],
    ranking: Ranking | None,
) -> PostDone:
    sheets = [each for each in met if each.shortlisted.post_id == post.pk]
    mine = [each for each in matches if each.post_id == post.pk]
    return PostDone(
        post=post,
        sheets=tuple((each, names[each.shortlisted.pk]) for each in sheets),
        ranking=ranking,
        is_asked=post.round.rank_by is not None,
        matches=tuple(
            MatchShown(each, names[each.shortlisted_id], next(iter(each.offers.all()), None)) for each in mine
        ),
    )

"""Rankings at the desk: who is asked, until when, who has sent; never what somebody wrote."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tragitto.kernel import clock
from tragitto.selection import permissions
from tragitto.selection.actions.ranking import ask_for_rankings, give_more_time
from tragitto.selection.models import Round
from tragitto.selection.queries.missing import is_matched, to_come
from tragitto.selection.queries.rankings import rankings_of
from tragitto.selection.queries.rounds import round_for, rules_of
from tragitto.selection.queries.sheets import sheets_sent
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.match_page import sides
from tragitto.web.parts.finding import found
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def rankings(request: OfficeRequest, code: str) -> HttpResponse:
    """Both sides of a round, and whether each has sent its ranking."""
    return _shown(request, found(round_for, request.actor, code), forms.Form())


@require_POST
@for_office
def ask(request: OfficeRequest, code: str) -> HttpResponse:
    """Ask both sides for their rankings."""
    of, form = found(round_for, request.actor, code), forms.Form({})
    status = attempt(form, lambda: ask_for_rankings(round=of, actor=request.actor, at=clock.now()))
    if form.errors:
        return _shown(request, of, form, status)
    messages.success(request, _("Both sides were asked, and told until when."))
    return redirect("office:rankings", code)


@require_POST
@for_office
def more_time(request: OfficeRequest, code: str) -> HttpResponse:
    """Give those who sent nothing in time the same days again."""
    of, form = found(round_for, request.actor, code), forms.Form({})
    status = attempt(form, lambda: give_more_time(round=of, actor=request.actor, at=clock.now()))
    if form.errors:
        return _shown(request, of, form, status)
    messages.success(request, _("Those who sent nothing were asked again, and told until when."))
    return redirect("office:rankings", code)


def _shown(request: OfficeRequest, of: Round, form: forms.Form, status: int = HTTPStatus.OK) -> HttpResponse:
    now = clock.now()
    found_sides = rankings_of(of, at=now)
    sent = sheets_sent([each.post for each in found_sides if each.post is not None])
    is_over = of.rank_by is not None and now > of.rank_by
    may = permissions.may(request.actor, "round.match", of.scheme) and of.is_open
    posts, people = sides(found_sides, sent)
    page = {
        "round": of,
        "tab": "rankings",
        "form": form,
        "lists": [(_("Positions"), posts), (_("People"), people)],
        "sent": sum(each.is_sent for each in [*posts, *people]),
        "asked": len(posts) + len(people),
        "days": rules_of(of).ranking_days,
        "is_over": is_over,
        "may": may,
        "may_give": may and is_over and not is_matched(of),
        "to_come": 0 if of.rank_by else to_come(of, at=now),
    }
    return render(request, "office/selection/rankings.html", page, status=status)

"""Registrations that look like one person: the queue, two side by side, deciding, merging, undoing."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.accounts.queries import names_of
from tragitto.candidates import permissions
from tragitto.candidates.actions import comparing, likeness, merging
from tragitto.candidates.actions.looking import look
from tragitto.candidates.models import LikePair
from tragitto.candidates.queries import like_pairs, people
from tragitto.candidates.queries.likeness import lookalikes
from tragitto.candidates.vocabulary import Likeness
from tragitto.candidates.words import LIKENESS, STATUS
from tragitto.kernel import clock
from tragitto.kernel.refusals import Blocked, Finding, NotFound
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of, roster_schemes
from tragitto.schemes.vocabulary import RosterDutyKind
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.likeness import ApartForm, BesideForm, LikeForm, SameForm
from tragitto.web.office.likeness_words import FIELDS, told
from tragitto.web.office.roster_panels import likeness as likeness_panel
from tragitto.web.office.views.roster.person import READERS, show
from tragitto.web.parts.finding import found
from tragitto.web.parts.paging import page_of
from tragitto.web.parts.refusing import attempt

DECIDERS = ("officer", "reviewer")


@require_safe
@for_office(*READERS)
def duplicates(request: OfficeRequest) -> HttpResponse:
    """The pairs that wait, the likeliest first; or those that were told apart, or merged."""
    return _queue(request, forms.Form())


@require_POST
@for_office(*DECIDERS)
def compare(request: OfficeRequest, scheme: str) -> HttpResponse:
    """Have everybody compared with everybody, in the background."""
    form, kept = forms.Form({}), found(_kept, request, scheme)
    status = attempt(
        form, lambda: comparing.order_comparison(scheme=kept, actor=request.actor, at=clock.now())
    )
    if form.errors:
        return _queue(request, form, status)
    messages.success(request, _("Everybody is being compared. You can go on working meanwhile."))
    return redirect("office:roster_work")


@require_safe
@for_office(*READERS)
def pair(request: OfficeRequest, code: str) -> HttpResponse:
    """Two registrations side by side; that both were looked at is written down."""
    shown = found(like_pairs.pair_for, request.actor, code)
    if request.method == "GET":
        for person in (shown.first, shown.second):
            look(candidate=person, what="file", actor=request.actor, at=clock.now())
    return _pair(request, shown)


@require_POST
@for_office(*DECIDERS)
def same(request: OfficeRequest, code: str) -> HttpResponse:
    """Decide that the two are one person, and merge them."""
    shown = found(like_pairs.pair_for, request.actor, code)
    form = SameForm(request.POST, pair=shown, prefix="same")
    done = _("Merged: everything hangs on the registration that stays. It can be undone.")
    return _decided(request, shown, {"same": form}, done, lambda: merging.merge(
        pair=shown, kept=form.people[form.cleaned_data["kept"]], ground=form.cleaned_data["ground"],
        actor=request.actor, at=clock.now(),
    ))  # fmt: skip


@require_POST
@for_office(*DECIDERS)
def apart(request: OfficeRequest, code: str) -> HttpResponse:
    """Decide that the two are different people."""
    shown = found(like_pairs.pair_for, request.actor, code)
    form = ApartForm(request.POST, prefix="apart")
    done = _("Told apart: these two are not shown as alike again.")
    return _decided(request, shown, {"apart": form}, done, lambda: likeness.tell_apart(
        pair=shown, ground=form.cleaned_data["ground"], actor=request.actor, at=clock.now()
    ))  # fmt: skip


@require_POST
@for_office(*DECIDERS)
def again(request: OfficeRequest, code: str) -> HttpResponse:
    """Take the decision back: two who were told apart wait again, two who were merged are two again."""
    shown, form = found(like_pairs.pair_for, request.actor, code), forms.Form({})
    merge = like_pairs.merge_of(shown)
    status = attempt(form, lambda: (
        merging.undo_merge(merge=merge, actor=request.actor, at=clock.now()) if merge
        else likeness.take_up_again(pair=shown, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _pair(request, shown, {"refused": form}, status)
    messages.success(request, _("Taken back: the two wait to be decided again."))
    return redirect("office:roster_pair", code)


@require_POST
@for_office(*DECIDERS)
def beside(request: OfficeRequest, code: str) -> HttpResponse:
    """Put another registration beside a person's, to be decided."""
    person = found(people.kept_for, request.actor, code)
    form, made = BesideForm(request.POST, prefix="beside"), list[LikePair]()

    def act() -> None:
        try:
            other = people.kept_for(request.actor, form.cleaned_data["other"])
        except NotFound:
            said = _("No registration has this code: copy it from the other person's page.")
            raise Blocked(Finding("no_such_person", said)) from None
        made.append(likeness.put_side_by_side(one=person, other=other, actor=request.actor, at=clock.now()))

    status = attempt(form, act)
    if form.errors:
        return show(request, person, instead=likeness_panel.panel(request.actor, person, form), status=status)
    return redirect("office:roster_pair", made[0].code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office(*READERS)
def like(request: OfficeRequest) -> HttpResponse:
    """Whether somebody is on the roster already, asked while it is being written, for a part of the page.

    `but` in the address = the code of the registration that is being written on.
    """
    form, rows = LikeForm(request.POST or None), []
    but = request.GET.get("but")
    own = found(people.kept_for, request.actor, but) if but else None
    if form.is_bound:
        kept = [own.scheme] if own else roster_schemes(request.actor, RosterDutyKind.KEEPS)
        draft = form.facts(own.pk if own else 0)
        seen = lookalikes(request.actor, draft, kept)
        rows = [(person, told(alike.score, alike.reasons)) for person, alike in seen]
    is_part = bool(request.headers.get("HX-Request"))
    page = {"tab": "duplicates", "form": form, "rows": rows, "is_asked": form.is_bound}
    name = "office/roster/duplicates_alike.html" if is_part else "office/roster/duplicates_like.html"
    return render(request, name, page)


def _kept(request: OfficeRequest, code: str) -> Scheme:
    scheme = roster_schemes(request.actor, RosterDutyKind.KEEPS).filter(code=code).first()
    if scheme is None:
        raise NotFound(code)
    return scheme


def _queue(request: OfficeRequest, form: forms.Form, status: int = HTTPStatus.OK) -> HttpResponse:
    asked = request.GET.get("state", "")
    state = Likeness(asked) if asked in set(Likeness) else Likeness.OPEN
    page = page_of(like_pairs.pairs(request.actor, state), request)
    kept = roster_schemes(request.actor, RosterDutyKind.KEEPS)
    shown = {
        "tab": "duplicates",
        "form": form,
        "page": page,
        "rows": [(each, told(each.score, each.reasons)) for each in page],
        "people": names_of(each.decided_by for each in page),
        "state": state,
        "states": LIKENESS,
        "schemes": kept if request.actor.has(*DECIDERS) else [],
    }
    return render(request, "office/roster/duplicates.html", shown, status=status)


def _pair(
    request: OfficeRequest, shown: LikePair, sent: dict[str, Any] | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    both = (shown.first, shown.second)
    may = all(permissions.may(request.actor, "candidate.merge", each) for each in both)
    page = {
        "tab": "duplicates",
        "pair": shown,
        "told": told(shown.score, shown.reasons),
        "it": like_pairs.side_by_side(shown),
        "fields": FIELDS,
        "statuses": STATUS,
        "titles": {each.kind: each.title for each in roster_of(shown.first.scheme_id).identities},
        "by": names_of([shown.decided_by]).get(shown.decided_by, shown.decided_by),
        "merge": like_pairs.merge_of(shown),
        "may": may,
        "next": like_pairs.next_open(request.actor, but=shown),
        "same": SameForm(pair=shown, prefix="same", initial={"kept": like_pairs.stays(shown).code}),
        "apart": ApartForm(prefix="apart"),
    }
    return render(request, "office/roster/duplicates_pair.html", page | (sent or {}), status=status)


def _decided(
    request: OfficeRequest, shown: LikePair, sent: dict[str, Any], done: str, act: Callable[[], object]
) -> HttpResponse:
    (form,) = sent.values()
    status = attempt(form, act)
    if form.errors:
        return _refused(request, shown.code, sent, status)
    messages.success(request, done)
    following = like_pairs.next_open(request.actor, but=shown)
    return (
        redirect("office:roster_pair", following.code) if following else redirect("office:roster_duplicates")
    )


def _refused(request: OfficeRequest, code: str, sent: dict[str, Any], status: int) -> HttpResponse:
    """The pair as it is now, with why not; the list, where there is no pair any more."""
    (form,) = sent.values()
    try:
        shown = like_pairs.pair_for(request.actor, code)
    except NotFound:
        for said in form.non_field_errors():
            messages.warning(request, said)
        return redirect("office:roster_duplicates")
    return _pair(request, shown, sent if shown.state == Likeness.OPEN else {"refused": form}, status)

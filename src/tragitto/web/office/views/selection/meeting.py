"""One meeting at the desk: booked for who waits, marked, moved, cancelled."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.kernel import clock
from tragitto.selection.actions import booking, day_changes
from tragitto.selection.models import Meeting, MeetingDay
from tragitto.selection.queries.meetings import free_guides, free_slots, link_of, meetings_of, to_meet
from tragitto.selection.vocabulary import MeetingState
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.meetings import AddressForm, CancelForm, GuideForm, MarkForm
from tragitto.web.office.meeting_page import offered_marks, to_choose
from tragitto.web.office.views.selection.meetings import day_of, may_arrange
from tragitto.web.parts.finding import one_of
from tragitto.web.parts.meeting_forms import TimeForm
from tragitto.web.parts.meeting_times import STATES, when
from tragitto.web.parts.refusing import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def book(request: OfficeRequest, code: str, day: str, pair: str) -> HttpResponse:
    """Give somebody who waits a free time of the day."""
    on = day_of(request, code, day)
    row = one_of(to_meet(on.round), pair)
    choices = to_choose(on, row, free_slots(on, row), clock.now())
    form, status = TimeForm(choices=choices), HTTPStatus.OK
    if request.method == "POST":
        form = TimeForm(request.POST, choices=choices)
        status = attempt(form, lambda: booking.book(
            shortlisted=row, day=on, starts_at=form.moment, actor=request.actor, at=clock.now()
        ))  # fmt: skip
        if not form.errors:
            messages.success(request, _("The meeting is booked; both sides were told."))
            return redirect("office:meeting_day", code, day)
    page = {"round": on.round, "tab": "meetings", "day": on, "pair": row, "form": form, "free": choices}
    page["may"] = may_arrange(request, on.round)
    return render(request, "office/selection/meeting_book.html", page, status=status)


@require_safe
@for_office
def meeting(request: OfficeRequest, code: str, day: str, which: str) -> HttpResponse:
    """One meeting: when, with whom, what became of it, and what can be changed."""
    on = day_of(request, code, day)
    return _shown(request, on, one_of(meetings_of(on), which))


@require_POST
@for_office
def mark(request: OfficeRequest, code: str, day: str, which: str) -> HttpResponse:
    """Write down that it was held, or who did not come."""
    on = day_of(request, code, day)
    it = one_of(meetings_of(on), which)
    form = MarkForm(request.POST, offered=offered_marks(it, clock.now()))
    status = attempt(form, lambda: booking.mark(
        meeting=it,
        state=MeetingState(form.cleaned_data["state"]),
        actor=request.actor,
        at=clock.now(),
    ))  # fmt: skip
    return _done(request, on, it, form, status) or _shown(request, on, it, status, marking=form)


@require_POST
@for_office
def move(request: OfficeRequest, code: str, day: str, which: str) -> HttpResponse:
    """Move it to a free time of its day."""
    on = day_of(request, code, day)
    it = one_of(meetings_of(on), which)
    form = TimeForm(request.POST, choices=_free(on, it))
    status = attempt(form, lambda: booking.move(
        meeting=it, starts_at=form.moment, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    return _done(request, on, it, form, status) or _shown(request, on, it, status, moving=form)


@require_POST
@for_office
def cancel(request: OfficeRequest, code: str, day: str, which: str) -> HttpResponse:
    """Cancel it with a ground; the time is offered to who waits."""
    on = day_of(request, code, day)
    it, form = one_of(meetings_of(on), which), CancelForm(request.POST)
    status = attempt(form, lambda: booking.cancel(
        meeting=it, **form.cleaned_data, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    return _done(request, on, it, form, status) or _shown(request, on, it, status, cancelling=form)


@require_POST
@for_office
def address(request: OfficeRequest, code: str, day: str, which: str) -> HttpResponse:
    """Let this meeting take place at an address of its own."""
    on = day_of(request, code, day)
    it, form = one_of(meetings_of(on), which), AddressForm(request.POST)
    status = attempt(form, lambda: day_changes.change_address(
        day=on, meeting=it, link=form.cleaned_data["link"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    return _done(request, on, it, form, status) or _shown(request, on, it, status, addressing=form)


@require_POST
@for_office
def interpreter(request: OfficeRequest, code: str, day: str, which: str) -> HttpResponse:
    """Choose who interprets at this meeting."""
    on = day_of(request, code, day)
    it = one_of(meetings_of(on), which)
    form = GuideForm(request.POST, free=list(free_guides(it)), now=it.interpreter)
    status = attempt(form, lambda: day_changes.choose_interpreter(
        meeting=it, interpreter=form.chosen, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    return _done(request, on, it, form, status) or _shown(request, on, it, status, guiding=form)


def _free(on: MeetingDay, it: Meeting) -> list[tuple[str, SafeString]]:
    slots = [each for each in free_slots(on, it.shortlisted) if each.begins_at != it.starts_at]
    return to_choose(on, it.shortlisted, slots, clock.now())


def _done(
    request: OfficeRequest, on: MeetingDay, it: Meeting, form: forms.Form, status: int
) -> HttpResponse | None:
    if form.errors:
        return None
    messages.success(request, _("The meeting is changed."))
    if request.POST.get("back") == "today":
        return redirect("office:meeting_today", on.round.code, on.code)
    return redirect("office:meeting", on.round.code, on.code, it.code)


def _shown(
    request: OfficeRequest,
    on: MeetingDay,
    it: Meeting,
    status: int = HTTPStatus.OK,
    *,
    marking: MarkForm | None = None,
    moving: TimeForm | None = None,
    cancelling: CancelForm | None = None,
    addressing: AddressForm | None = None,
    guiding: GuideForm | None = None,
) -> HttpResponse:
    is_planned = it.state == MeetingState.PLANNED
    marks, free = offered_marks(it, clock.now()), _free(on, it) if is_planned else []
    page = {
        "round": on.round,
        "tab": "meetings",
        "day": on,
        "meeting": it,
        "state": STATES[MeetingState(it.state)],
        "when": when(it),
        "link": link_of(it),
        "may": may_arrange(request, on.round),
        "marking": marking or (MarkForm(offered=marks) if marks else None),
        "moving": moving or (TimeForm(choices=free) if free else None),
        "cancelling": cancelling or (CancelForm() if is_planned else None),
        "refused": next((each for each in (marking, moving, cancelling, addressing, guiding) if each), None),
    }
    if is_planned and page["may"]:
        page["addressing"] = addressing or AddressForm(initial={"link": it.link})
        page["guiding"] = guiding or GuideForm(free=list(free_guides(it)), now=it.interpreter)
    return render(request, "office/selection/meeting.html", page, status=status)

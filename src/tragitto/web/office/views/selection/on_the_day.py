"""The desk on the day of meetings: who meets whom now, who is next, marks, free hours, sheets to print."""

from http import HTTPStatus
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tragitto.candidates.permissions import holds
from tragitto.kernel import clock
from tragitto.schemes.vocabulary import RosterDutyKind
from tragitto.selection.actions import day_changes, mending, reminding
from tragitto.selection.clocks import zones_of
from tragitto.selection.models import MeetingDay
from tragitto.selection.queries.meetings import meetings_of, to_meet
from tragitto.selection.queries.mending import room_for_lost, seats
from tragitto.selection.queries.rounds import rules_of
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.day_page import running, sheets
from tragitto.web.office.forms.meetings import AddressForm, GroundForm
from tragitto.web.office.forms.mending import RoomForm, SeatsForm
from tragitto.web.office.views.selection.meetings import day_of, may_arrange, shown_day
from tragitto.web.parts.finding import one_of
from tragitto.web.parts.meeting_times import readings
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def today(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """The day as it runs: what is on now, what is next, what is to be marked, who could take a free hour."""
    return _shown(request, day_of(request, code, day))


@require_POST
@for_office
def take_up(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """Book those who were ticked into the free hours that are proposed."""
    on, now = day_of(request, code, day), clock.now()
    form = SeatsForm(request.POST, found=seats(on, at=now), day=on, at=now)
    status = attempt(form, lambda: mending.take_up(
        day=on, seats=form.chosen, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _shown(request, on, status, seating=form)
    count = len(form.chosen)
    said = ngettext("{count} meeting is booked; both sides were told.",
                    "{count} meetings are booked; both sides were told.", count)  # fmt: skip
    messages.success(request, said.format(count=count))
    return redirect("office:meeting_today", code, day)


@require_POST
@for_office
def make_room(request: OfficeRequest, code: str, day: str, pair: str) -> HttpResponse:
    """Move those who said yes, and give the hour to who had lost theirs."""
    on = day_of(request, code, day)
    row = one_of(to_meet(on.round), pair)
    room = room_for_lost(on, at=clock.now(), stays=request.GET.getlist("stays"))
    form = RoomForm(request.POST, room=room, day=on)
    status = attempt(form, lambda: mending.make_room(
        day=on, pair=row, steps=form.cleaned_data["agreed"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _shown(request, on, status, moving=form)
    messages.success(request, _("The meetings are moved and the hour is given; everybody was told."))
    return redirect("office:meeting_today", code, day)


@require_POST
@for_office
def call_in(request: OfficeRequest, code: str, day: str, which: str) -> HttpResponse:
    """Tell a person, through the house, that they are expected."""
    on, form, ways = day_of(request, code, day), forms.Form({}), list[str]()
    it = one_of(meetings_of(on), which)
    status = attempt(form, lambda: ways.append(
        reminding.call_in(meeting=it, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _shown(request, on, status, refused=form)
    said = {
        "text": _("A text message was sent."),
        "email": _("An e-mail was sent."),
        "": _("Nobody was told: no number and no address is known at which this person reads."),
    }
    messages.add_message(request, messages.SUCCESS if ways[0] else messages.WARNING, said[ways[0]])
    return redirect("office:meeting_today", code, day)


@require_safe
@for_office
def printed(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """A sheet for every firm: its meetings by time, to print."""
    on = day_of(request, code, day)
    page = {"round": on.round, "tab": "meetings", "day": on, "sheets": sheets(on)}
    return render(request, "office/selection/meeting_sheets.html", page)


@require_POST
@for_office
def address(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """Let the meetings to come take place at another address."""
    on, form = day_of(request, code, day), AddressForm(request.POST)
    status = attempt(form, lambda: day_changes.change_address(
        day=on, link=form.cleaned_data["link"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return shown_day(request, on, form, status)
    messages.success(request, _("The address is changed; everybody with a meeting to come was told."))
    return redirect("office:meeting_day", code, day)


@require_POST
@for_office
def call_off(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """The day does not take place: every meeting to come is cancelled."""
    on, form = day_of(request, code, day), GroundForm(request.POST)
    status = attempt(form, lambda: day_changes.call_off(
        day=on, ground=form.cleaned_data["ground"], actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return shown_day(request, on, form, status)
    messages.success(request, _("The day is called off; everybody with a meeting was told."))
    return redirect("office:meeting_day", code, day)


def _shown(
    request: OfficeRequest,
    on: MeetingDay,
    status: int = HTTPStatus.OK,
    *,
    seating: SeatsForm | None = None,
    moving: RoomForm | None = None,
    refused: forms.Form | None = None,
) -> HttpResponse:
    now, may = clock.now(), may_arrange(request, on.round)
    stays = request.GET.getlist("stays")
    found = seats(on, at=now) if may else []
    room = room_for_lost(on, at=now, stays=stays) if may else None
    page = {
        "round": on.round,
        "tab": "meetings",
        "day": on,
        "shown": running(on, now),
        "clocks": readings(now, now, zones_of(rules_of(on.round).meeting)),
        "may": may,
        "keeps": holds(request.actor, on.round.scheme, RosterDutyKind.KEEPS),
        "seating": seating or (SeatsForm(found=found, day=on, at=now) if found else None),
        "room": room,
        "moving": moving or (RoomForm(room=room, day=on) if room else None),
        "stays": f"?{urlencode({'stays': stays}, doseq=True)}" if stays else "",
        "refused": refused,
    }
    return render(request, "office/selection/meeting_today.html", page, status=status)

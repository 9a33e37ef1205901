"""A person's own meetings: when they can, the meetings, moved or cancelled by themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.people import get_for
from tragitto.candidates.queries.profiles import audience_of
from tragitto.candidates.vocabulary import Audience
from tragitto.kernel import clock
from tragitto.selection import calendars
from tragitto.selection.actions import booking
from tragitto.selection.actions.available import say
from tragitto.selection.clocks import zones_of
from tragitto.selection.models import Meeting, MeetingDay, Shortlisted
from tragitto.selection.queries import meetings as queries
from tragitto.selection.queries.rounds import rules_of, zones_abroad
from tragitto.selection.vocabulary import MeetingState
from tragitto.web.parts.finding import found, one_of
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.meeting_forms import PersonAvailabilityForm, TimeForm
from tragitto.web.parts.meeting_times import STATES, Reading, slot_choices, when
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_candidate
from tragitto.web.portal.views.selection.firm_meetings import CALENDAR


@dataclass(frozen=True)
class Own:
    """A meeting as the person reads it: on their own clock first, with what they may still change."""

    meeting: Meeting
    state: tuple[str, object]
    when: tuple[Reading, ...]
    link: str
    move_until: datetime
    moves_left: int

    def may_move(self, at: datetime) -> bool:
        """Whether the person may still move it themselves."""
        return self.meeting.state == MeetingState.PLANNED and at <= self.move_until and self.moves_left > 0


@require_safe
@for_candidate
def meetings(request: PortalRequest, code: str) -> HttpResponse:
    """The days about which the person is asked, their meetings, and times free for one that was lost."""
    person, now = _own(request, code), clock.now()
    said = queries.answers_of([person.code])
    days = [each for each in queries.own_days(person) if each.on >= timezone.localdate(now)]
    mine = [_read(each) for each in queries.own_meetings(person)]
    page = {
        "candidate": person,
        "scheme": person.scheme,
        "asked": [
            (day, said.get((day.pk, person.code))) for day in days if day.answer_by and now <= day.answer_by
        ],
        "coming": [each for each in mine if each.meeting.ends_at > now and _stands(each.meeting)],
        "over": [each for each in mine if each.meeting.ends_at <= now or not _stands(each.meeting)],
        "bookable": _bookable(person, days),
        "zones": zones_abroad(person.scheme),
    }
    return render(request, "portal/selection/own_meetings.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def availability(request: PortalRequest, code: str, day: str) -> HttpResponse:
    """At which hours of a day the person can, and whether they wish for an interpreter."""
    person = _own(request, code)
    of = one_of(queries.own_days(person), day)
    said = queries.answers_of([person.code]).get((of.pk, person.code))
    form, status = PersonAvailabilityForm(day=of, said=said), HTTPStatus.OK
    if request.method == "POST":
        form = PersonAvailabilityForm(request.POST, day=of, said=said)
        status = attempt(form, lambda: say(
            day=of,
            who=person,
            cannot=form.cannot,
            interpreted_from=form.cleaned_data["interpreted_from"],
            actor=request.actor,
            at=clock.now(),
        ))  # fmt: skip
        if not form.errors:
            messages.success(request, _("Thank you. We write to you when your meeting has a time."))
            return redirect("portal:own_meetings", code)
    is_open = bool(of.answer_by and clock.now() <= of.answer_by)
    page = {"candidate": person, "scheme": person.scheme, "day": of, "form": form, "is_open": is_open}
    page |= {"minutes": rules_of(of.round).meeting.minutes, "zones": _zones(of)}
    return render(request, "portal/selection/own_availability.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_candidate
def book(request: PortalRequest, code: str, day: str, pair: str) -> HttpResponse:
    """A free time of a day, for who has no meeting with a firm any more, or none yet."""
    person = _own(request, code)
    of = one_of(queries.own_days(person).filter(published_at__isnull=False), day)
    row = one_of(queries.to_meet(of.round).filter(candidate=person), pair)
    choices = _free(of, row)
    form, status = TimeForm(choices=choices), HTTPStatus.OK
    if request.method == "POST":
        form = TimeForm(request.POST, choices=choices)
        status = attempt(form, lambda: booking.book(
            shortlisted=row, day=of, starts_at=form.moment, actor=request.actor, at=clock.now()
        ))  # fmt: skip
        if not form.errors:
            messages.success(request, _("Your meeting is booked."))
            return redirect("portal:own_meetings", code)
    page = {"candidate": person, "scheme": person.scheme, "day": of, "pair": row, "form": form}
    page["free"] = choices
    return render(request, "portal/selection/own_booking.html", page, status=status)


@require_safe
@for_candidate
def by_code(request: PortalRequest, which: str) -> HttpResponse:
    """From the short address in a message to the meeting, for the person alone."""
    it = one_of(queries.meetings_of_account(request.actor.code), which)
    return redirect("portal:own_meeting", it.candidate.code, which)


@require_safe
@for_candidate
def meeting(request: PortalRequest, code: str, which: str) -> HttpResponse:
    """One meeting: when, with whom, where, what to expect, and what the person may change."""
    person = _own(request, code)
    return _shown(request, person, one_of(queries.own_meetings(person), which))


@require_POST
@for_candidate
def move(request: PortalRequest, code: str, which: str) -> HttpResponse:
    """Move the meeting to another free time of its day."""
    person = _own(request, code)
    it = one_of(queries.own_meetings(person), which)
    form = TimeForm(request.POST, choices=_free(it.day, it.shortlisted, but=it.starts_at))
    status = attempt(form, lambda: booking.move(
        meeting=it, starts_at=form.moment, actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _shown(request, person, it, status, moving=form)
    messages.success(request, _("Your meeting has a new time. The firm is told."))
    return redirect("portal:own_meeting", code, which)


@require_POST
@for_candidate
def cancel(request: PortalRequest, code: str, which: str) -> HttpResponse:
    """Cancel the meeting; nobody asks why."""
    person, form = _own(request, code), forms.Form({})
    it = one_of(queries.own_meetings(person), which)
    status = attempt(form, lambda: booking.cancel(
        meeting=it, ground="", actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _shown(request, person, it, status, refused=form)
    messages.success(request, _("The meeting is cancelled. The firm is told, and you keep your place."))
    return redirect("portal:own_meetings", code)


@require_safe
@for_candidate
def calendar(request: PortalRequest, code: str, which: str) -> HttpResponse:
    """The meeting for the person's calendar; a cancelled one takes itself out of it."""
    it = one_of(queries.own_meetings(_own(request, code)), which)
    made = calendars.calendar([it], _title, at=clock.now())
    return as_file(made, f"{it.code}.ics", CALENDAR)


def _title(it: Meeting) -> str:
    return _("Meeting with {name}").format(name=it.employer.name or it.employer.code)


def _own(request: PortalRequest, code: str) -> Candidate:
    person = found(get_for, request.actor, code)
    if audience_of(request.actor, person) is not Audience.PERSON:
        raise Http404
    return person


def _read(it: Meeting) -> Own:
    rules = rules_of(it.day.round).meeting
    until = it.starts_at - timedelta(hours=rules.move_hours)
    state = STATES[MeetingState(it.state)]
    return Own(it, state, when(it, is_abroad=True), queries.link_of(it), until, rules.moves - it.moves)


def _zones(day: MeetingDay) -> tuple[str, ...]:
    """The clocks of the day, the person's own first."""
    return zones_of(rules_of(day.round).meeting, is_abroad=True)


def _stands(it: Meeting) -> bool:
    return it.state == MeetingState.PLANNED


def _free(day: MeetingDay, row: Shortlisted, *, but: datetime | None = None) -> list[tuple[str, SafeString]]:
    now = clock.now()
    slots = [each for each in queries.free_slots(day, row) if each.begins_at > now and each.begins_at != but]
    guided = queries.guided_slots(day, row.candidate)
    return slot_choices(day, slots, is_abroad=True, guided=guided)


def _bookable(person: Candidate, days: list[MeetingDay]) -> list[tuple[MeetingDay, Shortlisted]]:
    """The firms that the person may still meet on a published day to come, where they have no meeting."""
    shown = [each for each in days if each.published_at is not None]
    rounds = {each.round_id: each.round for each in shown}
    rows = [row for each in rounds.values() for row in queries.to_meet(each).filter(candidate=person)]
    return [(day, row) for day in shown for row in rows if row.post.round_id == day.round_id]


def _shown(
    request: PortalRequest,
    person: Candidate,
    it: Meeting,
    status: int = HTTPStatus.OK,
    *,
    moving: TimeForm | None = None,
    refused: forms.Form | None = None,
) -> HttpResponse:
    own, now = _read(it), clock.now()
    free = _free(it.day, it.shortlisted, but=it.starts_at) if own.may_move(now) else []
    page = {
        "candidate": person,
        "scheme": person.scheme,
        "it": own,
        "moving": moving or (TimeForm(choices=free) if free else None),
        "may_move": own.may_move(now),
        "may_cancel": _stands(it) and it.starts_at > now,
        "is_coming": _stands(it) and it.ends_at > now,
        "lacks_interpreter": it.interpreter is None and queries.guided_slots(it.day, person) is not None,
        "refused": refused,
        "zones": _zones(it.day),
    }
    return render(request, "portal/selection/own_meeting.html", page, status=status)

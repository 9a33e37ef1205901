"""A firm's meetings: when it can, who comes, where, and the file for its calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragitto.candidates.actions.looking import look_at_many
from tragitto.candidates.queries.disclosure import Shown, shown_to
from tragitto.employers.models import Employer
from tragitto.employers.queries.representing import employers_of
from tragitto.kernel import clock
from tragitto.selection.actions import booking
from tragitto.selection.actions.available import say
from tragitto.selection.calendars import calendar
from tragitto.selection.models import Meeting
from tragitto.selection.queries.meetings import answers_of, days_of_firms, link_of, meetings_of_firms
from tragitto.selection.vocabulary import MeetingState
from tragitto.web.parts.finding import one_of
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.meeting_forms import AvailabilityForm
from tragitto.web.parts.meeting_times import STATES, Reading, when
from tragitto.web.parts.refusing import attempt
from tragitto.web.portal.access import PortalRequest, for_person

CALENDAR = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Shows:
    """A meeting as the firm reads it: with whom, once they accepted, when on every clock, where."""

    meeting: Meeting
    person: Shown | None
    state: tuple[str, object]
    when: tuple[Reading, ...]
    link: str
    may_cancel: bool

    def is_on(self, at: datetime) -> bool:
        """Whether it is planned for the day on which this moment lies, on the firm's clock."""
        own = self.when[0].begins
        return self.meeting.state == MeetingState.PLANNED and own.date() == at.astimezone(own.tzinfo).date()

    @property
    def name(self) -> str:
        """The person's name, where the firm may know it."""
        return self.person.sheet.full_name if self.person and self.person.is_named else ""


@require_safe
@for_person
def meetings(request: PortalRequest) -> HttpResponse:
    """The days about which the firm is asked, and its meetings; that names are shown is kept."""
    return _listed(request, forms.Form())


@require_POST
@for_person
def cancel(request: PortalRequest, which: str) -> HttpResponse:
    """The firm cannot come: its hour is given to nobody, and the person comes first for another one."""
    it, form = one_of(meetings_of_firms(_firms(request)), which), forms.Form({})
    status = attempt(form, lambda: booking.cancel(
        meeting=it, ground="", actor=request.actor, at=clock.now()
    ))  # fmt: skip
    if form.errors:
        return _listed(request, form, status)
    messages.success(
        request, _("The meeting is cancelled. The person is told, and comes first for another hour.")
    )
    return redirect("portal:firm_meetings")


def _listed(request: PortalRequest, form: forms.Form, status: int = HTTPStatus.OK) -> HttpResponse:
    firms = _firms(request)
    said, now = answers_of(firms), clock.now()
    asked = [
        (day, firm, said.get((day.pk, firm.code)), bool(day.answer_by and now <= day.answer_by))
        for firm in firms.values()
        for day in days_of_firms([firm.code])
        if day.on >= timezone.localdate(now)
    ]
    shown = _shown(request, firms)
    _keep(request, shown)
    coming = [each for each in shown if each.meeting.ends_at > now]
    page = {
        "asked": asked,
        "today": [each for each in coming if each.is_on(now)],
        "coming": [each for each in coming if not each.is_on(now)],
        "has_coming": bool(coming),
        "over": [each for each in reversed(shown) if each.meeting.ends_at <= now],
        "firms": firms,
        "form": form,
    }
    return render(request, "portal/selection/firm_meetings.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def availability(request: PortalRequest, day: str, firm: str) -> HttpResponse:
    """At which hours of a day the firm can."""
    who = one_of(employers_of(actor=request.actor, on=timezone.localdate(clock.now())), firm)
    of = one_of(days_of_firms([who.code]), day)
    said = answers_of([who.code]).get((of.pk, who.code))
    form, status = AvailabilityForm(day=of, said=said), HTTPStatus.OK
    if request.method == "POST":
        form = AvailabilityForm(request.POST, day=of, said=said)
        status = attempt(form, lambda: say(
            day=of, who=who, cannot=form.cannot, actor=request.actor, at=clock.now()
        ))  # fmt: skip
        if not form.errors:
            messages.success(request, _("Thank you. Your meetings are planned at these hours."))
            return redirect("portal:firm_meetings")
    is_open = bool(of.answer_by and clock.now() <= of.answer_by)
    page = {"day": of, "firm": who, "form": form, "said": said, "is_open": is_open}
    return render(request, "portal/selection/firm_availability.html", page, status=status)


@require_safe
@for_person
def calendars(request: PortalRequest) -> HttpResponse:
    """All meetings still to come, for the calendar of the firm."""
    now = clock.now()
    coming = [each for each in _shown(request, _firms(request)) if each.meeting.ends_at > now]
    coming = [each for each in coming if each.meeting.state == MeetingState.PLANNED]
    return _file(request, coming, "meetings.ics")


@require_safe
@for_person
def one_calendar(request: PortalRequest, which: str) -> HttpResponse:
    """One meeting for the calendar of the firm; a cancelled one takes itself out of it."""
    firms = _firms(request)
    it = one_of(meetings_of_firms(firms), which)
    shown = [each for each in _shown(request, firms) if each.meeting.pk == it.pk]
    return _file(request, shown, f"{it.code}.ics")


def _keep(request: PortalRequest, shown: list[Shows]) -> None:
    """Write down, for each person named, that the firm read the name."""
    for firm in sorted({each.meeting.employer.code for each in shown}):
        named = {
            each.meeting.candidate.code for each in shown if each.name and each.meeting.employer.code == firm
        }
        look_at_many(
            candidates=sorted(named), what="meeting", for_firm=firm, actor=request.actor, at=clock.now()
        )


def _file(request: PortalRequest, shown: list[Shows], name: str) -> HttpResponse:
    _keep(request, shown)
    titles = {each.meeting.code: _title(each) for each in shown}
    made = calendar([each.meeting for each in shown], lambda it: titles[it.code], at=clock.now())
    return as_file(made, name, CALENDAR)


def _title(each: Shows) -> str:
    if each.name:
        return _("Meeting with {name}").format(name=each.name)
    return _("Meeting about your position {code}").format(code=each.meeting.shortlisted.post.code)


def _firms(request: PortalRequest) -> dict[str, Employer]:
    today = timezone.localdate(clock.now())
    return {each.code: each for each in employers_of(actor=request.actor, on=today)}


def _shown(request: PortalRequest, firms: Mapping[str, Employer]) -> list[Shows]:
    found = list(meetings_of_firms(firms))
    now = clock.now()
    today = timezone.localdate(now)
    people = {each.invitation.pk: each for each in shown_to(list(firms), on=today)} if found else {}
    return [
        Shows(
            each,
            people.get(each.shortlisted.invitation_id or 0),
            STATES[MeetingState(each.state)],
            when(each),
            link_of(each),
            each.state == MeetingState.PLANNED and each.starts_at > now,
        )
        for each in found
    ]

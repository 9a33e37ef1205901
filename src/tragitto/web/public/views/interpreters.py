"""An interpreter's own page, for who knows its secret address: days, when they can, what they interpret."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tragitto.candidates import words
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.selection import calendars
from tragitto.selection.actions.available import INTERPRETER, say
from tragitto.selection.models import Interpreter, Meeting
from tragitto.selection.queries.meetings import (
    answers_of,
    days_of,
    interpreted_by,
    interpreter_by,
    link_of,
)
from tragitto.web.parts.finding import found, one_of
from tragitto.web.parts.handing import as_file
from tragitto.web.parts.meeting_forms import AvailabilityForm
from tragitto.web.parts.meeting_times import Reading, when
from tragitto.web.parts.refusing import attempt

#: A meeting, its time on every clock, where it takes place.
type Line = tuple[Meeting, tuple[Reading, ...], str]


@never_cache
@require_safe
def interpreter(request: HttpRequest, secret: str) -> HttpResponse:
    """The days of the round and what the interpreter does on them; nobody's name but the firm's."""
    who, now = found(interpreter_by, secret), clock.now()
    said = answers_of([who.code])
    days = [each for each in days_of(who.round) if each.on >= timezone.localdate(now) and each.asked_at]
    page = {
        "who": who,
        "secret": secret,
        "days": [
            (day, said.get((day.pk, who.code)), bool(day.answer_by and now <= day.answer_by)) for day in days
        ],
        "parts": _by_day(who, now),
        "tongues": [words.TONGUE.get(each, each) for each in who.languages],
    }
    return render(request, "public/interpreter.html", page)


def _by_day(
    who: Interpreter, at: datetime
) -> list[tuple[str, list[tuple[Meeting, tuple[Reading, ...], str]]]]:
    """What they interpret today, later, and what is over, each with its times and where it takes place."""
    parts: dict[str, list[Line]] = {"today": [], "later": [], "over": []}
    for it in interpreted_by(who):
        times = when(it)
        own = times[0].begins
        is_today = own.date() == at.astimezone(own.tzinfo).date()
        part = "over" if it.ends_at <= at else "today" if is_today else "later"
        parts[part].append((it, times, link_of(it)))
    return list(parts.items())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def availability(request: HttpRequest, secret: str, day: str) -> HttpResponse:
    """At which hours of a day the interpreter can."""
    who = found(interpreter_by, secret)
    of = one_of(days_of(who.round).filter(asked_at__isnull=False), day)
    said = answers_of([who.code]).get((of.pk, who.code))
    form, status = AvailabilityForm(day=of, said=said), HTTPStatus.OK
    if request.method == "POST":
        form = AvailabilityForm(request.POST, day=of, said=said)
        status = attempt(form, lambda: say(
            day=of, who=who, cannot=form.cannot, actor=_actor(who), at=clock.now()
        ))  # fmt: skip
        if not form.errors:
            messages.success(request, _("Thank you. You are asked to interpret at these hours only."))
            return redirect("public:interpreter", secret)
    is_open = bool(of.answer_by and clock.now() <= of.answer_by)
    page = {"who": who, "secret": secret, "day": of, "form": form, "is_open": is_open}
    return render(request, "public/interpreter_day.html", page, status=status)


@never_cache
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """What the interpreter does, for their calendar."""
    made = calendars.calendar(interpreted_by(found(interpreter_by, secret)), _title, at=clock.now())
    return as_file(made, "meetings.ics", "text/calendar; charset=utf-8")


def _title(it: Meeting) -> str:
    return _("Interpreting at {firm}").format(firm=it.employer.name or it.employer.code)


def _actor(who: Interpreter) -> Actor:
    return Actor(who.code, roles=frozenset({INTERPRETER}), door="public")

"""The days of meetings of a round: opened, both sides asked, planned by the engine, shown to them."""

from collections.abc import Callable
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tragitto.candidates import words
from tragitto.kernel import clock
from tragitto.selection import permissions
from tragitto.selection.actions import day_changes, meeting_days
from tragitto.selection.models import Interpreter, Meeting, MeetingDay, Round, Run
from tragitto.selection.queries.meetings import day_for, days_of, interpreters_of, to_meet
from tragitto.selection.queries.rounds import round_for
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.meetings import AddressForm, DayForm, GroundForm, InterpreterForm
from tragitto.web.office.meeting_page import day_shown, plan_proof, proposed
from tragitto.web.parts.finding import found, one_of
from tragitto.web.parts.refusing import attempt


@require_safe
@for_office
def meetings(request: OfficeRequest, code: str) -> HttpResponse:
    """The days of the round, who waits for a meeting, who interprets."""
    return _listed(request, found(round_for, request.actor, code))


@require_POST
@for_office
def open_day(request: OfficeRequest, code: str) -> HttpResponse:
    """Open a day."""
    of, form = found(round_for, request.actor, code), DayForm(request.POST)
    made: list[MeetingDay] = []
    status = attempt(form, lambda: made.append(
        meeting_days.open_day(round=of, **form.cleaned_data, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _listed(request, of, status, opening=form)
    return redirect("office:meeting_day", code, made[0].code)


@require_POST
@for_office
def add_interpreter(request: OfficeRequest, code: str) -> HttpResponse:
    """Add somebody who interprets; the secret address of their page is shown once, on this answer."""
    of, form = found(round_for, request.actor, code), InterpreterForm(request.POST)
    made: list[tuple[Interpreter, str]] = []
    status = attempt(form, lambda: made.append(
        meeting_days.add_interpreter(round=of, **form.cleaned_data, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _listed(request, of, status, adding=form)
    link = request.build_absolute_uri(reverse("public:interpreter", args=[made[0][1]]))
    return _listed(request, of, told={"who": made[0][0], "link": link})


@require_POST
@for_office
def interpreter_leaves(request: OfficeRequest, code: str, who: str) -> HttpResponse:
    """Somebody interprets no more: their page ends, another one is sought for each meeting to come."""
    of, form = found(round_for, request.actor, code), forms.Form({})
    guide, lacking = one_of(interpreters_of(of), who), list[Meeting]()
    status = attempt(form, lambda: lacking.extend(
        day_changes.interpreter_leaves(interpreter=guide, actor=request.actor, at=clock.now())
    ))  # fmt: skip
    if form.errors:
        return _listed(request, of, status, refused=form)
    said = ngettext("Their page has ended. {count} meeting has no interpreter now; both sides were told.",
                    "Their page has ended. {count} meetings have no interpreter now; both sides were told.",
                    len(lacking))  # fmt: skip
    messages.success(request, said.format(count=len(lacking)))
    return redirect("office:meetings", code)


@require_safe
@for_office
def day(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """One day: what is to be done next, who said when they can, the plan, who waits."""
    return shown_day(request, day_of(request, code, day), forms.Form())


@require_POST
@for_office
def ask(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """Ask both sides when they can."""
    return _done(request, day_of(request, code, day), meeting_days.ask, _asked)


@require_POST
@for_office
def plan(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """Let the engine plan the day."""
    return _done(request, day_of(request, code, day), meeting_days.plan, _planned)


@require_POST
@for_office
def publish(request: OfficeRequest, code: str, day: str) -> HttpResponse:
    """Make the meetings of the plan and tell both sides."""
    return _done(request, day_of(request, code, day), meeting_days.publish_plan, _published)


def day_of(request: OfficeRequest, code: str, day: str) -> MeetingDay:
    """The day of this code in the round of that code, as the actor may see it; else 404."""
    wanted = found(day_for, request.actor, day)
    if wanted.round.code != code:
        raise Http404
    return wanted


def may_arrange(request: OfficeRequest, of: Round) -> bool:
    """Whether the page offers what changes something."""
    return of.is_open and permissions.may(request.actor, "meeting.arrange", of.scheme)


def _done[T](
    request: OfficeRequest, of: MeetingDay, act: Callable[..., T], said: Callable[[T], str]
) -> HttpResponse:
    form, made = forms.Form({}), list[T]()
    status = attempt(form, lambda: made.append(act(day=of, actor=request.actor, at=clock.now())))
    if form.errors:
        return shown_day(request, of, form, status)
    messages.success(request, said(made[0]))
    return redirect("office:meeting_day", of.round.code, of.code)


def _asked(count: int) -> str:
    said = ngettext("{count} person was asked.", "{count} people were asked.", count)
    return said.format(count=count)


def _planned(_run: Run) -> str:
    return _("The day is planned and checked. Nobody is told of it yet.")


def _published(made: list[Meeting]) -> str:
    said = ngettext("{count} meeting is booked; both sides were told.",
                    "{count} meetings are booked; both sides were told.", len(made))  # fmt: skip
    return said.format(count=len(made))


def _listed(
    request: OfficeRequest,
    of: Round,
    status: int = HTTPStatus.OK,
    *,
    opening: DayForm | None = None,
    adding: InterpreterForm | None = None,
    refused: forms.Form | None = None,
    told: dict[str, object] | None = None,
) -> HttpResponse:
    page = {
        "round": of,
        "tab": "meetings",
        "days": list(days_of(of)),
        "waiting": to_meet(of).count(),
        "interpreters": [
            (each, ", ".join(str(words.TONGUE.get(tongue, tongue)) for tongue in each.languages))
            for each in interpreters_of(of)
        ],
        "may": may_arrange(request, of),
        "opening": opening or DayForm(),
        "adding": adding or InterpreterForm(),
        "refused": refused,
        "told": told,
    }
    return render(request, "office/selection/meetings.html", page, status=status)


def shown_day(
    request: OfficeRequest, of: MeetingDay, form: forms.Form, status: int = HTTPStatus.OK
) -> HttpResponse:
    """The page of the day, with what was refused."""
    shown = day_shown(of, list(interpreters_of(of.round)))
    plan = of.planned_by
    lines = proposed(of, plan, shown.waiting) if plan else []
    page = {
        "round": of.round,
        "tab": "meetings",
        "day": of,
        "shown": shown,
        "plan": plan,
        "proposed": lines,
        "proof": plan_proof(plan) if plan and lines else [],
        "may": may_arrange(request, of.round),
        "answers_open": bool(of.answer_by and clock.now() <= of.answer_by),
        "addressing": form if isinstance(form, AddressForm) else AddressForm(initial={"link": of.link}),
        "calling_off": form if isinstance(form, GroundForm) else GroundForm(),
        "is_coming": of.on >= timezone.localdate(clock.now()),
        "form": form,
    }
    return render(request, "office/selection/meeting_day.html", page, status=status)

"""Days of meetings: opened, both sides asked when they can, planned by the engine, shown to everybody."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.candidates.actions.telling import tell
from tragitto.candidates.models import Candidate
from tragitto.employers.models import Expression
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.ledger.actions import record
from tragitto.ledger.queries import told_for
from tragitto.selection import permissions
from tragitto.selection.actions import running
from tragitto.selection.actions.one_meeting import make
from tragitto.selection.actions.sides import demand_open
from tragitto.selection.actions.telling import tell_firm, tell_interpreter
from tragitto.selection.holding import held
from tragitto.selection.models import Availability, Interpreter, Meeting, MeetingDay, Round, Run, Shortlisted
from tragitto.selection.models.meetings import TAKES_TIME
from tragitto.selection.queries.meetings import interpreters_of, slots_of, to_meet
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.queries.timetables import timetable_of
from tragitto.selection.vocabulary import RunKind
from tragitto_matching.calendar import Slot

#: What the ledger calls it that a person, a firm and an interpreter were told.
_TOLD = ("candidate.told", "employer.told", "interpreter.told")


@transaction.atomic
def open_day(*, round: Round, on: date, link: str, actor: Actor, at: datetime) -> MeetingDay:
    """Open a day of meetings; the same day again gives the same one, if it takes place at the same address.

    `link` = the https address of the meetings, in which {meeting} stands for the code of each, or empty.
    Raises `NotAllowed`; `Blocked` for a round that is not under way, a day that is over, another kind of
    address, and a day on which the clocks change in the hours of the rules.
    """
    found = _held(round, actor=actor, at=at)
    if on <= _today(found, at):
        text = _("Choose a day after today: people need time to say when they can.")
        raise Blocked(Finding("day_over", text, {"field": "on"}))
    if link and not link.startswith("https://"):
        text = _("The address of the video meeting begins with https://.")
        raise Blocked(Finding("link_not_safe", text, {"field": "link"}))
    day, is_new = MeetingDay.objects.get_or_create(
        round=found,
        on=on,
        defaults={"code": new_code("MD"), "link": link, "opened_at": at, "opened_by": actor.code},
    )
    if is_new:
        _demand_slots(day)
        facts = {"day": day.code, "on": on.isoformat()}
        record("meetings.day_opened", subject=found.code, actor=actor, at=at, facts=facts)
    elif day.link != link:
        text = _("This day is open already, with another address: change the address on the page of the day.")
        raise Blocked(Finding("day_is_open", text, {"field": "link"}))
    return day


@transaction.atomic
def ask(*, day: MeetingDay, actor: Actor, at: datetime) -> int:
    """Ask who waits for a meeting, their firms and the interpreters when they can; how many people.

    Answers are taken until the term of the rules, and not on the day itself. Again it asks nobody twice for
    the same day. Raises `NotAllowed`; `Blocked` where nobody waits, after that term, and on the day itself.
    """
    found = _held(day.round, actor=actor, at=at)
    rows = list(to_meet(found))
    if not rows:
        text = _("Nobody waits for a meeting: a person must first accept the invitation to meet a firm.")
        raise Blocked(Finding("nobody_to_meet", text))
    now = MeetingDay.objects.select_for_update().get(pk=day.pk)
    begins_at = datetime.combine(now.on, time(), ZoneInfo(rules_of(found).meeting.zone))
    if begins_at <= at:
        raise Blocked(Finding("day_begun", _("This day has begun: nobody can be asked about it any more.")))
    if now.asked_at is None:
        now.asked_at = at
        now.answer_by = min(at + timedelta(days=rules_of(found).meeting.ask_days), begins_at)
        now.save(update_fields=["asked_at", "answer_by"])
        record("meetings.asked", subject=found.code, actor=actor, at=at, facts={"day": now.code})
    asked_at, answer_by = now.asked_at or at, now.answer_by or at
    if at > answer_by:
        text = _("The time to answer about this day is over. Plan it: whoever said nothing can at any hour.")
        raise Blocked(Finding("asking_over", text))
    told = told_for(_TOLD, occasion=f"asked:{now.code}", since=asked_at)
    people = {row.candidate_id: row for row in rows if row.candidate.code not in told}
    firms = {row.post.position.expression.employer_id: row.post.position.expression for row in rows}
    _ask_people(now, [row.candidate for row in people.values()], actor=actor, at=at)
    _ask_firms(now, [each for each in firms.values() if each.employer.code not in told], actor=actor, at=at)
    guides = [each for each in interpreters_of(found) if each.code not in told]
    _ask_guides(now, guides, actor=actor, at=at)
    return len(people)


def _ask_people(day: MeetingDay, people: Iterable[Candidate], *, actor: Actor, at: datetime) -> None:
    for each in people:
        tell(
            candidate=each,
            subject=_("When can you meet a firm?"),
            text=_("A day of online meetings is planned. Sign in and say at which hours you can."),
            key=f"asked:{day.code}:{each.code}",
            actor=actor,
            at=at,
        )


def _ask_firms(day: MeetingDay, expressions: Iterable[Expression], *, actor: Actor, at: datetime) -> None:
    for each in expressions:
        tell_firm(
            employer=each.employer,
            call=each.call,
            subject=_("When can you meet the people proposed?"),
            text=_("A day of online meetings is planned. Sign in and say at which hours you can."),
            key=f"asked:{day.code}",
            actor=actor,
            at=at,
        )


def _ask_guides(day: MeetingDay, guides: Iterable[Interpreter], *, actor: Actor, at: datetime) -> None:
    for each in guides:
        tell_interpreter(
            interpreter=each,
            subject=_("When can you interpret?"),
            text=_("A day of online meetings is planned. Open your own page and say at which hours you can."),
            key=f"asked:{day.code}",
            actor=actor,
            at=at,
        )


@transaction.atomic
def add_interpreter(
    *, round: Round, name: str, email: str, languages: list[str], actor: Actor, at: datetime
) -> tuple[Interpreter, str]:
    """Add an interpreter to the round, and the secret of the link to their own page, which is kept nowhere.

    Added again they get a new link, and the old one ends. Raises `NotAllowed`; `Blocked` without a name, a
    language or an address.
    """
    found = _held(round, actor=actor, at=at)
    if not name.strip() or not languages or not _is_email(email):
        text = _("An interpreter has a name, an e-mail address and at least one language.")
        raise Blocked(Finding("interpreter_incomplete", text))
    secret = token_urlsafe(24)
    known, is_new = Interpreter.objects.update_or_create(
        round=found,
        email=email.strip().lower(),
        left_at=None,
        defaults={
            "name": name.strip(),
            "languages": languages,
            "token_hash": sha256(secret.encode()).hexdigest(),
        },
        create_defaults={
            "code": new_code("IN"),
            "name": name.strip(),
            "languages": languages,
            "token_hash": sha256(secret.encode()).hexdigest(),
            "added_at": at,
            "added_by": actor.code,
        },
    )
    verb = "interpreter.added" if is_new else "interpreter.changed"
    record(verb, subject=found.code, actor=actor, at=at, facts={"interpreter": known.code})
    return known, secret


@transaction.atomic
def plan(*, day: MeetingDay, actor: Actor, at: datetime) -> Run:
    """Let the engine solve the day for everybody who waits for a meeting; nothing is shown to them yet.

    Meetings that stand already keep their slots; what has begun is given to nobody. Raises `NotAllowed`;
    `Blocked` where nobody waits.
    """
    found = _held(day.round, actor=actor, at=at)
    rows = list(to_meet(found))
    if not rows:
        text = _("Nobody waits for a meeting: a person must first accept the invitation to meet a firm.")
        raise Blocked(Finding("nobody_to_meet", text))
    begun = [each.begins_at for each in slots_of(day) if each.begins_at <= at]
    away = {row.post.position.expression.employer.code: begun for row in rows} if begun else None
    parameters = timetable_of(day, rows, away=away)
    made = running.run(round=found, kind=RunKind.TIMETABLE, parameters=parameters, actor=actor, at=at)
    MeetingDay.objects.filter(pk=day.pk).update(planned_by=made)
    return made


@transaction.atomic
def publish_plan(*, day: MeetingDay, actor: Actor, at: datetime) -> list[Meeting]:
    """Make the meetings of the newest plan and tell both sides; again it makes and tells nothing twice.

    Raises `NotAllowed`; `Blocked` without a plan, where an hour of it has begun, and where something has
    changed since: it is planned anew.
    """
    found = _held(day.round, actor=actor, at=at)
    now = MeetingDay.objects.select_for_update(of=("self",)).select_related("round__rules").get(pk=day.pk)
    if now.planned_by is None:
        raise Blocked(Finding("no_plan", _("Let the day be planned first.")))
    # Whose meeting of this day ended since the plan was made books again themselves, or through the desk.
    over = Meeting.objects.filter(day=now, state_at__gte=now.planned_by.run_at).exclude(TAKES_TIME)
    ended = set(over.values_list("shortlisted__code", flat=True))
    rows = {each.code: each for each in to_meet(found) if each.code not in ended}
    asked = [each for each in now.planned_by.result["meetings"] if each["shortlisted"] in rows]
    slots = slots_of(now)
    _demand_still_free(now, [(rows[each["shortlisted"]], slots[each["slot"]]) for each in asked])
    if any(slots[each["slot"]].begins_at <= at for each in asked):
        text = _("Hours of this plan are past: plan the day anew, or open another day.")
        raise Blocked(Finding("plan_past", text))
    try:
        made = [_meeting(now, rows[each["shortlisted"]], each, actor=actor, at=at) for each in asked]
    except Blocked as taken:
        text = _("Somebody has another meeting since this plan was made: plan the day anew.")
        raise Blocked(Finding("plan_overtaken", text)) from taken
    if now.published_at is None:
        now.published_at = at
        now.save(update_fields=["published_at"])
    if made:
        facts = {"day": now.code, "meetings": [each.code for each in made]}
        record("meetings.planned", subject=found.code, actor=actor, at=at, facts=facts)
    return made


def _demand_still_free(day: MeetingDay, planned: list[tuple[Shortlisted, Slot]]) -> None:
    said = Availability.objects.filter(day=day, interpreter=None)
    cannot = {
        (candidate, employer, hour)
        for candidate, employer, hours in said.values_list("candidate", "employer", "cannot")
        for hour in hours
    }
    for row, slot in planned:
        firm = row.post.position.expression.employer_id
        if {(row.candidate_id, None, slot.begins_at), (None, firm, slot.begins_at)} & cannot:
            text = _("Somebody has taken an hour back since this plan was made: plan the day anew.")
            raise Blocked(Finding("plan_overtaken", text))


def _meeting(
    day: MeetingDay, row: Shortlisted, told: dict[str, Any], *, actor: Actor, at: datetime
) -> Meeting:
    slot = slots_of(day)[told["slot"]]
    interpreter = Interpreter.objects.filter(code=told["interpreter"]).first()
    return make(row, day, slot.begins_at, interpreter, actor=actor, at=at)


def _held(round: Round, *, actor: Actor, at: datetime) -> Round:
    found = held(round)
    if not permissions.may(actor, "meeting.arrange", found.scheme):
        text = _("Only who organises the meetings or coordinates arranges them.")
        raise NotAllowed(Finding("may_not_arrange", text))
    demand_open(round=found, actor=actor, at=at)
    return found


def _demand_slots(day: MeetingDay) -> None:
    try:
        slots_of(day)
    except ValueError as clocks:
        text = _("On this day the clocks change in the hours of the meetings: choose another day.")
        raise Blocked(Finding("clocks_change", text)) from clocks


def _today(round: Round, at: datetime) -> date:
    return at.astimezone(ZoneInfo(rules_of(round).meeting.zone)).date()


def _is_email(email: str) -> bool:
    try:
        validate_email(email.strip())
    except ValidationError:
        return False
    return True

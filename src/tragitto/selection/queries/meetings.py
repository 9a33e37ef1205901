"""Days of meetings: their slots, who said what, the plan, who waits, what is free for somebody."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q, QuerySet

from tragitto.candidates.models import Candidate
from tragitto.candidates.vocabulary import UNSEEN, Answer
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.selection.models import Availability, Interpreter, Meeting, MeetingDay, Round, Shortlisted
from tragitto.selection.models.meetings import TAKES_TIME
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.rules import slots as rules
from tragitto.selection.vocabulary import MeetingState
from tragitto_matching.calendar import Slot

#: What a page of meetings reads beside them.
_PARTS = (
    "day__round__rules",
    "day__round__scheme",
    "shortlisted__post__position__profile",
    "shortlisted__post__position__expression__call",
    "shortlisted__invitation",
    "candidate",
    "employer",
    "interpreter",
)

#: Pairs who meet: the person said yes and is still to be seen, and neither of them has left.
_TAKE_PART = Q(
    ~Q(candidate__status__in=UNSEEN),
    post__left_at=None,
    removed_at=None,
    given_up_at=None,
    answer=Answer.ACCEPTED,
    invitation__recalled_at=None,
)


def slots_of(day: MeetingDay) -> tuple[Slot, ...]:
    """The slots of the day, as its round's rules say; the day comes with its round and rules."""
    return rules.slots_of(rules_of(day.round).meeting, day.on)


def days_of(round: Round) -> QuerySet[MeetingDay]:
    """The days of the round, in order. One query."""
    return MeetingDay.objects.filter(round=round).select_related("round__rules").order_by("on")


def day_for(actor: Actor, code: str) -> MeetingDay:
    """The day of this code with its round, as `actor` may see it; or `NotFound`. One query."""
    seen = MeetingDay.objects.filter(round__in=Round.objects.visible_to(actor), code=code)
    found = seen.select_related("round__rules", "round__scheme").first()
    if found is None:
        raise NotFound(code)
    return found


def to_meet(round: Round) -> QuerySet[Shortlisted]:
    """Pairs that wait for a meeting: the person accepted, and none takes place yet. One query.

    In the order of their posts and places: so the waiting list is offered free slots.
    """
    there = Meeting.objects.filter(TAKES_TIME, shortlisted=OuterRef("pk"))
    open_ones = Shortlisted.objects.filter(_TAKE_PART, ~Exists(there), post__round=round)
    parts = ("post__position__profile", "post__position__expression__employer", "candidate", "invitation")
    return open_ones.select_related(*parts).order_by("place", "post__position__opened_at", "pk")


def meetings_of(day: MeetingDay) -> QuerySet[Meeting]:
    """Every meeting of the day, those cancelled and missed too, by time. One query."""
    found = Meeting.objects.filter(day=day).select_related(*_PARTS)
    return found.order_by("starts_at", "employer__name", "pk")


def availability_of(day: MeetingDay) -> dict[str, Availability]:
    """What the parties said about the day, by their public codes. One query."""
    said = Availability.objects.filter(day=day).select_related("candidate", "employer", "interpreter")
    return {(each.candidate or each.employer or each.interpreter).code: each for each in said}  # type: ignore[union-attr]


def answers_of(parties: Collection[str]) -> dict[tuple[int, str], Availability]:
    """What these parties said about any day, by the key of the day and their public code. One query."""
    codes = list(parties)
    said = Availability.objects.filter(
        Q(candidate__code__in=codes) | Q(employer__code__in=codes) | Q(interpreter__code__in=codes)
    ).select_related("candidate", "employer", "interpreter")
    return {
        (each.day_id, (each.candidate or each.employer or each.interpreter).code): each  # type: ignore[union-attr]
        for each in said
    }


def free_slots(day: MeetingDay, pair: Shortlisted) -> list[Slot]:
    """The slots still to come in which both sides of `pair` can, and neither is in a meeting. Three queries.

    What is past is for the caller to leave out: it knows the time.
    """
    said = availability_of(day)
    firm = pair.post.position.expression.employer
    cannot = {
        moment for who in (pair.candidate.code, firm.code) if who in said for moment in said[who].cannot
    }
    busy = Meeting.objects.filter(TAKES_TIME).exclude(shortlisted=pair)
    held = set(busy.filter(candidate=pair.candidate).values_list("starts_at", "ends_at"))
    held |= set(busy.filter(employer=firm).values_list("starts_at", "ends_at"))
    return [
        each
        for each in slots_of(day)
        if each.begins_at not in cannot
        and not any(begin < each.ends_at and each.begins_at < end for begin, end in held)
    ]


def own_meetings(candidate: Candidate) -> QuerySet[Meeting]:
    """The person's meetings on published days, the next first. One query."""
    mine = Meeting.objects.filter(candidate=candidate, day__published_at__isnull=False)
    return mine.select_related(*_PARTS).order_by("starts_at", "pk")


def meetings_of_account(account: str) -> QuerySet[Meeting]:
    """The meetings on published days of the person who signs in with this account. One query."""
    mine = Meeting.objects.filter(candidate__account=account, day__published_at__isnull=False)
    return mine.exclude(candidate__account="").select_related("candidate").order_by("starts_at", "pk")


def own_days(candidate: Candidate) -> QuerySet[MeetingDay]:
    """The days about which the person is asked when they can. One query."""
    mine = Shortlisted.objects.filter(
        candidate=candidate,
        post__round=OuterRef("round"),
        answer=Answer.ACCEPTED,
        removed_at=None,
    )
    asked = MeetingDay.objects.filter(Exists(mine), asked_at__isnull=False, round__closed_at=None)
    return asked.select_related("round__rules", "round__scheme").order_by("on")


def days_of_firms(employers: Collection[str]) -> QuerySet[MeetingDay]:
    """The days about which these firms are asked when they can. One query."""
    theirs = Shortlisted.objects.filter(
        post__position__expression__employer__code__in=list(employers),
        post__round=OuterRef("round"),
        post__left_at=None,
        published_at__isnull=False,
    )
    asked = MeetingDay.objects.filter(Exists(theirs), asked_at__isnull=False, round__closed_at=None)
    return asked.select_related("round__rules", "round__scheme").order_by("on")


def meetings_of_firms(employers: Collection[str]) -> QuerySet[Meeting]:
    """The meetings of these firms on published days, by time. One query."""
    theirs = Meeting.objects.filter(employer__code__in=list(employers), day__published_at__isnull=False)
    return theirs.select_related(*_PARTS).order_by("starts_at", "employer__name", "pk")


def free_guides(meeting: Meeting) -> QuerySet[Interpreter]:
    """Who interprets in the round, can at the time of `meeting`, and is in no other one, of any round: the
    same address is the same person. One query.
    """
    busy = Meeting.objects.filter(
        TAKES_TIME, interpreter__isnull=False, starts_at__lt=meeting.ends_at, ends_at__gt=meeting.starts_at
    ).exclude(pk=meeting.pk)
    cannot = Availability.objects.filter(
        day=meeting.day, interpreter__isnull=False, cannot__contains=[meeting.starts_at]
    )
    there = Interpreter.objects.filter(round=meeting.day.round_id, left_at=None)
    free = there.exclude(email__in=busy.values("interpreter__email"))
    return free.exclude(pk__in=cannot.values("interpreter")).order_by("code")


def guided_slots(day: MeetingDay, candidate: Candidate) -> frozenset[datetime] | None:
    """The beginnings of the slots of the day at which an interpreter of the language that the person wished
    is free; None for who wished none. At most four queries.
    """
    said = Availability.objects.filter(day=day, candidate=candidate).first()
    if said is None or not said.interpreted_from:
        return None
    found: set[datetime] = set()
    guides = Interpreter.objects.filter(
        round=day.round_id, left_at=None, languages__contains=[said.interpreted_from]
    )
    guides_cannot = dict(
        Availability.objects.filter(day=day, interpreter__isnull=False).values_list("interpreter", "cannot")
    )
    slots = slots_of(day)
    taken = Meeting.objects.filter(
        TAKES_TIME,
        interpreter__isnull=False,
        starts_at__lt=slots[-1].ends_at,
        ends_at__gt=slots[0].begins_at,
    ).exclude(candidate=candidate)
    busy = list(taken.values_list("interpreter__email", "starts_at", "ends_at"))
    for guide in guides:
        cannot = guides_cannot.get(guide.pk, [])
        own = [(begin, end) for email, begin, end in busy if email == guide.email]
        found |= {
            each.begins_at
            for each in slots
            if each.begins_at not in cannot
            and not any(begin < each.ends_at and each.begins_at < end for begin, end in own)
        }
    return frozenset(found)


def interpreters_of(round: Round) -> QuerySet[Interpreter]:
    """Who interprets in the round, by name. One query."""
    return Interpreter.objects.filter(round=round, left_at=None).order_by("name", "code")


def interpreter_by(secret: str) -> Interpreter:
    """Whose link this secret is; raises `NotFound`. One query."""
    digest = sha256(secret.encode()).hexdigest()
    found = Interpreter.objects.filter(token_hash=digest, left_at=None).select_related("round__rules").first()
    if found is None:
        raise NotFound("interpreter")
    return found


def interpreted_by(interpreter: Interpreter) -> QuerySet[Meeting]:
    """What somebody interprets on published days, by time. One query."""
    theirs = Meeting.objects.filter(TAKES_TIME, interpreter=interpreter, day__published_at__isnull=False)
    return theirs.select_related(*_PARTS).order_by("starts_at", "pk")


def to_remind(at: datetime) -> QuerySet[Meeting]:
    """Planned meetings still to come of open rounds on published days, the next first. One query."""
    coming = Meeting.objects.filter(
        state=MeetingState.PLANNED,
        starts_at__gt=at,
        day__published_at__isnull=False,
        day__round__closed_at=None,
    )
    return coming.select_related(*_PARTS).order_by("starts_at", "pk")


def without_part(at: datetime) -> QuerySet[Meeting]:
    """Meetings still to come of who takes no part any more: who left, was taken off, said no, and those of a
    round that was closed. One query.
    """
    pairs = Shortlisted.objects.filter(_TAKE_PART, post__round__closed_at=None).values("pk")
    coming = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gt=at)
    return coming.exclude(shortlisted__in=pairs).select_related(*_PARTS).order_by("starts_at", "pk")


def link_of(meeting: Meeting) -> str:
    """Where the meeting takes place: its own address, or the day's with the meeting's code in it."""
    return meeting.link or meeting.day.link.replace("{meeting}", meeting.code)

"""Whatever happens in whatever order: nobody loses a place without an act of their own or a stated rule."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.candidates.making import AMINA, CARLA, ELIF, NOON, OTHER_PARTNER, make_candidate, make_scheme
from tragitto.candidates import actions
from tragitto.candidates.actions.confirming import token_of
from tragitto.candidates.actions.telling import WRITING, send_letter
from tragitto.candidates.models import Candidate, StatusChange
from tragitto.candidates.queries.standing import changes_of
from tragitto.candidates.rules import clock
from tragitto.candidates.vocabulary import Interest
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Refusal
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of
from tragitto.schemes.vocabulary import ReasonUse

HOUSE = Actor.system("task")
ACTORS = st.sampled_from([AMINA, CARLA, HOUSE, ELIF, OTHER_PARTNER])
#: Where the clock of waiting may run.
WAITING = {"active", "paused"}
#: Where a registration begins, or begins anew.
OUTSIDE = {"registering", "lapsed", "withdrawn", "not_admitted"}


@dataclass(frozen=True)
class Line:
    """A line of a history as the judge reads it: nothing here uses the rules that it judges."""

    before: str
    after: str
    stops: bool
    keeps: bool
    at: datetime
    place: datetime | None
    by_person: bool
    joined: datetime | None = None


def complaints(lines: list[Line], *, return_days: int) -> list[str]:
    """Every line in which somebody lost a place though no rule that is stated says so."""
    found, held = [], None
    lapsed_at = None
    for line in lines:
        is_worse = held is not None and (line.place is None or line.place > held)
        said_no = line.after in {"withdrawn", "not_admitted"} and not line.keeps
        came_too_late = (
            line.before == "lapsed"
            and not line.keeps
            and lapsed_at is not None
            and (timezone.localdate(line.at) - timezone.localdate(lapsed_at)).days > return_days
        )
        unjoined = line.before == line.after  # an undone merge takes back what the merge had brought
        if is_worse and not (said_no or came_too_late or unjoined):
            found.append(f"{line.before} to {line.after} took the place away")
        if line.after == "withdrawn" and not line.by_person:
            found.append("withdrawn by nobody who may")
        if held is None and line.place is not None and line.place < line.at and line.before != line.after:
            found.append("a place older than its beginning")
        held = line.place
        lapsed_at = line.at if line.after == "lapsed" else lapsed_at
    return found


def waited(lines: list[Line], now: datetime) -> timedelta:
    """How long the person waited by their own doing, counted line by line."""
    total = timedelta(0)
    ends = [*(line.at for line in lines[1:]), now]
    for line, end in zip(lines, ends, strict=True):
        if (
            line.before in {"registering", "lapsed", "withdrawn", "not_admitted"}
            and line.before != line.after
        ):
            total = timedelta(0)
        if line.after in WAITING and not line.stops:
            total += end - line.at
    return total


class AnyLife(RuleBasedStateMachine):
    """Amina, keepers, registrars and the clock act on one registration; what is refused changes nothing."""

    scheme: Scheme

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint_create()
        self.now = NOON
        self.other: Candidate | None = None

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.mark)

    @property
    def person(self) -> Candidate:
        return Candidate.objects.select_related("scheme", "identity").get(pk=self.pk)

    @property
    def lines(self) -> list[Line]:
        changes = StatusChange.objects.filter(candidate=self.pk).order_by("number")
        return [
            Line(
                before=each.before,
                after=each.after,
                stops=each.clock_stops,
                keeps=each.keeps_place,
                at=each.happened_at,
                place=each.seniority_at,
                by_person=each.actor in {AMINA.code, CARLA.code, self.person.code},
            )
            for each in changes
        ]

    @initialize(has_account=st.booleans())
    def amina_begins(self, has_account: bool) -> None:
        who = {"account": AMINA.code} if has_account else {"registered_by": ELIF.organisation}
        person = make_candidate(self.scheme, status="registering", email="amina@example.org", **who)
        identity = person.identity
        identity.confirmed_at, identity.confirmed_by = self.now, "U-DARIO"
        identity.confirmed_with = person.documents.get()
        identity.save()
        self.pk = person.pk
        actions.move(
            candidate=person,
            reason=ReasonUse.SENDING,
            actor=AMINA if has_account else ELIF,
            at=self.now,
        )

    # -- what is done

    @rule(actor=ACTORS, data=st.data())
    def somebody_gives_a_reason(self, actor: Actor, data: st.DataObject) -> None:
        reason = data.draw(st.sampled_from([each.code for each in roster_of(self.scheme).reasons]))
        with suppress(Refusal):
            actions.move(candidate=self.person, reason=reason, actor=actor, at=self.now, note="Seen.")

    @rule(actor=ACTORS)
    def somebody_confirms(self, actor: Actor) -> None:
        with suppress(Refusal):
            actions.confirm(candidate=self.person, actor=actor, at=self.now)

    @rule(actor=ACTORS)
    def somebody_asks(self, actor: Actor) -> None:
        with suppress(Refusal):
            actions.ask(candidate=self.person, actor=actor, at=self.now)

    @rule(interest=st.sampled_from(Interest))
    def amina_answers_by_the_link(self, interest: Interest) -> None:
        for question in self.person.confirmations.all():
            with suppress(Refusal):
                actions.answer(
                    token=token_of(question), interest=interest, actor=Actor.stranger(), at=self.now
                )

    @rule()
    def it_is_merged(self) -> None:
        if self.other is None:
            other = make_candidate(self.scheme)  # sent long before
            with suppress(Refusal):
                actions.merge_into(gone=other, kept=self.person, actor=CARLA, at=self.now)
                self.other = other

    @rule()
    def the_merge_is_undone(self) -> None:
        if self.other is not None:
            actions.unmerge(gone=self.other, kept=self.person, actor=CARLA, at=self.now)
            self.other = None

    @rule(stays=st.sampled_from([0, 60, 400]))
    def it_goes_into_another_by_mistake(self, stays: int) -> None:
        """And comes out again some time later."""
        other = make_candidate(self.scheme)
        with suppress(Refusal):
            actions.merge_into(gone=self.person, kept=other, actor=CARLA, at=self.now)
            self.now += timedelta(days=stays)
            actions.unmerge(gone=self.person, kept=other, actor=CARLA, at=self.now)

    @rule(days=st.sampled_from([1, 20, 45, 91, 200, 400, 800]), has_mail=st.booleans())
    def time_passes_and_every_morning_is_tended(self, days: int, has_mail: bool) -> None:
        """A job that runs only once in that time is a worse one than ours."""
        self.now += timedelta(days=days)
        actions.tend(actor=HOUSE, at=self.now)
        if has_mail:
            for job in ProcrastinateJob.objects.filter(task_name=WRITING):
                send_letter(**job.args, actor=HOUSE, at=self.now)
                ProcrastinateJob.objects.filter(pk=job.pk).delete()

    # -- what must hold

    @invariant()
    def no_place_is_lost_without_ground(self) -> None:
        return_days = roster_of(self.scheme).validity.return_days
        assert complaints(self.lines, return_days=return_days) == []

    @invariant()
    def the_row_says_what_the_history_says(self) -> None:
        person, lines = self.person, self.lines
        assert (person.status, person.status_at, person.seniority_at) == (
            lines[-1].after,
            next(line.at for line in reversed(lines) if line.before != line.after),
            lines[-1].place,
        )
        assert clock.place(changes_of(person)) == person.seniority_at

    @invariant()
    def only_waiting_of_ones_own_counts(self) -> None:
        person, lines = self.person, self.lines
        runs = person.status in WAITING and not lines[-1].stops
        assert (person.valid_until is not None) == runs
        if runs:
            days = timedelta(days=roster_of(self.scheme).validity.waiting_days)
            assert person.valid_until == timezone.localdate(self.now + days - waited(lines, self.now))


@pytest.mark.slow
@pytest.mark.django_db
def test_on_no_path_is_a_place_lost_without_ground():
    AnyLife.scheme = make_scheme()
    many = how(
        max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    with override_settings(CAN_SEND_MAIL=True):
        run_state_machine_as_test(AnyLife, settings=many)


def line(before: str, after: str, days: int, place: int | None, **more) -> Line:
    at = NOON + timedelta(days=days)
    where = None if place is None else NOON + timedelta(days=place)
    return Line(before, after, more.pop("stops", False), more.pop("keeps", True), at, where, True, **more)


SENT = [line("registering", "checking", 0, 0), line("checking", "active", 1, 0)]


@pytest.mark.parametrize(
    "broken",
    [
        [*SENT, line("active", "reserved", 5, 0), line("reserved", "active", 9, 9)],
        [*SENT, line("active", "lapsed", 5, 0), line("lapsed", "checking", 9, 9, keeps=False)],
        [*SENT, line("active", "paused", 5, None)],
        [*SENT, line("active", "checking", 5, 5)],
    ],
)
def test_the_judge_sees_a_place_that_was_taken(broken):
    assert len(complaints(broken, return_days=365)) >= 1


def test_the_judge_accepts_what_is_stated():
    late = [line("active", "lapsed", 5, 0), line("lapsed", "checking", 500, 500, keeps=False)]

    assert complaints([*SENT, *late], return_days=365) == []


def forgetful(held: datetime | None, change: clock.Change) -> datetime | None:
    """A rule that forgets the place of those whose placement fell through."""
    return change.happened_at if change.before == "reserved" else held or change.happened_at


def test_the_judge_sees_a_broken_rule():
    """Without this, the machine might pass whatever the rules are."""
    path = ["registering", "checking", "active", "reserved", "active"]
    lines, held = [], None
    for days, (before, after) in enumerate(pairwise(path)):
        change = clock.Change(before, after, False, True, NOON + timedelta(days=days))
        held = forgetful(held, change)
        lines.append(Line(before, after, False, True, change.happened_at, held, True))

    assert complaints(lines, return_days=365) == ["reserved to active took the place away"]


@pytest.mark.django_db
def test_a_broken_rule_is_refused_by_the_database(monkeypatch):
    person = make_candidate(make_scheme())
    actions.move(candidate=person, reason=ReasonUse.RESERVING, actor=HOUSE, at=NOON)
    monkeypatch.setattr(clock, "place_after", forgetful)

    with pytest.raises(IntegrityError, match="lost only by a rule"), transaction.atomic():
        actions.move(candidate=person, reason=ReasonUse.FALLING_THROUGH, actor=HOUSE, at=NOON)

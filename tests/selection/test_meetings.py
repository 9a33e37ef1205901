"""A day of meetings: opened, both sides asked, planned by the engine, shown; nobody in two places."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.selection.making import AMINA, BIANCA, BRUNO, NOON, STRANGER, TINA, WATCHER, Made, make_round
from tests.selection.meeting_days import THURSDAY, accepted, asked, opened, published
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.selection.actions import auditing, available, meeting_days
from tragitto.selection.actions.booking import cancel
from tragitto.selection.models import Availability, Meeting, MeetingDay, Run
from tragitto.selection.queries.meetings import slots_of, to_meet
from tragitto.selection.queries.runs import run_for
from tragitto.selection.rules import audit
from tragitto.selection.vocabulary import MeetingState


@pytest.fixture
def made() -> Made:
    """Three posts of three firms, nine people."""
    return make_round()


def finding(refused) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_a_day_is_opened_once(made: Made):
    assert opened(made) == opened(made)


def test_a_day_has_the_slots_of_the_rules_with_a_pause(made: Made):
    begins = [each.begins_at for each in slots_of(opened(made))]

    assert begins[0] == datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
    assert not [each for each in begins if each.hour == 12 and each.minute < 30]


def test_each_slot_says_the_hour_of_both_sides(made: Made):
    rome, morocco = slots_of(opened(made))[0].local

    assert (f"{rome:%H:%M}", f"{morocco:%H:%M}") == ("09:00", "09:00")


@pytest.mark.parametrize(
    "actor", [WATCHER, BRUNO, AMINA, STRANGER], ids=["watcher", "firm", "person", "stranger"]
)
def test_only_who_arranges_opens_a_day(made: Made, actor):
    with pytest.raises(NotAllowed):
        meeting_days.open_day(round=made.round, on=THURSDAY, link="", actor=actor, at=NOON)


@pytest.mark.parametrize(
    ("on", "link", "code"),
    [
        (date(2026, 11, 23), "", "day_over"),
        (THURSDAY, "http://video.example", "link_not_safe"),
        (THURSDAY, "javascript:alert(1)", "link_not_safe"),
    ],
    ids=["today", "http", "script"],
)
def test_a_day_that_cannot_be_is_refused(made: Made, on, link, code):
    with pytest.raises(Blocked) as refused:
        meeting_days.open_day(round=made.round, on=on, link=link, actor=TINA, at=NOON)

    assert finding(refused) == [code]


def test_nobody_is_asked_before_somebody_accepted(made: Made):
    with pytest.raises(Blocked) as refused:
        meeting_days.ask(day=opened(made), actor=TINA, at=NOON)

    assert finding(refused) == ["nobody_to_meet"]


def test_asked_people_have_the_days_of_the_rules(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)

    assert day.answer_by == NOON + timedelta(days=made.round.rules.content["meeting"]["ask_days"])


def test_asking_again_moves_no_term(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)

    meeting_days.ask(day=day, actor=TINA, at=NOON + timedelta(hours=3))

    assert MeetingDay.objects.get().answer_by == day.answer_by


def test_a_person_says_when_they_cannot(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)
    first = slots_of(day)[0].begins_at

    available.say(day=day, who=made.amina, cannot=[first], interpreted_from="ar", actor=AMINA, at=NOON)

    said = Availability.objects.get()
    assert (said.cannot, said.interpreted_from) == ([first], "ar")


def test_said_again_it_replaces(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)
    slots = slots_of(day)

    for each in slots[:2]:
        available.say(day=day, who=made.amina, cannot=[each.begins_at], actor=AMINA, at=NOON)

    assert Availability.objects.get().cannot == [slots[1].begins_at]


def test_nobody_answers_for_somebody_else(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)

    for actor in (BRUNO, STRANGER, TINA):
        with pytest.raises(NotAllowed):
            available.say(day=day, who=made.amina, cannot=[], actor=actor, at=NOON)


def test_a_firm_answers_by_who_acts_for_it(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)

    available.say(day=day, who=made.firms[0], cannot=[], actor=BRUNO, at=NOON)

    with pytest.raises(NotAllowed):
        available.say(day=day, who=made.firms[0], cannot=[], actor=BIANCA, at=NOON)


def test_who_cannot_at_all_is_told_what_to_do(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)

    with pytest.raises(Blocked) as refused:
        every = [each.begins_at for each in slots_of(day)]
        available.say(day=day, who=made.amina, cannot=every, actor=AMINA, at=NOON)

    assert finding(refused) == ["no_slot_left"]


def test_after_the_term_nothing_is_taken(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)

    with pytest.raises(Blocked) as refused:
        available.say(
            day=day, who=made.amina, cannot=[], actor=AMINA, at=day.answer_by + timedelta(seconds=1)
        )

    assert finding(refused) == ["answer_over"]


def test_an_hour_that_is_no_slot_is_refused(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)

    with pytest.raises(Blocked) as refused:
        available.say(day=day, who=made.amina, cannot=[NOON], actor=AMINA, at=NOON)

    assert finding(refused) == ["no_such_slot"]


def test_the_plan_gives_everybody_a_slot_and_shows_nothing_yet(made: Made):
    accepted(made, {0: [0, 1, 2], 1: [0, 1, 2], 2: [0, 1, 2]})
    run = meeting_days.plan(day=asked(made), actor=TINA, at=NOON)

    assert (len(run.result["meetings"]), run.result["waiting"]) == (9, [])
    assert run.proof["faults"] == []
    assert Meeting.objects.count() == 0


def test_three_tables_and_three_people_need_three_slots(made: Made):
    accepted(made, {0: [0, 1, 2], 1: [0, 1, 2], 2: [0, 1, 2]})
    run = meeting_days.plan(day=asked(made), actor=TINA, at=NOON)

    assert run.proof["fewest_slots"] == 3


def test_nobody_is_planned_when_they_cannot(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)
    slots = slots_of(day)
    available.say(
        day=day, who=made.amina, cannot=[each.begins_at for each in slots[:-1]], actor=AMINA, at=NOON
    )

    run = meeting_days.plan(day=day, actor=TINA, at=NOON)

    assert [each["slot"] for each in run.result["meetings"]] == [len(slots) - 1]


def test_a_published_plan_becomes_meetings(made: Made):
    _day, meetings = published(made, {0: [0, 1], 1: [0, 1]})

    assert Counter(each.employer for each in meetings) == {made.firms[0]: 2, made.firms[1]: 2}
    assert list(to_meet(made.round)) == []


def test_publishing_again_makes_nothing_twice(made: Made):
    day, meetings = published(made, {0: [0, 1]})

    assert meeting_days.publish_plan(day=day, actor=TINA, at=NOON + timedelta(days=1)) == []
    assert Meeting.objects.count() == len(meetings)


def test_nothing_is_published_without_a_plan(made: Made):
    accepted(made, {0: [0]})

    with pytest.raises(Blocked) as refused:
        meeting_days.publish_plan(day=asked(made), actor=TINA, at=NOON)

    assert finding(refused) == ["no_plan"]


def test_the_same_day_planned_again_gives_the_same(made: Made):
    accepted(made, {0: [0, 1], 1: [0, 1]})
    day = asked(made)

    runs = [meeting_days.plan(day=day, actor=TINA, at=NOON) for _again in range(2)]

    assert runs[0].result_hash == runs[1].result_hash
    assert Run.objects.count() >= 2


def test_meetings_of_another_round_are_planned_around(made: Made):
    other = make_round(posts=1, candidates=1)
    _day, (elsewhere,) = published(other, {0: [0]})
    accepted(made, {0: [0]})
    day = asked(made)
    Meeting.objects.filter(pk=elsewhere.pk).update(candidate=made.amina)

    run = meeting_days.plan(day=day, actor=TINA, at=NOON)

    (planned,) = run.result["meetings"]
    assert slots_of(day)[planned["slot"]].begins_at >= elsewhere.ends_at


def test_a_plan_overtaken_by_another_meeting_is_planned_anew(made: Made):
    other = make_round(posts=1, candidates=1)
    _day, (elsewhere,) = published(other, {0: [0]})
    accepted(made, {0: [0]})
    day = asked(made)
    meeting_days.plan(day=day, actor=TINA, at=NOON)
    Meeting.objects.filter(pk=elsewhere.pk).update(candidate=made.amina)

    with pytest.raises(Blocked) as refused:
        meeting_days.publish_plan(day=day, actor=TINA, at=NOON)

    assert finding(refused) == ["plan_overtaken"]
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("party", ["candidate", "employer", "interpreter"])
def test_the_database_lets_nobody_be_in_two_meetings_at_once(made: Made, party):
    _day, meetings = published(made, {0: [0, 1], 1: [2, 3]})
    guide, _secret = meeting_days.add_interpreter(
        round=made.round, name="Imane", email="imane@example.org", languages=["ar"], actor=TINA, at=NOON
    )
    Meeting.objects.filter(pk=meetings[0].pk).update(interpreter=guide)
    first, second = meetings[0], next(each for each in meetings if each.starts_at != meetings[0].starts_at)
    first.refresh_from_db()

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=second.pk).update(
            **{party: getattr(first, party)}, starts_at=first.starts_at, ends_at=first.ends_at
        )


def test_a_meeting_that_was_cancelled_takes_no_time(made: Made):
    _day, meetings = published(made, {0: [0, 1]})
    first, second = meetings
    Meeting.objects.filter(pk=first.pk).update(state=MeetingState.CANCELLED)

    Meeting.objects.filter(pk=second.pk).update(starts_at=first.starts_at, ends_at=first.ends_at)

    assert Meeting.objects.get(pk=second.pk).starts_at == first.starts_at


def test_the_file_of_a_plan_can_be_verified_by_anybody(made: Made):
    accepted(made, {0: [2, 0, 1], 1: [1, 2, 0], 2: [0, 2]})
    run = meeting_days.plan(day=asked(made), actor=TINA, at=NOON)

    handed = auditing.hand_out(run=run_for(TINA, run.code), actor=TINA, at=NOON)

    assert audit.faults_in(handed) == []


def test_shown_again_nobody_is_booked_who_cancelled_since(made: Made):
    day, (meeting,) = published(made, {0: [0]})
    cancel(meeting=meeting, ground="", actor=AMINA, at=NOON + timedelta(hours=3))

    assert meeting_days.publish_plan(day=day, actor=TINA, at=NOON + timedelta(hours=4)) == []


def test_a_plan_with_an_hour_that_was_taken_back_is_made_anew(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)
    run = meeting_days.plan(day=day, actor=TINA, at=NOON + timedelta(hours=1))
    hour = slots_of(day)[run.result["meetings"][0]["slot"]].begins_at
    available.say(day=day, who=made.firms[0], cannot=[hour], actor=BRUNO, at=NOON + timedelta(hours=2))

    with pytest.raises(Blocked) as refused:
        meeting_days.publish_plan(day=day, actor=TINA, at=NOON + timedelta(hours=3))

    assert finding(refused) == ["plan_overtaken"]

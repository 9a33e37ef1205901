"""What changes on a day that stands: the address, who interprets, a day called off, a term that is over."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.selection.making import AMINA, BRUNO, HOUSE, NOON, TINA, WATCHER, Made, make_round
from tests.selection.meeting_days import LINK, THURSDAY, accepted, asked, opened, published
from tests.selection.test_booking import LATER, finding, of_amina, waiting
from tests.selection.test_mending import begun, interpreter, wishes
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.selection import calendars
from tragitto.selection.actions import meeting_days
from tragitto.selection.actions.available import say
from tragitto.selection.actions.booking import book, cancel, mark, move
from tragitto.selection.actions.day_changes import (
    call_off,
    change_address,
    choose_interpreter,
    interpreter_leaves,
)
from tragitto.selection.actions.releasing import release
from tragitto.selection.actions.reminding import remind
from tragitto.selection.models import Availability, Interpreter, Meeting, MeetingDay, Round
from tragitto.selection.queries.meetings import interpreter_by, link_of, slots_of
from tragitto.selection.queries.mending import seats
from tragitto.selection.vocabulary import MeetingState


@pytest.fixture
def made() -> Made:
    """Three posts of three firms, nine people."""
    return make_round()


@pytest.fixture
def day(made: Made) -> MeetingDay:
    """Amina and another person meet the first firm."""
    found, _meetings = published(made, {0: [0, 1]})
    return found


NEW = "https://other.example/{meeting}"


def test_a_new_address_holds_for_every_meeting_to_come_and_for_calendars(made: Made, day):
    assert change_address(day=day, link=NEW, actor=TINA, at=LATER) == 2

    it = Meeting.objects.select_related("day").get(candidate=made.amina)
    (event,) = Calendar.from_ical(calendars.calendar([it], str, at=LATER)).walk("VEVENT")
    assert (link_of(it), event["SEQUENCE"]) == (f"https://other.example/{it.code}", 1)


def test_the_same_address_again_tells_nobody(day):
    assert change_address(day=day, link=LINK, actor=TINA, at=LATER) == 0


def test_one_meeting_has_an_address_of_its_own_and_keeps_it(made: Made, day):
    change_address(day=day, meeting=of_amina(made), link="https://own.example/a", actor=TINA, at=LATER)

    assert change_address(day=day, link=NEW, actor=TINA, at=LATER) == 1
    assert link_of(of_amina(made)) == "https://own.example/a"


def test_another_kind_of_address_is_refused(day):
    with pytest.raises(Blocked) as refused:
        change_address(day=day, link="http://open.example", actor=TINA, at=LATER)

    assert finding(refused) == ["link_not_safe"]


def test_a_day_opened_again_with_another_address_is_not_swallowed(made: Made, day):
    with pytest.raises(Blocked) as refused:
        meeting_days.open_day(round=made.round, on=THURSDAY, link=NEW, actor=TINA, at=NOON)

    assert finding(refused) == ["day_is_open"]


@pytest.fixture
def guided(made: Made) -> tuple[MeetingDay, Interpreter]:
    """Amina meets the first firm with an interpreter."""
    accepted(made, {0: [0]})
    day = asked(made)
    guide = interpreter(made, day)
    wishes(day, day.round.posts.get(pk=made.posts[0].pk).shortlist.get())
    meeting_days.plan(day=day, actor=TINA, at=NOON)
    meeting_days.publish_plan(day=day, actor=TINA, at=NOON)
    assert of_amina(made).interpreter == guide
    return day, guide


def test_who_interprets_no_more_has_no_page_and_another_one_is_sought(made: Made, guided):
    _day, guide = guided
    _same, secret = meeting_days.add_interpreter(
        round=made.round, name="Fatima", email=guide.email, languages=["ar"], actor=TINA, at=NOON
    )
    other = interpreter(made, guided[0], email="other@example.org")

    assert interpreter_leaves(interpreter=guide, actor=TINA, at=LATER) == []

    assert of_amina(made).interpreter == other
    with pytest.raises(LookupError):
        interpreter_by(secret)
    assert interpreter_leaves(interpreter=guide, actor=TINA, at=LATER) == []


def test_a_meeting_left_without_an_interpreter_is_said(made: Made, guided):
    _day, guide = guided

    assert interpreter_leaves(interpreter=guide, actor=TINA, at=LATER) == [of_amina(made)]
    assert (of_amina(made).interpreter, of_amina(made).sequence) == (None, 1)


def test_the_desk_chooses_who_interprets(made: Made, guided):
    day, _guide = guided
    other = interpreter(made, day, email="other@example.org")

    choose_interpreter(meeting=of_amina(made), interpreter=other, actor=TINA, at=LATER)

    assert of_amina(made).interpreter == other


def test_who_cannot_then_is_not_chosen(made: Made, guided):
    day, _guide = guided
    hours = [each.begins_at for each in slots_of(day)]
    other = interpreter(made, day, email="other@example.org", cannot=hours)

    with pytest.raises(Blocked) as refused:
        choose_interpreter(meeting=of_amina(made), interpreter=other, actor=TINA, at=LATER)

    assert finding(refused) == ["interpreter_not_free"]


def test_one_address_interprets_once_at_a_time_in_whatever_round(made: Made, guided):
    _day, guide = guided
    other = make_round(posts=1, candidates=1)
    accepted(other, {0: [0]})
    there = asked(other)
    interpreter(other, there, email=guide.email)
    wishes(there, other.posts[0].shortlist.get())
    meeting_days.plan(day=there, actor=TINA, at=NOON)
    meeting_days.publish_plan(day=there, actor=TINA, at=NOON)

    both = Meeting.objects.filter(interpreter__email=guide.email).values_list("starts_at", flat=True)

    assert len(set(both)) == 2


def test_who_finds_no_interpreter_meets_without_one(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)
    wishes(day, made.posts[0].shortlist.get())

    run = meeting_days.plan(day=day, actor=TINA, at=NOON)

    assert [each["interpreter"] for each in run.result["meetings"]] == [""]
    assert run.result["without_interpreter"] == [made.posts[0].shortlist.get().code]
    assert run.proof["faults"] == []


def test_a_day_called_off_gives_no_hour_to_anybody(made: Made, day):
    row = waiting(made)

    assert call_off(day=day, ground="A power cut.", actor=TINA, at=LATER) == 2
    assert call_off(day=day, ground="A power cut.", actor=TINA, at=LATER) == 0

    assert set(Meeting.objects.values_list("state", "ground")) == {("cancelled", "A power cut.")}
    assert not Meeting.objects.filter(shortlisted=row).exists()
    assert seats(day, at=LATER) == []


def test_a_day_is_called_off_with_a_ground(day):
    with pytest.raises(Blocked) as refused:
        call_off(day=day, ground=" ", actor=TINA, at=LATER)

    assert finding(refused) == ["ground_missing"]


@pytest.mark.parametrize("actor", [AMINA, BRUNO, WATCHER], ids=["person", "firm", "watcher"])
def test_only_the_desk_changes_a_day(made: Made, guided, actor):
    day, guide = guided
    acts = [
        lambda: change_address(day=day, link=NEW, actor=actor, at=LATER),
        lambda: choose_interpreter(meeting=of_amina(made), interpreter=None, actor=actor, at=LATER),
        lambda: interpreter_leaves(interpreter=guide, actor=actor, at=LATER),
        lambda: call_off(day=day, ground="No.", actor=actor, at=LATER),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def closed(made: Made) -> None:
    Round.objects.update(closed_at=LATER)


def test_in_a_closed_round_nothing_is_arranged_any_more(made: Made, day):
    row, last = waiting(made), slots_of(day)[-1].begins_at
    closed(made)
    day = MeetingDay.objects.select_related("round__rules", "round__scheme").get(pk=day.pk)
    acts = [
        lambda: book(shortlisted=row, day=day, starts_at=last, actor=TINA, at=LATER),
        lambda: move(meeting=of_amina(made), starts_at=last, actor=AMINA, at=LATER),
        lambda: meeting_days.ask(day=day, actor=TINA, at=LATER),
        lambda: meeting_days.publish_plan(day=day, actor=TINA, at=LATER),
        lambda: interpreter(made, day),
    ]
    for act in acts:
        with pytest.raises(Blocked) as refused:
            act()
        assert finding(refused) == ["round_not_open"]


def test_meetings_to_come_of_a_closed_round_are_off_and_nobody_is_reminded(made: Made, day):
    closed(made)

    assert remind(actor=HOUSE, at=of_amina(made).starts_at - timedelta(hours=1)) == 0
    assert release(actor=HOUSE, at=LATER) == 2


def test_a_plan_whose_hours_are_past_is_not_published(made: Made):
    accepted(made, {0: [0]})
    day = asked(made)
    meeting_days.plan(day=day, actor=TINA, at=NOON)
    late = slots_of(day)[1].begins_at

    with pytest.raises(Blocked) as refused:
        meeting_days.publish_plan(day=day, actor=TINA, at=late)

    assert finding(refused) == ["plan_past"]
    meeting_days.plan(day=day, actor=TINA, at=late)
    (booked,) = meeting_days.publish_plan(day=day, actor=TINA, at=late)
    assert booked.starts_at > late


def test_answers_are_taken_until_the_day_begins(made: Made):
    accepted(made, {0: [0]})
    day = meeting_days.open_day(
        round=made.round, on=NOON.date() + timedelta(days=2), link=LINK, actor=TINA, at=NOON
    )
    meeting_days.ask(day=day, actor=TINA, at=NOON)

    day.refresh_from_db()
    assert day.answer_by < slots_of(day)[0].begins_at


def test_on_the_day_itself_nobody_is_asked(made: Made):
    accepted(made, {0: [0]})
    day = opened(made)

    with pytest.raises(Blocked) as refused:
        meeting_days.ask(day=day, actor=TINA, at=slots_of(day)[0].begins_at)

    assert finding(refused) == ["day_begun"]


def test_an_hour_with_a_meeting_is_not_taken_back(made: Made, day):
    with pytest.raises(Blocked) as refused:
        say(day=day, who=made.firms[0], cannot=[of_amina(made).starts_at], actor=BRUNO, at=LATER)

    assert finding(refused) == ["meeting_stands"]
    assert not Availability.objects.filter(employer=made.firms[0]).exists()


def test_cancelling_and_booking_again_counts_as_moving(made: Made, day):
    hours = [each.begins_at for each in slots_of(day)][-3:]
    row = of_amina(made).shortlisted
    cancel(meeting=of_amina(made), ground="", actor=AMINA, at=LATER)
    for hour in hours[:2]:
        again = book(shortlisted=row, day=day, starts_at=hour, actor=AMINA, at=LATER)
        cancel(meeting=again, ground="", actor=AMINA, at=LATER)

    with pytest.raises(Blocked) as refused:
        book(shortlisted=row, day=day, starts_at=hours[2], actor=AMINA, at=LATER)

    assert finding(refused) == ["moved_enough"]
    assert book(shortlisted=row, day=day, starts_at=hours[2], actor=TINA, at=LATER)


def test_who_cancelled_does_not_choose_a_time_that_is_near(made: Made, day):
    it, last = of_amina(made), slots_of(day)[-1].begins_at
    cancel(meeting=it, ground="", actor=AMINA, at=LATER)

    with pytest.raises(Blocked) as refused:
        book(shortlisted=it.shortlisted, day=day, starts_at=last, actor=AMINA, at=last - timedelta(hours=2))

    assert finding(refused) == ["too_late"]


def test_a_cancellation_does_not_fail_because_of_the_waiting_list(made: Made, day, monkeypatch):
    waiting(made)

    def taken(*args: object, **kwargs: object) -> None:
        raise Blocked([])

    monkeypatch.setattr("tragitto.selection.actions.filling.make", taken)

    assert cancel(meeting=of_amina(made), ground="", actor=AMINA, at=LATER).state == MeetingState.CANCELLED


def test_a_mark_whose_time_was_given_on_says_what_to_do(made: Made, day):
    row, missed = waiting(made), of_amina(made)
    mark(meeting=missed, state=MeetingState.CANDIDATE_MISSED, actor=TINA, at=begun(missed))
    book(shortlisted=row, day=day, starts_at=missed.starts_at, actor=TINA, at=begun(missed))

    with pytest.raises(Blocked) as refused:
        mark(meeting=missed, state=MeetingState.HELD, actor=TINA, at=begun(missed))

    assert finding(refused) == ["time_given_on"]


@pytest.mark.parametrize("people", [1, 3])
def test_where_nothing_is_due_reminding_costs_one_query(made: Made, people, django_assert_num_queries):
    published(made, {0: list(range(people))})

    with django_assert_num_queries(1):
        assert remind(actor=HOUSE, at=LATER) == 0


def test_one_meeting_that_cannot_be_released_stops_no_other(made: Made, day, monkeypatch):
    closed(made)
    stubborn = of_amina(made).pk

    def or_not(*, meeting: Meeting, **rest: object) -> Meeting:
        if meeting.pk == stubborn:
            raise Blocked(meeting_days.Finding("no", "no"))
        return cancel(meeting=meeting, **rest)

    monkeypatch.setattr("tragitto.selection.actions.releasing.cancel", or_not)

    assert release(actor=HOUSE, at=LATER) == 1

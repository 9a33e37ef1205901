"""One meeting: booked, moved, cancelled, marked; a slot that becomes free goes to who waits."""

from datetime import timedelta

import pytest

from tests.selection.making import AMINA, BRUNO, NOON, STRANGER, TINA, WATCHER, Made, make_round
from tests.selection.meeting_days import THURSDAY, accepted, opened, published
from tests.selection.shortlisted import say
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.selection.actions.booking import book, cancel, move
from tragitto.selection.models import Meeting, MeetingDay, Shortlisted
from tragitto.selection.queries.meetings import free_slots, slots_of
from tragitto.selection.vocabulary import MeetingState

LATER = NOON + timedelta(hours=3)


@pytest.fixture
def made() -> Made:
    """Three posts of three firms, nine people."""
    return make_round()


@pytest.fixture
def day_of_two(made: Made) -> tuple[MeetingDay, list[Meeting]]:
    """Amina and another person meet the first firm, one after the other."""
    return published(made, {0: [0, 1]})


def of_amina(made: Made) -> Meeting:
    return Meeting.objects.select_related("day__round__rules").get(candidate=made.amina)


def finding(refused) -> list[str]:
    return [each.code for each in refused.value.findings]


def last_slot(day: MeetingDay):
    return slots_of(day)[-1].begins_at


def test_a_person_moves_their_meeting_to_a_free_slot(made: Made, day_of_two):
    day, _meetings = day_of_two

    moved = move(meeting=of_amina(made), starts_at=last_slot(day), actor=AMINA, at=LATER)

    assert (moved.starts_at, moved.moves, moved.sequence) == (last_slot(day), 1, 1)
    assert moved.ends_at - moved.starts_at == timedelta(minutes=30)


def test_the_same_slot_again_changes_nothing(made: Made, day_of_two):
    meeting = of_amina(made)

    assert move(meeting=meeting, starts_at=meeting.starts_at, actor=AMINA, at=LATER).sequence == 0


def test_a_slot_that_the_firm_has_given_is_not_free(made: Made, day_of_two):
    other = Meeting.objects.exclude(candidate=made.amina).get()

    with pytest.raises(Blocked) as refused:
        move(meeting=of_amina(made), starts_at=other.starts_at, actor=AMINA, at=LATER)

    assert finding(refused) == ["slot_taken"]


def test_it_is_moved_as_often_as_the_rules_say(made: Made, day_of_two):
    day, _meetings = day_of_two
    slots = [each.begins_at for each in slots_of(day)][-3:]
    for each in slots[:2]:
        move(meeting=of_amina(made), starts_at=each, actor=AMINA, at=LATER)

    with pytest.raises(Blocked) as refused:
        move(meeting=of_amina(made), starts_at=slots[2], actor=AMINA, at=LATER)

    assert finding(refused) == ["moved_enough"]


def test_near_the_meeting_the_person_cannot_move_it_any_more(made: Made, day_of_two):
    day, _meetings = day_of_two
    meeting = of_amina(made)

    with pytest.raises(Blocked) as refused:
        move(
            meeting=meeting,
            starts_at=last_slot(day),
            actor=AMINA,
            at=meeting.starts_at - timedelta(hours=24) + timedelta(seconds=1),
        )

    assert finding(refused) == ["too_late"]


def test_the_desk_still_can(made: Made, day_of_two):
    day, _meetings = day_of_two
    meeting = of_amina(made)

    moved = move(
        meeting=meeting, starts_at=last_slot(day), actor=TINA, at=meeting.starts_at - timedelta(hours=3)
    )

    assert (moved.starts_at, moved.moves) == (last_slot(day), 0)


@pytest.mark.parametrize("actor", [BRUNO, STRANGER, WATCHER], ids=["firm", "stranger", "watcher"])
def test_nobody_else_moves_it(made: Made, day_of_two, actor):
    with pytest.raises(NotAllowed):
        move(meeting=of_amina(made), starts_at=last_slot(day_of_two[0]), actor=actor, at=LATER)


def test_a_person_cancels_without_a_reason(made: Made, day_of_two):
    assert cancel(meeting=of_amina(made), ground="", actor=AMINA, at=LATER).state == MeetingState.CANCELLED


def test_the_desk_says_why_it_cancels(made: Made, day_of_two):
    with pytest.raises(Blocked) as refused:
        cancel(meeting=of_amina(made), ground=" ", actor=TINA, at=LATER)

    assert finding(refused) == ["ground_missing"]


def test_cancelling_again_changes_nothing(made: Made, day_of_two):
    once = cancel(meeting=of_amina(made), ground="", actor=AMINA, at=LATER)

    assert cancel(meeting=once, ground="", actor=AMINA, at=LATER).sequence == once.sequence


def waiting(made: Made, number: int = 2) -> Shortlisted:
    """One more person has accepted the first firm after the plan was made."""
    (row,) = accepted(made, {0: [number]})
    return row


def test_a_cancelled_slot_goes_to_who_waits(made: Made, day_of_two):
    row, meeting = waiting(made), of_amina(made)

    cancel(meeting=meeting, ground="", actor=AMINA, at=LATER)

    assert Meeting.objects.get(shortlisted=row).starts_at == meeting.starts_at


def test_nobody_else_moves_when_a_slot_becomes_free(made: Made, day_of_two):
    other = Meeting.objects.exclude(candidate=made.amina).get()
    waiting(made)

    cancel(meeting=of_amina(made), ground="", actor=AMINA, at=LATER)

    assert Meeting.objects.get(pk=other.pk).starts_at == other.starts_at


def test_a_slot_that_begins_within_the_hour_is_offered_to_nobody(made: Made, day_of_two):
    row, meeting = waiting(made), of_amina(made)

    cancel(meeting=meeting, ground="", actor=AMINA, at=meeting.starts_at - timedelta(minutes=30))

    assert not Meeting.objects.filter(shortlisted=row).exists()


def test_who_waits_books_a_free_slot(made: Made, day_of_two):
    day, _meetings = day_of_two
    row = waiting(made)

    booked = book(shortlisted=row, day=day, starts_at=last_slot(day), actor=TINA, at=LATER)

    assert booked.starts_at == last_slot(day)


def test_booking_the_same_again_gives_the_same(made: Made, day_of_two):
    day, _meetings = day_of_two
    row = waiting(made)

    both = [
        book(shortlisted=row, day=day, starts_at=last_slot(day), actor=TINA, at=LATER) for _twice in range(2)
    ]

    assert both[0] == both[1]


def test_who_has_a_meeting_moves_it_instead(made: Made, day_of_two):
    day, _meetings = day_of_two
    row = of_amina(made).shortlisted

    with pytest.raises(Blocked) as refused:
        book(shortlisted=row, day=day, starts_at=last_slot(day), actor=AMINA, at=LATER)

    assert finding(refused) == ["has_a_meeting"]


def test_who_said_no_is_booked_for_nothing(made: Made, day_of_two):
    day, _meetings = day_of_two
    row = waiting(made)
    say(row, Answer.DECLINED)

    with pytest.raises(Blocked) as refused:
        book(shortlisted=row, day=day, starts_at=last_slot(day), actor=TINA, at=LATER)

    assert finding(refused) == ["not_waiting"]


def test_a_slot_that_is_past_is_refused(made: Made, day_of_two):
    day, _meetings = day_of_two
    row = waiting(made)

    with pytest.raises(Blocked) as refused:
        book(
            shortlisted=row,
            day=day,
            starts_at=last_slot(day),
            actor=TINA,
            at=last_slot(day) + timedelta(minutes=30),
        )

    assert finding(refused) == ["slot_past"]


def test_the_desk_books_who_was_called_into_a_slot_that_has_begun(made: Made, day_of_two):
    day, _meetings = day_of_two
    row, slot = waiting(made), last_slot(day)

    booked = book(shortlisted=row, day=day, starts_at=slot, actor=TINA, at=slot + timedelta(minutes=5))

    assert booked.starts_at == slot


def test_a_person_does_not_book_on_a_day_that_is_not_shown(made: Made):
    (row,) = accepted(made, {0: [0]})
    day = opened(made)

    with pytest.raises(Blocked) as refused:
        book(shortlisted=row, day=day, starts_at=last_slot(day), actor=AMINA, at=LATER)

    assert finding(refused) == ["day_not_shown"]


def test_nobody_is_booked_on_a_day_of_another_round(made: Made):
    (row,) = accepted(made, {0: [0]})
    day = opened(make_round(posts=1, candidates=1))

    with pytest.raises(Blocked) as refused:
        book(shortlisted=row, day=day, starts_at=last_slot(day), actor=TINA, at=LATER)

    assert finding(refused) == ["day_not_shown"]


def test_free_slots_leave_out_the_meetings_of_both_sides(made: Made, day_of_two):
    day, meetings = day_of_two
    row = waiting(made)

    free = {each.begins_at for each in free_slots(day, row)}

    assert free == {each.begins_at for each in slots_of(day)} - {each.starts_at for each in meetings}


def test_a_day_that_is_not_published_offers_nothing_on(made: Made):
    accepted(made, {0: [0]})
    day = opened(made, THURSDAY)
    row = Shortlisted.objects.get()

    booked = book(shortlisted=row, day=day, starts_at=last_slot(day), actor=TINA, at=NOON)
    waiting(made, 1)
    cancel(meeting=booked, ground="Illness", actor=TINA, at=NOON)

    assert Meeting.objects.count() == 1


def test_who_cancelled_is_not_given_the_slot_back(made: Made, day_of_two):
    cancel(meeting=of_amina(made), ground="", actor=AMINA, at=LATER)

    assert Meeting.objects.filter(candidate=made.amina).get().state == MeetingState.CANCELLED

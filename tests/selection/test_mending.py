"""A day mended on the day: who takes a free hour, whom nobody moves, who is asked to, who was faster."""

from datetime import timedelta

import pytest

from tests.selection.making import BRUNO, NOON, TINA, WATCHER, Made, make_round
from tests.selection.meeting_days import accepted, published
from tests.selection.test_booking import LATER, finding, of_amina, waiting
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.schemes.models import SelectionRules
from tragitto.selection.actions import meeting_days
from tragitto.selection.actions.booking import book, cancel, mark, move
from tragitto.selection.actions.mending import make_room, take_up
from tragitto.selection.models import Availability, Interpreter, Meeting, MeetingDay
from tragitto.selection.queries.meetings import slots_of
from tragitto.selection.queries.mending import Room, room_for_lost, seats
from tragitto.selection.vocabulary import MeetingState


@pytest.fixture
def made() -> Made:
    """Three posts of three firms, nine people."""
    return make_round(seats=2)


@pytest.fixture
def day(made: Made) -> MeetingDay:
    """Amina and another person meet the first firm, one after the other."""
    found, _meetings = published(made, {0: [0, 1]})
    return found


def begun(meeting: Meeting):
    return meeting.starts_at + timedelta(minutes=5)


def wishes(day: MeetingDay, row) -> None:
    """The person of `row` would like an interpreter."""
    said = {"answered_at": NOON, "answered_by": "U", "interpreted_from": "ar"}
    Availability.objects.create(day=day, party="candidate", candidate=row.candidate, **said)


def interpreter(made: Made, day: MeetingDay, *, cannot=(), email: str = "f@example.org") -> Interpreter:
    """Somebody who interprets from Arabic, and cannot at these hours."""
    guide, _secret = meeting_days.add_interpreter(
        round=made.round, name="Fatima", email=email, languages=["ar"], actor=TINA, at=NOON
    )
    said = {"answered_at": NOON, "answered_by": "U", "cannot": list(cannot)}
    Availability.objects.update_or_create(day=day, party="interpreter", interpreter=guide, defaults=said)
    return guide


def test_after_a_no_show_the_running_hour_is_proposed_to_who_waits(made: Made, day):
    row, missed = waiting(made), of_amina(made)
    mark(meeting=missed, state=MeetingState.CANDIDATE_MISSED, actor=TINA, at=begun(missed))

    (seat,) = seats(day, at=begun(missed))

    assert (seat.pair, seat.slot.begins_at) == (row, missed.starts_at)
    assert seat.has_begun(begun(missed))
    assert Meeting.objects.filter(shortlisted=row).count() == 0


def test_who_did_not_come_is_proposed_nothing(made: Made, day):
    missed = of_amina(made)
    mark(meeting=missed, state=MeetingState.CANDIDATE_MISSED, actor=TINA, at=begun(missed))

    assert seats(day, at=begun(missed)) == []


def test_whom_the_firm_left_alone_comes_before_who_waits(made: Made, day):
    missed = of_amina(made)
    waiting(made)
    mark(meeting=missed, state=MeetingState.EMPLOYER_MISSED, actor=TINA, at=begun(missed))

    found = seats(day, at=begun(missed))

    assert {each.pair.candidate for each in found if each.lost} == {made.amina}
    assert missed.starts_at not in {each.slot.begins_at for each in found}
    assert found[0].pair.candidate == made.amina


def test_half_over_an_hour_is_not_proposed_any_more(made: Made, day):
    waiting(made)
    missed = of_amina(made)
    late = missed.starts_at + timedelta(minutes=15)
    mark(meeting=missed, state=MeetingState.CANDIDATE_MISSED, actor=TINA, at=late)

    assert missed.starts_at not in {each.slot.begins_at for each in seats(day, at=late)}


def test_an_hour_at_which_either_side_cannot_is_proposed_to_nobody(made: Made, day):
    row = waiting(made)
    said = {"answered_at": NOON, "answered_by": "U", "cannot": [each.begins_at for each in slots_of(day)]}
    Availability.objects.create(day=day, party="candidate", candidate=row.candidate, **said)

    assert seats(day, at=LATER) == []


def test_who_wished_for_an_interpreter_has_an_hour_with_one_if_there_is_any(made: Made, day):
    row, hours = waiting(made), [each.begins_at for each in slots_of(day)]
    wishes(day, row)
    guide = interpreter(made, day, cannot=hours[:7])

    (seat,) = seats(day, at=LATER)

    assert (seat.slot.begins_at, seat.lacks_interpreter) == (hours[7], False)
    (booked,) = take_up(day=day, seats=[(row, hours[7])], actor=TINA, at=LATER)
    assert booked.interpreter == guide


def test_where_no_interpreter_is_free_the_proposal_says_so(made: Made, day):
    wishes(day, waiting(made))

    (seat,) = seats(day, at=LATER)

    assert seat.lacks_interpreter


def test_a_day_that_is_not_shown_proposes_nothing(made: Made, day):
    waiting(made)
    MeetingDay.objects.update(published_at=None)
    day.refresh_from_db()

    assert seats(day, at=LATER) == []


def test_a_proposal_taken_up_twice_books_once(made: Made, day):
    row = waiting(made)
    (seat,) = seats(day, at=LATER)
    wanted = [(row, seat.slot.begins_at)]

    both = [take_up(day=day, seats=wanted, actor=TINA, at=LATER) for _twice in range(2)]

    assert both[0] == both[1] == [Meeting.objects.get(shortlisted=row)]


def test_an_hour_that_was_taken_meanwhile_is_said_and_nobody_is_booked(made: Made, day):
    first, second = accepted(made, {0: [2, 3]})
    proposal = [(each.pair, each.slot.begins_at) for each in seats(day, at=LATER)]
    assert {pair for pair, _hour in proposal} == {first, second}
    move(meeting=of_amina(made), starts_at=proposal[1][1], actor=TINA, at=LATER)
    there = Meeting.objects.count()

    with pytest.raises(Blocked) as refused:
        take_up(day=day, seats=proposal, actor=TINA, at=LATER)

    assert finding(refused) in (["slot_taken"], ["has_a_meeting"])
    assert "nobody was booked" in str(refused.value.findings[0].text)
    assert Meeting.objects.count() == there


@pytest.mark.parametrize("actor", [BRUNO, WATCHER], ids=["firm", "watcher"])
def test_only_the_desk_takes_a_proposal_up(made: Made, day, actor):
    with pytest.raises(NotAllowed):
        take_up(day=day, seats=[(waiting(made), slots_of(day)[-1].begins_at)], actor=actor, at=LATER)


def test_a_firm_cancels_and_its_hour_goes_to_nobody(made: Made, day):
    row, meeting = waiting(made), of_amina(made)

    cancel(meeting=meeting, ground="", actor=BRUNO, at=LATER)

    said = Availability.objects.get(employer=made.firms[0])
    assert said.cannot == [meeting.starts_at]
    assert not Meeting.objects.filter(shortlisted=row, starts_at=meeting.starts_at).exists()
    assert seats(day, at=LATER)[0].pair.candidate == made.amina


def test_the_desk_cancels_for_the_firm(made: Made, day):
    row, meeting = waiting(made), of_amina(made)

    cancel(meeting=meeting, ground="They rang.", firm_cannot=True, actor=TINA, at=LATER)

    assert not Meeting.objects.filter(shortlisted=row).exists()
    assert {each.pair.candidate for each in seats(day, at=LATER) if each.lost} == {made.amina}


def test_a_firm_does_not_cancel_what_has_begun(made: Made, day):
    meeting = of_amina(made)

    with pytest.raises(Blocked) as refused:
        cancel(meeting=meeting, ground="", actor=BRUNO, at=meeting.starts_at)

    assert finding(refused) == ["has_begun"]


def test_a_firm_chooses_no_other_time(made: Made, day):
    with pytest.raises(NotAllowed):
        move(meeting=of_amina(made), starts_at=slots_of(day)[-1].begins_at, actor=BRUNO, at=LATER)


@pytest.fixture
def crowded(made: Made) -> tuple[MeetingDay, Meeting, Meeting]:
    """Amina's firm did not come at eleven. It is free again when she cannot, and in the last hour another
    person of it could come as well: only if that one moves is there an hour for her.
    """
    day, _meetings = published(made, {0: [0, 1]})
    hours = [each.begins_at for each in slots_of(day)]
    other = Meeting.objects.exclude(candidate=made.amina).get()
    for meeting, hour in ((other, hours[5]), (of_amina(made), hours[4])):
        move(meeting=meeting, starts_at=hour, actor=TINA, at=LATER)
    lost = of_amina(made)
    said = {"answered_at": NOON, "answered_by": "U"}
    Availability.objects.create(
        day=day, party="candidate", candidate=made.amina, cannot=[*hours[:4], *hours[6:]], **said
    )
    Availability.objects.create(
        day=day, party="employer", employer=made.firms[0], cannot=[*hours[:4], *hours[6:-1]], **said
    )
    mark(meeting=lost, state=MeetingState.EMPLOYER_MISSED, actor=TINA, at=begun(lost))
    other.refresh_from_db()
    return day, lost, other


def room(crowded) -> Room:
    day, lost, _other = crowded
    found = room_for_lost(day, at=begun(lost))
    assert found is not None
    return found


def test_who_would_have_to_move_is_proposed_and_nobody_is_moved(crowded, made: Made):
    day, _lost, other = crowded

    found = room(crowded)

    assert found.seat.pair.candidate == made.amina
    assert found.seat.slot.begins_at == other.starts_at
    assert [(each.meeting, each.slot.begins_at) for each in found.steps] == [
        (other, slots_of(day)[-1].begins_at)
    ]
    assert Meeting.objects.get(pk=other.pk).starts_at == other.starts_at


def test_with_their_yes_they_move_and_the_hour_is_given(crowded, made: Made):
    day, lost, other = crowded
    found = room(crowded)

    booked = make_room(
        day=day, pair=found.seat.pair, steps=[each.word for each in found.steps], actor=TINA, at=begun(lost)
    )

    moved = Meeting.objects.get(pk=other.pk)
    assert (booked.candidate, booked.starts_at) == (made.amina, other.starts_at)
    assert (moved.starts_at, moved.sequence) == (slots_of(day)[-1].begins_at, other.sequence + 1)


def test_without_a_yes_there_is_no_room(crowded):
    day, lost, other = crowded
    found = room(crowded)

    assert room_for_lost(day, at=begun(lost), stays=[other.code]) is None
    with pytest.raises(Stale):
        make_room(day=day, pair=found.seat.pair, steps=[], actor=TINA, at=begun(lost))
    assert Meeting.objects.get(pk=other.pk).starts_at == other.starts_at


def test_where_the_day_has_changed_nobody_is_moved(crowded, made: Made):
    day, lost, other = crowded
    found = room(crowded)
    (row,) = accepted(made, {0: [4]})
    book(shortlisted=row, day=day, starts_at=slots_of(day)[-1].begins_at, actor=TINA, at=begun(lost))

    with pytest.raises(Stale) as refused:
        make_room(
            day=day,
            pair=found.seat.pair,
            steps=[each.word for each in found.steps],
            actor=TINA,
            at=begun(lost),
        )

    assert finding(refused) == ["day_changed"]
    assert Meeting.objects.get(pk=other.pk).starts_at == other.starts_at


def test_how_long_before_an_hour_goes_by_itself_is_said_by_the_rules(made: Made, day):
    row, it = waiting(made), of_amina(made)
    rules = made.round.rules
    content = {**rules.content, "meeting": {**rules.content["meeting"], "fill_hours": 72}}
    later = SelectionRules.objects.create(
        scheme=rules.scheme, version=99, content=content, content_hash="9" * 64, loaded_at=NOON
    )
    type(made.round).objects.update(rules=later)

    cancel(meeting=it, ground="They rang.", actor=TINA, at=it.starts_at - timedelta(hours=71))

    assert not Meeting.objects.filter(shortlisted=row).exists()
    assert [each.pair for each in seats(day, at=it.starts_at - timedelta(hours=71))] == [row]

"""Slots as instants, with the time of day on both sides of the sea."""

from datetime import UTC, date, datetime, time

import pytest

from tragitto_matching import calendar

ROME, CASABLANCA = "Europe/Rome", "Africa/Casablanca"
MORNING = (time(9), time(10, 30))


def clock(slot: calendar.Slot) -> list[str]:
    return [f"{local:%H:%M}" for local in slot.local]


def slots(*days: date, hours: tuple[tuple[time, time], ...] = (MORNING,), pause: int = 10):
    return calendar.slots(days, hours, minutes=20, pause=pause, zone=ROME, shown=(ROME, CASABLANCA))


def test_as_many_slots_as_fit_with_a_pause_between():
    made = slots(date(2026, 11, 3))
    assert [clock(one)[0] for one in made] == ["09:00", "09:30", "10:00"]
    assert made[0].begins_at == datetime(2026, 11, 3, 8, tzinfo=UTC)
    assert made[0].ends_at == datetime(2026, 11, 3, 8, 20, tzinfo=UTC)


def test_the_last_slot_of_a_period_needs_no_pause():
    assert len(slots(date(2026, 11, 3), hours=((time(9), time(9, 50)),))) == 2


def test_slots_are_numbered_by_time_over_days_and_lunch():
    afternoon = (time(14), time(14, 20))
    made = slots(date(2026, 11, 4), date(2026, 11, 3), hours=(afternoon, MORNING))
    assert [one.number for one in made] == list(range(8))
    assert [one.begins_at for one in made] == sorted(one.begins_at for one in made)


def test_morocco_goes_back_an_hour_in_ramadan():
    """Ramadan 2026 is over on 19 March; Morocco is an hour behind from 15 February to 22 March."""
    before, within = slots(date(2026, 2, 12))[0], slots(date(2026, 2, 24))[0]
    assert (clock(before), clock(within)) == (["09:00", "09:00"], ["09:00", "08:00"])


def test_italy_alone_goes_over_to_summer_time():
    assert clock(slots(date(2026, 3, 30))[0]) == ["09:00", "08:00"]


def test_an_hour_that_the_clocks_leave_out_or_repeat_is_refused():
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        with pytest.raises(ValueError, match="clocks change"):
            slots(day, hours=((time(2, 30), time(5)),))


def test_a_period_until_midnight():
    assert clock(slots(date(2026, 11, 3), hours=((time(23, 40), time(0)),))[-1])[0] == "23:40"


@pytest.mark.parametrize("hours", [((time(9), time(8)),), (MORNING, (time(10), time(11)))])
def test_hours_that_cannot_be_meant_are_refused(hours: tuple[tuple[time, time], ...]):
    with pytest.raises(ValueError, match="Hours"):
        slots(date(2026, 11, 3), hours=hours)


def test_a_slot_lasts_at_least_a_minute():
    with pytest.raises(ValueError, match="minute"):
        calendar.slots([], [], minutes=0, pause=0, zone=ROME, shown=())

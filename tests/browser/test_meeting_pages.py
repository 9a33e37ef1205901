"""Pages of meetings in a browser: no barrier and no sideways scrolling, for the desk, a firm, a person."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.tools import axe_violations, overflow
from tests.employers.conftest import pack, publish_all  # noqa: F401
from tests.selection.making import AMINA, BRUNO, NOON, TINA, Made, make_round, signed_in
from tests.selection.meeting_days import accepted, asked
from tests.web.office.world import clock_shift
from tragitto.selection.actions import meeting_days
from tragitto.selection.models import Availability, Meeting, MeetingDay
from tragitto.selection.queries.meetings import slots_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
PHONE, DESK = 390, 1280


@pytest.fixture
def made(transactional_db, pack, settings) -> Made:  # noqa: F811
    """Three posts of three firms, nine people."""
    publish_all(pack)
    settings.CLOCK_SHIFT = clock_shift(NOON)
    return make_round()


@pytest.fixture
def day(made: Made) -> MeetingDay:
    """A published day: three firms, four people, one of whom speaks through an interpreter."""
    accepted(made, {0: [0, 1], 1: [0, 2], 2: [0, 3]})
    found = asked(made)
    meeting_days.add_interpreter(
        round=made.round, name="Fatima", email="f@example.org", languages=["ar"], actor=TINA, at=NOON
    )
    Availability.objects.create(
        day=found,
        party="candidate",
        candidate=made.amina,
        cannot=[each.begins_at for each in slots_of(found)[:2]],
        interpreted_from="ar",
        answered_at=NOON,
        answered_by=AMINA.code,
    )
    meeting_days.plan(day=found, actor=TINA, at=NOON + timedelta(hours=1))
    meeting_days.publish_plan(day=found, actor=TINA, at=NOON + timedelta(hours=2))
    return found


def pages(day):
    """Every page with who opens it."""
    meeting = Meeting.objects.filter(candidate__account=AMINA.code).order_by("starts_at").first()
    office, mine = [day.round.code], [meeting.candidate.code]
    other = meeting_days.open_day(
        round=day.round, on=day.on + timedelta(days=1), link="", actor=TINA, at=NOON
    )
    _who, secret = meeting_days.add_interpreter(
        round=day.round, name="Fatima", email="f@example.org", languages=["ar"], actor=TINA, at=NOON
    )
    desk, person, firm = signed_in(TINA), signed_in(AMINA), signed_in(BRUNO)
    return [
        ("days", desk, reverse("office:meetings", args=office)),
        ("new-day", desk, reverse("office:meeting_day", args=[*office, other.code])),
        ("day", desk, reverse("office:meeting_day", args=[*office, day.code])),
        ("today", desk, reverse("office:meeting_today", args=[*office, day.code])),
        ("print", desk, reverse("office:meeting_day_print", args=[*office, day.code])),
        ("meeting", desk, reverse("office:meeting", args=[*office, day.code, meeting.code])),
        ("mine", person, reverse("portal:own_meetings", args=mine)),
        ("home", person, reverse("portal:candidate", args=mine)),
        ("one", person, reverse("portal:own_meeting", args=[*mine, meeting.code])),
        ("hours", person, reverse("portal:own_availability", args=[*mine, day.code])),
        ("firm", firm, reverse("portal:firm_meetings")),
        ("firm-hours", firm, reverse("portal:firm_availability", args=[day.code, meeting.employer.code])),
        ("interpreter", None, reverse("public:interpreter", args=[secret])),
        ("interpreter-day", None, reverse("public:interpreter_day", args=[secret, day.code])),
    ]


@pytest.mark.parametrize(("language", "width"), [("it", DESK), ("ar", PHONE)])
def test_no_barrier_and_no_sideways_scrolling(open_page, day, language, width):
    with translation.override("en"):
        shown = pages(day)
    for name, client, path in shown:
        page = open_page(path, client=client, language=language, width=width, scripts=True)

        assert axe_violations(page) == [], path
        assert overflow(page) == 0, path
        if folder := os.environ.get("LOOK"):
            page.screenshot(path=Path(folder) / f"{name}-{language}-{width}.png", full_page=True)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_no_show_is_marked_and_who_waits_is_booked_without_scripts(open_page, made, day, settings, width):
    """Five minutes in: one tap marks, one tick and one button give the hour to who waits."""
    meeting = Meeting.objects.exclude(candidate__account=AMINA.code).order_by("starts_at", "pk").first()
    (row,) = accepted(made, {made.firms.index(meeting.employer): [4]})
    settings.CLOCK_SHIFT = clock_shift(meeting.starts_at + timedelta(minutes=5))
    address = reverse("office:meeting_today", args=[day.round.code, day.code])
    page = open_page(address, client=signed_in(TINA), width=width, scripts=False)

    line = page.locator(f"li:has(form[action*='{meeting.code}/mark'])")
    with page.expect_navigation():
        line.locator("button[value=candidate_missed]").click()
    assert overflow(page) == 0
    page.locator(f"[name=seats][value^='{row.code}@']").check()
    with page.expect_navigation():
        page.locator("form[action$='take-up'] button").click()

    booked = Meeting.objects.get(shortlisted=row)
    assert (booked.state, booked.employer) == ("planned", meeting.employer)
    assert booked.starts_at >= meeting.starts_at

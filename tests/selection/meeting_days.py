"""Days of meetings for the stories: opened, asked about, planned, shown."""

from datetime import date, datetime, timedelta

from tests.selection.making import NOON, TINA, Made
from tests.selection.shortlisted import say, shown_shortlists
from tragitto.candidates.vocabulary import Answer
from tragitto.selection.actions import meeting_days
from tragitto.selection.models import Meeting, MeetingDay, Shortlisted

#: A Thursday ten days after the noon of the stories.
THURSDAY = date(2026, 12, 3)
LINK = "https://video.example/{meeting}"


def accepted(made: Made, lists: dict[int, list[int]]) -> list[Shortlisted]:
    """Everybody on `lists` was asked and said yes."""
    rows = shown_shortlists(made, lists)
    for row in rows:
        say(row, Answer.ACCEPTED)
    return rows


def opened(made: Made, on: date = THURSDAY, *, at: datetime = NOON) -> MeetingDay:
    """A day of meetings about which nobody was asked yet."""
    return meeting_days.open_day(round=made.round, on=on, link=LINK, actor=TINA, at=at)


def asked(made: Made, *, at: datetime = NOON) -> MeetingDay:
    """A day about which both sides were asked."""
    day = opened(made, at=at)
    meeting_days.ask(day=day, actor=TINA, at=at)
    return MeetingDay.objects.select_related("round__rules", "round__scheme").get(pk=day.pk)


def published(
    made: Made, lists: dict[int, list[int]], *, at: datetime = NOON
) -> tuple[MeetingDay, list[Meeting]]:
    """A planned day that both sides see, with its meetings by time."""
    accepted(made, lists)
    day = asked(made, at=at)
    meeting_days.plan(day=day, actor=TINA, at=at + timedelta(hours=1))
    meeting_days.publish_plan(day=day, actor=TINA, at=at + timedelta(hours=2))
    day.refresh_from_db()
    return day, list(Meeting.objects.order_by("starts_at", "pk"))

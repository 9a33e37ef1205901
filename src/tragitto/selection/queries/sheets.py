"""The score sheets of a post as the desk and who watches read them: what was sent, never a draft."""

from collections import Counter
from dataclasses import dataclass

from tragitto.kernel.texts import Text
from tragitto.selection.models import Meeting, RoundPost, ScoreSheet
from tragitto.selection.queries.rankings import SheetLine, lines_asked
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import MeetingState


@dataclass(frozen=True)
class SheetRead:
    """The sheet of one meeting: `said` = each line with its word, empty as long as nothing was sent."""

    meeting: Meeting
    sheet: ScoreSheet | None
    said: tuple[tuple[SheetLine, Text], ...]


def sheets_read(post: RoundPost) -> list[SheetRead]:
    """The meetings of `post` that were held or may have been, with what the firm sent, in their order.

    The post comes with its round and rules. Two queries.
    """
    asked, levels = lines_asked(post), rules_of(post.round).sheet_levels
    met = Meeting.objects.filter(
        shortlisted__post=post, state__in=[MeetingState.PLANNED, MeetingState.HELD]
    ).select_related("candidate", "sheet", "day")
    return [_read(each, asked, levels) for each in met.order_by("starts_at", "pk")]


def sheets_sent(round_posts: list[RoundPost]) -> Counter[str]:
    """How many sheets were sent for each of these posts, by code. One query."""
    sent = ScoreSheet.objects.filter(meeting__shortlisted__post__in=round_posts, sent_at__isnull=False)
    return Counter(sent.order_by("pk").values_list("meeting__shortlisted__post__code", flat=True))


def _read(meeting: Meeting, asked: list[SheetLine], levels: tuple[Text, ...]) -> SheetRead:
    sheet = getattr(meeting, "sheet", None)
    if sheet is None or sheet.sent_at is None:
        return SheetRead(meeting, None, ())
    said = tuple((line, levels[sheet.lines[line.code]]) for line in asked if line.code in sheet.lines)
    return SheetRead(meeting, sheet, said)

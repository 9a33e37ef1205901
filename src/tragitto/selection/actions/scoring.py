"""The employer's score sheet of a meeting: saved as often as they like, sent once, then locked."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.employers.vocabulary import Power
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, Stale
from tragitto.ledger.actions import record
from tragitto.selection.actions.sides import demand_firm, demand_open
from tragitto.selection.models import Meeting, ScoreSheet
from tragitto.selection.queries.rankings import sheet_lines
from tragitto.selection.queries.rounds import rules_of
from tragitto.selection.vocabulary import MeetingState


@transaction.atomic
def save_sheet(
    *, meeting: Meeting, lines: Mapping[str, int], note: str, revision: int, actor: Actor, at: datetime
) -> ScoreSheet:
    """Keep what the employer found so far: points by line, of those that `sheet_lines` asks.

    `revision` = that of the sheet which they were shown, 0 for none yet. Raises `NotAllowed`; `Stale` if
    somebody saved meanwhile; `Blocked` before the meeting, for one that did not take place, after sending,
    and for points that the sheet does not have.
    """
    now = _held(meeting, actor, at)
    sheet = _sheet(now, revision)
    levels = len(rules_of(now.shortlisted.post.round).sheet_levels)
    known = {each.code for each in sheet_lines(now)}
    if not set(lines) <= known or any(not 0 <= points < levels for points in lines.values()):
        text = _("Choose one of the answers of the sheet for each line.")
        raise Blocked(Finding("wrong_points", text, {"field": "lines"}))

    sheet = sheet or ScoreSheet(meeting=now)
    sheet.lines, sheet.note = dict(lines), note.strip()
    sheet.revision, sheet.saved_at, sheet.saved_by = revision + 1, at, actor.code
    sheet.save()
    facts = {"lines": len(lines), "revision": sheet.revision}
    record("sheet.saved", subject=now.code, actor=actor, at=at, facts=facts)
    return sheet


@transaction.atomic
def send_sheet(*, meeting: Meeting, revision: int, actor: Actor, at: datetime) -> ScoreSheet:
    """Send the sheet that was saved; nobody changes it afterwards. Again it changes nothing.

    Raises as `save_sheet`; `Blocked` for a line without an answer.
    """
    now = _held(meeting, actor, at)
    sent = ScoreSheet.objects.filter(meeting=now, sent_at__isnull=False).first()
    if sent is not None and sent.revision == revision:
        return sent
    sheet = _sheet(now, revision)
    asked = sheet_lines(now)
    if sheet is None or any(each.code not in sheet.lines for each in asked):
        text = _("Answer every line of the sheet before you send it.")
        raise Blocked(Finding("lines_missing", text, {"field": "lines"}))
    sheet.sent_at, sheet.sent_by = at, actor.code
    sheet.save(update_fields=["sent_at", "sent_by"])
    record("sheet.sent", subject=now.code, actor=actor, at=at, facts={"revision": sheet.revision})
    return sheet


def _held(meeting: Meeting, actor: Actor, at: datetime) -> Meeting:
    parts = (
        "shortlisted__post__round__rules",
        "shortlisted__post__round__scheme",
        "shortlisted__post__position__expression__employer",
        "shortlisted__post__position__expression__call",
    )
    whole = Meeting.objects.select_related(*parts)
    now = whole.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    post = now.shortlisted.post
    demand_firm(post=post, power=Power.RECEIVE, actor=actor, at=at)
    demand_open(round=post.round, actor=actor, at=at)
    is_over = now.state == MeetingState.HELD or (now.state == MeetingState.PLANNED and now.starts_at <= at)
    if not is_over:
        text = _("A sheet is filled in after the meeting has begun, and only where it took place.")
        raise Blocked(Finding("not_met", text))
    return now


def _sheet(meeting: Meeting, revision: int) -> ScoreSheet | None:
    """The sheet as it stands, still open; raises `Stale` where it is another one than was shown."""
    found = ScoreSheet.objects.filter(meeting=meeting).first()
    if found is not None and found.sent_at is not None:
        raise Blocked(Finding("sheet_sent", _("This sheet was sent: nobody changes it any more.")))
    if (found.revision if found else 0) != revision:
        text = _("Somebody of your firm saved this sheet meanwhile: read it again before you go on.")
        raise Stale(Finding("sheet_changed", text))
    return found

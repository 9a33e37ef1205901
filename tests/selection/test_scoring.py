"""The score sheet of a meeting: of who met, by the firm, sent once, locked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.selection.making import BIANCA, BRUNO, STRANGER, TINA, make_round
from tests.selection.meeting_days import published
from tragitto.kernel.refusals import Blocked, NotAllowed, Stale
from tragitto.selection.actions import scoring
from tragitto.selection.actions.booking import mark
from tragitto.selection.models import Meeting, ScoreSheet
from tragitto.selection.queries.rankings import sheet_lines
from tragitto.selection.vocabulary import MeetingState, SheetGroup


@pytest.fixture
def meeting() -> Meeting:
    """Amina meets Bruno."""
    made = make_round(posts=2, candidates=1)
    _day, (only,) = published(made, {0: [0]})
    return only


def save(meeting, lines, *, revision=0, actor=BRUNO, at=None, note="") -> ScoreSheet:
    at = at or meeting.ends_at
    return scoring.save_sheet(meeting=meeting, lines=lines, note=note, revision=revision, actor=actor, at=at)


def whole(meeting) -> dict[str, int]:
    return {each.code: 2 for each in sheet_lines(meeting)}


def refused(kind, call) -> list[str]:
    with pytest.raises(kind) as refusal:
        call()
    return [each.code for each in refusal.value.findings]


def test_it_asks_what_the_post_asks_and_then_the_rules(meeting):
    found = sheet_lines(meeting)

    groups = [each.group for each in found]
    assert found[0].code == "level:it"
    assert found[0].title["en"] == "Italian A2"
    assert groups == sorted(groups, key=[SheetGroup.REQUIREMENT, SheetGroup.GENERAL].index)
    assert SheetGroup.GENERAL in groups


def test_it_is_kept_in_parts(meeting):
    save(meeting, {"level:it": 1})

    found = save(meeting, {"level:it": 3}, revision=1, note=" Good. ")

    assert (found.lines, found.note, found.revision) == ({"level:it": 3}, "Good.", 2)


def test_saved_meanwhile_it_is_not_written_over(meeting):
    save(meeting, {"level:it": 1})

    assert refused(Stale, lambda: save(meeting, {"level:it": 0})) == ["sheet_changed"]


def test_before_the_meeting_there_is_nothing_to_score(meeting):
    early = meeting.starts_at - timedelta(seconds=1)

    assert refused(Blocked, lambda: save(meeting, {}, at=early)) == ["not_met"]


def test_who_did_not_come_is_not_scored(meeting):
    mark(meeting=meeting, state=MeetingState.CANDIDATE_MISSED, actor=TINA, at=meeting.ends_at)

    assert refused(Blocked, lambda: save(meeting, {})) == ["not_met"]


@pytest.mark.parametrize("lines", [{"beauty": 1}, {"level:it": 99}, {"level:it": -1}])
def test_other_lines_and_points_are_refused(meeting, lines):
    assert refused(Blocked, lambda: save(meeting, lines)) == ["wrong_points"]


@pytest.mark.parametrize("actor", [BIANCA, STRANGER, TINA])
def test_nobody_else_scores(meeting, actor):
    assert refused(NotAllowed, lambda: save(meeting, {}, actor=actor)) == ["not_of_the_firm"]


def test_it_is_sent_whole(meeting):
    save(meeting, {"level:it": 1})

    send = lambda: scoring.send_sheet(meeting=meeting, revision=1, actor=BRUNO, at=meeting.ends_at)  # noqa: E731
    assert refused(Blocked, send) == ["lines_missing"]


def test_sent_it_is_locked(meeting):
    save(meeting, whole(meeting))
    sent = scoring.send_sheet(meeting=meeting, revision=1, actor=BRUNO, at=meeting.ends_at)

    assert refused(Blocked, lambda: save(meeting, {}, revision=1)) == ["sheet_sent"]
    assert scoring.send_sheet(meeting=meeting, revision=1, actor=BRUNO, at=meeting.ends_at) == sent
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.filter(pk=sent.pk).update(note="changed")

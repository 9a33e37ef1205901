"""The score sheets of a post at the desk: what was sent is read, a draft is not; each look is kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.selection.making import BRUNO, OUTSIDER, TINA, WATCHER, make_round, signed_in
from tests.selection.meeting_days import published
from tests.web.office.world import clock_shift
from tragitto.ledger.models import Entry
from tragitto.selection.actions import scoring
from tragitto.selection.queries.rankings import sheet_lines
from tragitto.selection.queries.rounds import post_for, round_for, rules_of
from tragitto.selection.queries.sheets import sheets_read


def wrote(meeting, note: str, *, sends: bool) -> None:
    at = meeting.ends_at
    lines = {each.code: 2 for each in sheet_lines(meeting)}
    scoring.save_sheet(meeting=meeting, lines=lines, note=note, revision=0, actor=BRUNO, at=at)
    if sends:
        scoring.send_sheet(meeting=meeting, revision=1, actor=BRUNO, at=at)


@pytest.fixture
def made():
    return make_round(posts=1, candidates=3)


@pytest.fixture
def met(made, settings):
    """Bruno met three people; he sent one sheet and drafted another."""
    _day, meetings = published(made, {0: [0, 1, 2]})
    settings.CLOCK_SHIFT = clock_shift(meetings[-1].ends_at + timedelta(days=1))
    wrote(meetings[0], "Welds well", sends=True)
    wrote(meetings[1], "Still thinking", sends=False)
    return meetings


def address(made) -> str:
    return reverse("office:post_sheets", args=[made.round.code, made.posts[0].code])


@pytest.mark.parametrize("who", [TINA, WATCHER], ids=["desk", "watching office"])
def test_what_was_sent_is_read_and_a_draft_is_not(made, met, who):
    said = signed_in(who).get(address(made)).content.decode()

    assert ("Welds well" in said, "Still thinking" in said) == (True, False)
    assert said.count("Not sent yet") == 2


def test_nobody_is_named(made, met):
    said = signed_in(TINA).get(address(made)).content.decode()

    assert ("AMINA" in said, "PERSON 1" in said) == (False, False)


def test_who_looked_stands_in_the_file_of_whom_it_is_about(made, met):
    signed_in(TINA).get(address(made))

    seen = Entry.objects.filter(verb="candidate.seen", facts__what="score_sheet")
    assert list(seen.values_list("subject", flat=True)) == [met[0].candidate.code]


def test_the_firm_and_the_person_stay_outside(made, met):
    from_portal = [signed_in(who).get(address(made)).status_code for who in (BRUNO, OUTSIDER)]

    assert from_portal == [403, 404]
    assert Client().get(address(made)).status_code == 302


def test_the_list_of_rankings_counts_the_sheets_and_leads_to_them(made, met):
    said = signed_in(TINA).get(reverse("office:rankings", args=[made.round.code])).content.decode()

    assert f'<a href="{address(made)}">1 score sheet sent</a>' in said


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_however_many_sheets(made, count, django_assert_num_queries):
    _day, meetings = published(made, {0: list(range(count))})
    for each in meetings:
        wrote(each, "", sends=True)
    post = post_for(round_for(TINA, made.round.code), made.posts[0].code)
    rules_of(post.round)

    with django_assert_num_queries(2):
        found = sheets_read(post)

    assert [each.sheet is not None for each in found] == [True] * count

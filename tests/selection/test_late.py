"""Reminding who is late: before the term, once, both sides, and who was matched and waits for an offer."""

from datetime import timedelta

import pytest

from tests.selection.making import BRUNO, NOON, TINA, Made, make_round
from tests.selection.matched import LATER, all_sent, asked, confirmed, offered, pair, person, sent
from tests.selection.meeting_days import published
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.models import Entry
from tragitto.selection.actions import late, ranking
from tragitto.selection.actions.late import remind_the_late
from tragitto.selection.models import Match

HOUSE = Actor.system("task")
HOUR = timedelta(hours=1)


@pytest.fixture
def made() -> Made:
    """One post, two people, asked for rankings."""
    found = make_round(posts=1, candidates=2)
    asked(found, {0: [0, 1]})
    return found


def reminded(what: str) -> list[str]:
    told = Entry.objects.filter(verb=late.REMINDED, facts__what=what).order_by("pk")
    return list(told.values_list("subject", flat=True))


def test_the_late_are_reminded_once_a_day_before_the_term(made):
    soon = made.round.rank_by - timedelta(days=1)

    assert [remind_the_late(actor=HOUSE, at=at) for at in (soon - HOUR, soon, soon + HOUR)] == [0, 3, 0]
    assert reminded("ranking") == [made.posts[0].code, *sorted(each.code for each in made.candidates)]


def test_who_has_sent_is_not_reminded(made):
    sent(made, made.amina, [[pair(made, 0, 0).code]], person(made, 0))

    remind_the_late(actor=HOUSE, at=made.round.rank_by - HOUR)

    assert reminded("ranking") == [made.posts[0].code, made.candidates[1].code]


def test_after_the_term_nobody_is_reminded(made):
    assert remind_the_late(actor=HOUSE, at=made.round.rank_by) == 0


def test_a_new_term_has_a_reminder_of_its_own(made):
    remind_the_late(actor=HOUSE, at=made.round.rank_by - HOUR)

    found = ranking.give_more_time(round=made.round, actor=TINA, at=made.round.rank_by + HOUR)

    assert remind_the_late(actor=HOUSE, at=found.rank_by - HOUR) == 3


def test_one_that_cannot_be_reminded_keeps_no_other_from_it(made, monkeypatch):
    whole = late.tell_side

    def told(round, side, *given, **named):
        if side.candidate is None:
            raise Blocked(Finding("no_way", "no way"))
        whole(round, side, *given, **named)

    monkeypatch.setattr(late, "tell_side", told)

    assert remind_the_late(actor=HOUSE, at=made.round.rank_by - HOUR) == 2
    assert made.posts[0].code not in reminded("ranking")


def test_a_firm_is_reminded_of_its_score_sheets(made):
    other = make_round(posts=1, candidates=2)
    _day, meetings = published(other, {0: [0]})

    found = ranking.ask_for_rankings(round=other.round, actor=TINA, at=meetings[-1].ends_at)

    remind_the_late(actor=HOUSE, at=found.rank_by - HOUR)

    assert reminded("sheets") == [other.posts[0].code]


@pytest.fixture
def matched(made) -> Match:
    """Amina and the post were matched."""
    all_sent(made, wishes={0: [[0]], 1: []}, ranks={0: [[0]]}, at=NOON + timedelta(days=2))
    (found,) = confirmed(made)
    return found


def test_a_firm_is_reminded_to_make_its_offer_once(matched):
    soon = LATER + timedelta(days=6)

    assert [remind_the_late(actor=HOUSE, at=at) for at in (soon - HOUR, soon, soon + HOUR)] == [0, 1, 0]
    assert reminded("offer") == [matched.code]


def test_a_firm_that_made_it_is_not_reminded(matched):
    offered(matched, BRUNO)

    assert remind_the_late(actor=HOUSE, at=LATER + timedelta(days=6)) == 0

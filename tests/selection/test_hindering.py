"""Merging double registrations: nobody loses a place on a shortlist by an act of the office."""

import pytest

from tests.selection.making import IRIS, NOON, TINA, make_round
from tests.selection.shortlisted import shown_shortlists
from tragitto.candidates.actions import likeness, merging
from tragitto.candidates.hindering import hindrances_to_merging
from tragitto.kernel.refusals import Blocked
from tragitto.selection.actions import rounds


@pytest.fixture
def made():
    return make_round(posts=1, candidates=2)


def hindered(made, number: int) -> list[str]:
    return [each.code for each in hindrances_to_merging(made.candidates[number])]


def test_who_stands_in_a_round_does_not_go_into_another_registration(made):
    shown_shortlists(made, {0: [0]})

    assert (hindered(made, 0), hindered(made, 1)) == (["in_selection"], [])


def test_after_the_round_nothing_hinders_it(made):
    shown_shortlists(made, {0: [0]})
    rounds.close_round(round=made.round, actor=TINA, at=NOON)

    assert hindered(made, 0) == []


def test_the_merge_itself_is_refused_and_the_place_stays(made):
    (row,) = shown_shortlists(made, {0: [0]})
    gone, kept = made.candidates
    pair = likeness.put_side_by_side(one=gone, other=kept, actor=IRIS, at=NOON)

    with pytest.raises(Blocked) as refusal:
        merging.merge(pair=pair, kept=kept, ground="One card, seen twice", actor=IRIS, at=NOON)

    assert [each.code for each in refusal.value.findings] == ["in_selection"]
    row.refresh_from_db()
    assert row.candidate_id == gone.pk

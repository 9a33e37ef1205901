"""The check of the rules of selection sees what would leave a score, a meeting or a term without sense."""

from typing import Any

import msgspec
import pytest

from tragitto.schemes.pack import CallSelectionSpec, Pack, SelectionSpec
from tragitto.schemes.rules.check import selections

change = msgspec.structs.replace


@pytest.fixture(scope="module")
def spec(shipped: Pack) -> SelectionSpec:
    """The rules of the shipped pack."""
    assert shipped.selection is not None
    return shipped.selection


def problems(shipped: Pack, spec: SelectionSpec, **changes: Any) -> list[str]:
    """The codes of what is wrong when the rules say something else."""
    return [each.code for each in selections.check(change(shipped, selection=change(spec, **changes)))]


def call(code: str, **said: Any) -> CallSelectionSpec:
    return CallSelectionSpec(call=code, source="test", **said)


def test_nothing_is_wrong_with_the_shipped_rules(shipped):
    assert selections.check(shipped) == []


def test_a_pack_without_rules_has_nothing_wrong(shipped):
    assert selections.check(change(shipped, selection=None)) == []


def test_a_criterion_is_weighed_once(shipped, spec):
    assert problems(shipped, spec, weights=(*spec.weights, spec.weights[0])) == ["weight_twice"]


@pytest.mark.parametrize("wrong", [{"points": -1}, {"most": 0}])
def test_points_are_not_negative_and_count_a_unit(shipped, spec, wrong):
    weights = (change(spec.weights[0], **wrong), *spec.weights[1:])

    assert problems(shipped, spec, weights=weights) == ["weight_out_of_range"]


def test_the_weights_of_a_call_are_looked_at_too(shipped, spec):
    own = call(shipped.calls[0].code, weights=(change(spec.weights[0], points=-1),))

    assert problems(shipped, spec, calls=(own,)) == ["weight_out_of_range"]


def test_a_call_is_known_and_named_once(shipped, spec):
    code = shipped.calls[0].code

    assert problems(shipped, spec, calls=(call("nowhere"),)) == ["call_unknown"]
    assert problems(shipped, spec, calls=(call(code), call(code))) == ["call_twice"]


@pytest.mark.parametrize("name", ["per_seat", "answer_days", "ranking_days", "offer_days"])
def test_people_and_days_are_at_least_one(shipped, spec, name):
    assert problems(shipped, spec, **{name: 0}) == ["too_small"]


def test_a_reminder_lies_within_the_term_and_no_days_are_below_none(shipped, spec):
    assert problems(shipped, spec, remind_days=spec.ranking_days + 1) == ["reminder_too_early"]
    assert problems(shipped, spec, offer_within_days=-1) == ["too_small"]


def test_the_people_for_a_seat_of_a_call_are_at_least_one(shipped, spec):
    assert problems(shipped, spec, calls=(call(shipped.calls[0].code, per_seat=0),)) == ["too_small"]


@pytest.mark.parametrize("share", [-1, 91])
def test_the_share_kept_leaves_somebody(shipped, spec, share):
    assert problems(shipped, spec, reserve_percent=share) == ["reserve_out_of_range"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"zone": "Europe/Atlantis"}, "zone_unknown"),
        ({"other_zones": ("Africa/Nowhere",)}, "zone_unknown"),
        ({"first": "14:00"}, "hours_out_of_order"),
        ({"pause_to": "18:00"}, "hours_out_of_order"),
        ({"minutes": 4}, "meeting_too_short"),
        ({"gap_minutes": -1}, "meeting_too_short"),
    ],
)
def test_meetings_fit_into_a_day_of_a_zone(shipped, spec, wrong, code):
    assert problems(shipped, spec, meeting=change(spec.meeting, **wrong)) == [code]


def test_the_sheet_has_each_line_once_and_two_levels(shipped, spec):
    assert problems(shipped, spec, sheet=(*spec.sheet, spec.sheet[0])) == ["sheet_twice"]
    assert problems(shipped, spec, sheet_levels=spec.sheet_levels[:1]) == ["sheet_levels"]


def test_the_rules_of_a_call_count_before_those_of_the_scheme(shipped, spec):
    own = change(spec.weights[0], points=99)
    changed = change(spec, calls=(call("x", per_seat=5, weights=(own,)), call("y")))

    assert (changed.per_seat_of("x"), changed.per_seat_of("y")) == (5, spec.per_seat)
    assert (changed.weights_of("x"), changed.weights_of("y")) == ((own,), spec.weights)

"""Checks the rules of selection of a pack: what would leave a score, a meeting or a term without sense."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tragitto.schemes.pack import Pack, SelectionSpec, WeightSpec
from tragitto.schemes.rules.check.schemes import repeated
from tragitto.schemes.rules.problems import Problem

WHERE = "selection.toml"


def check(pack: Pack) -> list[Problem]:
    """What is wrong with the rules of selection of `pack`; a pack without any has nothing wrong with them."""
    spec = pack.selection
    if spec is None:
        return []
    return [*_weights(spec), *_calls(spec, pack), *_numbers(spec), *_meetings(spec), *_sheet(spec)]


def _problem(code: str, text: str) -> Problem:
    return Problem(code, WHERE, text)


def _weights(spec: SelectionSpec) -> list[Problem]:
    sets: list[tuple[str, Iterable[WeightSpec]]] = [("the scheme", spec.weights)]
    sets += [(each.call, each.weights) for each in spec.calls]
    found = []
    for whose, weights in sets:
        given = list(weights)
        for twice in repeated(each.criterion for each in given):
            found.append(_problem("weight_twice", f"{whose} weighs {twice} twice"))
        for each in given:
            if each.points < 0 or each.most < 1:
                text = f"{whose}: {each.criterion} needs points of at least 0 and at least one unit"
                found.append(_problem("weight_out_of_range", text))
    return found


def _calls(spec: SelectionSpec, pack: Pack) -> list[Problem]:
    known = {call.code for call in pack.calls}
    unknown = [each.call for each in spec.calls if each.call not in known]
    twice = repeated(each.call for each in spec.calls)
    return [
        *(_problem("call_unknown", f"there is no call {code}") for code in unknown),
        *(_problem("call_twice", f"the call {code} is named twice") for code in twice),
    ]


def _numbers(spec: SelectionSpec) -> list[Problem]:
    asked = {
        "per_seat": spec.per_seat,
        "answer_days": spec.answer_days,
        "ranking_days": spec.ranking_days,
        "offer_days": spec.offer_days,
        **{f"per_seat of {each.call}": each.per_seat for each in spec.calls if each.per_seat is not None},
    }
    found = [_problem("too_small", f"{name} is at least 1") for name, value in asked.items() if value < 1]
    if min(spec.offer_within_days, spec.remind_days) < 0:
        found.append(_problem("too_small", "offer_within_days and remind_days are 0 or more"))
    if spec.remind_days > max(1, spec.ranking_days):
        found.append(_problem("reminder_too_early", "remind_days lies within ranking_days"))
    if not 0 <= spec.reserve_percent <= 90:
        found.append(_problem("reserve_out_of_range", "reserve_percent lies between 0 and 90"))
    return found


def _meetings(spec: SelectionSpec) -> list[Problem]:
    meeting = spec.meeting
    found = []
    for zone in (meeting.zone, *meeting.other_zones):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            found.append(_problem("zone_unknown", f"there is no time zone {zone}"))
    if not meeting.first < meeting.pause_from <= meeting.pause_to < meeting.last:
        found.append(_problem("hours_out_of_order", "first, pause_from, pause_to and last follow each other"))
    if meeting.minutes < 5 or meeting.gap_minutes < 0 or meeting.ask_days < 1 or meeting.moves < 0:
        found.append(_problem("meeting_too_short", "a meeting lasts five minutes at least"))
    return found


def _sheet(spec: SelectionSpec) -> list[Problem]:
    found = [
        _problem("sheet_twice", f"the line {c} is there twice") for c in repeated(x.code for x in spec.sheet)
    ]
    if len(spec.sheet_levels) < 2:
        found.append(_problem("sheet_levels", "the score sheet needs at least two levels"))
    return found

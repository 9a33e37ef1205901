"""Checks a whole pack: what stops its loading, and what needs a choice before publication."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tragitto.kernel.periods import Period
from tragitto.kernel.registries import Registry
from tragitto.law.rules import Row
from tragitto.schemes.pack import Pack, WholeCall
from tragitto.schemes.rules.check import (
    arrangements,
    calls,
    criteria,
    forms,
    journeys,
    rosters,
    schemes,
    selections,
    texts,
)
from tragitto.schemes.rules.check.around import Around
from tragitto.schemes.rules.check.calls import is_own_question
from tragitto.schemes.rules.linter import lint
from tragitto.schemes.rules.problems import Problem

__all__ = ["Around", "Registries", "check", "check_call", "covered_by", "is_own_question"]

Law = Mapping[str, Sequence[Period]]


@dataclass(frozen=True)
class Registries:
    """The names that journeys and calls may use."""

    guards: Registry[Callable[..., Any]]
    effects: Registry[Callable[..., Any]]
    criteria: Registry[Callable[..., Any]]


def covered_by(rows: Iterable[Row]) -> Law:
    """The days for which each parameter of a law pack has a known value, by code."""
    found: dict[str, list[Period]] = defaultdict(list)
    for row in rows:
        if row.value is not None:
            found[row.code].append(Period(row.answers_from, row.answers_until))
    return dict(found)


def check(pack: Pack, law: Law, registries: Registries) -> list[Problem]:
    """All problems of ``pack``, in the order of its files; ``law`` = periods covered, by parameter code."""
    problems = [
        *texts.check(pack),
        *schemes.check(pack.scheme),
        *rosters.check(pack),
        *selections.check(pack),
        *_whole(pack),
    ]
    for journey in pack.journeys:
        problems += journeys.check(journey, registries.guards, registries.effects)
        problems += journeys.check_terms(journey, pack.scheme, law)
    problems += journeys.check_versions(pack.journeys)
    for form in pack.forms:
        problems += forms.check(form, pack)
    around = Around.of(pack)
    for call in pack.calls:
        problems += check_call(pack.whole(call), around, law, registries)
    return problems


def check_call(whole: WholeCall, around: Around, law: Law, registries: Registries) -> list[Problem]:
    """All problems of one call, wherever it was written: in files, or in the office."""
    call = whole.call
    found = lint(call, whole.notice, forms=whole.forms)
    return [
        *texts.check_call(call),
        *calls.check(call, around, whole.forms),
        *criteria.check(call, registries.criteria),
        *arrangements.check(call, whole.forms, around.calls),
        *calls.check_law(call, law),
        *found,
        *calls.check_choices(call, found),
    ]


def _whole(pack: Pack) -> list[Problem]:
    found = [
        Problem("empty_pack", f"{name}/", f"the pack has no {name}")
        for name, parts in (("journeys", pack.journeys), ("calls", pack.calls))
        if not parts
    ]
    return found + [
        Problem("duplicated_code", "calls/", f"the call {code} is written twice")
        for code in schemes.repeated(call.code for call in pack.calls)
    ]

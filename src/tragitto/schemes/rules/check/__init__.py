"""Checks a whole pack: what stops its loading, and what needs a choice before publication."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tragitto.kernel.periods import Period
from tragitto.kernel.registries import Registry
from tragitto.law.rules import Row
from tragitto.schemes.pack import Pack
from tragitto.schemes.rules.check import calls, forms, journeys, schemes, texts
from tragitto.schemes.rules.linter import lint
from tragitto.schemes.rules.problems import Problem

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
    problems = [*texts.check(pack), *schemes.check(pack.scheme), *_whole(pack)]
    for journey in pack.journeys:
        problems += journeys.check(journey, registries.guards, registries.effects)
        problems += journeys.check_terms(journey, pack.scheme, law)
    problems += journeys.check_versions(pack.journeys)
    for form in pack.forms:
        problems += forms.check(form, pack)
    for call in pack.calls:
        found = lint(call, pack.notices.get(call.code, ()), forms=[pack.form(code) for code in call.forms])
        problems += [
            *calls.check(call, pack),
            *calls.check_criteria(call, registries.criteria),
            *calls.check_law(call, law),
            *found,
            *calls.check_choices(call, found),
        ]
    return problems


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

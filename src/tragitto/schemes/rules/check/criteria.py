"""Checks the criteria of a call: each names a judge that exists, in words it can read, with its source."""

from collections.abc import Callable
from typing import Any

from tragitto.kernel.registries import Registry
from tragitto.schemes.pack import CallSpec, CriterionSpec, UseSpec
from tragitto.schemes.rules.check.journeys import check_uses
from tragitto.schemes.rules.check.schemes import repeated
from tragitto.schemes.rules.problems import Problem


def check(call: CallSpec, criteria: Registry[Callable[..., Any]]) -> list[Problem]:
    """An error for each judge that does not exist, cannot read its parameters, or cites nothing."""
    where = f"calls/{call.code}.criteria"
    found = [
        Problem("duplicated_code", where, f"the criterion {code} is written twice", path=f"criteria.{code}")
        for code in repeated(criterion.code for criterion in call.criteria)
    ]
    for criterion in call.criteria:
        found += _criterion(call, criterion, criteria, f"{where}.{criterion.code}")
    return found


def _criterion(
    call: CallSpec, criterion: CriterionSpec, criteria: Registry[Callable[..., Any]], where: str
) -> list[Problem]:
    path = f"criteria.{criterion.code}"
    uses = [UseSpec(name=criterion.judge, parameters=criterion.parameters)]
    found = check_uses(uses, criteria, where, path=f"{path}.parameters")
    if not criterion.citation.strip():
        text = "a criterion names its source"
        found.append(Problem("criterion_without_citation", where, text, path=f"{path}.citation"))
    named = criterion.parameters.get("forms", criterion.parameters.get("form", []))
    for form in [named] if isinstance(named, str) else named:
        if form not in call.forms and not call.leaves_open("forms"):
            text = f"the call does not ask for the form {form}"
            found.append(Problem("unknown_form", where, text, matter=form, path=f"{path}.parameters"))
    return found

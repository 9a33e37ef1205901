"""Who sees what: the people of the office, what each role may do, and every field about a person."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragitto.accounts import queries
from tragitto.cases.permissions import VERBS as CASE_VERBS
from tragitto.employers.permissions import VERBS as EXPRESSION_VERBS
from tragitto.kernel.declarations import Declaration, declared
from tragitto.web.office.access import OfficeRequest, for_office


@dataclass(frozen=True)
class Verb:
    """One verb of the tables of permissions: who may, and which duty the organisation must hold."""

    code: str
    roles: tuple[str, ...]
    duties: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """The fields of one table that are kept for one purpose."""

    model: str
    fields: tuple[str, ...]
    declaration: Declaration


@require_safe
@for_office
def access(request: OfficeRequest) -> HttpResponse:
    """The tables as the program applies them; people only as far as the actor may see them."""
    page = {"people": queries.people(request.actor), "verbs": _verbs(), "kept": _kept()}
    return render(request, "office/access.html", page)


def _verbs() -> list[Verb]:
    tables = {code: rule[:2] for table in (CASE_VERBS, EXPRESSION_VERBS) for code, rule in table.items()}
    return [
        Verb(code, tuple(sorted(roles)), tuple(sorted(duties))) for code, (roles, duties) in tables.items()
    ]


def _kept() -> list[Kept]:
    groups: dict[tuple[str, Declaration], list[str]] = defaultdict(list)
    for (model, field), one in sorted(declared().items()):
        alike = Declaration(model, "", one.purpose, one.basis, one.controller, one.retention, one.readers)
        groups[model, alike].append(field)
    return [Kept(model, tuple(fields), alike) for (model, alike), fields in groups.items()]

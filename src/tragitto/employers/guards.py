"""Conditions about findings that journeys may put before a step."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragitto.cases.models import Case
from tragitto.employers import queries
from tragitto.employers.models import Expression
from tragitto.kernel.registries import NoParameters
from tragitto.schemes.registries import GUARDS


@GUARDS.register("findings_settled")
def findings_settled(case: Case, wanted: NoParameters, *, on: date) -> str:
    """A person has confirmed or overruled every finding of the version under review."""
    found = _views(case)
    if not found:
        return _("Nothing has been judged yet.")
    waiting = sum(1 for view in found if not view.is_settled)
    if waiting:
        text = ngettext(
            "%(count)s finding still waits for a reviewer.",
            "%(count)s findings still wait for a reviewer.",
            waiting,
        )
        return text % {"count": waiting}
    return ""


@GUARDS.register("no_unmet_refusal")
def no_unmet_refusal(case: Case, wanted: NoParameters, *, on: date) -> str:
    """No condition stays unmet that the call makes a reason to refuse or to ask for completion."""
    unmet = sum(1 for view in _views(case) if view.is_obstacle)
    if unmet:
        text = ngettext(
            "%(count)s condition of the call is not met.",
            "%(count)s conditions of the call are not met.",
            unmet,
        )
        return text % {"count": unmet}
    return ""


@GUARDS.register("some_unmet_refusal")
def some_unmet_refusal(case: Case, wanted: NoParameters, *, on: date) -> str:
    """Some condition stays unmet that the call makes a reason to refuse or to ask for completion."""
    if any(view.is_obstacle for view in _views(case)):
        return ""
    return _("Every condition of the call is met: there is no ground for this.")


def _views(case: Case) -> list[queries.FindingView]:
    expression = Expression.objects.filter(case=case).first()
    if expression is None or expression.current_id is None:
        return []
    return queries.views([expression.current_id])[expression.current_id]

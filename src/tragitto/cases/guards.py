"""Conditions that journeys may put before a step; each answers "" or says in words what is missing."""

from datetime import date

import msgspec
from django.utils import formats
from django.utils.translation import gettext as _

from tragitto.agenda.models import Deadline
from tragitto.cases import queries, rules
from tragitto.cases.models import Case
from tragitto.kernel.registries import NoParameters
from tragitto.schemes.registries import GUARDS
from tragitto.schemes.vocabulary import Outcome


class DecisionRecorded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which outcome the decision must have."""

    outcome: Outcome


class DocumentValidFor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which kind of document, and for how many whole months from the day of the step."""

    kind: str
    months: int = 0


@GUARDS.register("decision_recorded", needs=DecisionRecorded)
def decision_recorded(case: Case, wanted: DecisionRecorded, *, on: date) -> str:
    """A reasoned decision of this outcome was recorded since the case came to its stage."""
    if queries.decision_here(case=case, outcome=wanted.outcome) is None:
        return _("No decision has been recorded yet: decide first, with the reasons.")
    return ""


@GUARDS.register("document_valid_for", needs=DocumentValidFor)
def document_valid_for(case: Case, wanted: DocumentValidFor, *, on: date) -> str:
    """The accepted document of this kind stays valid long enough from the day of the step."""
    document = queries.filed(case=case, kind=wanted.kind)
    if document is None:
        return _("No accepted document of the kind “%(kind)s” yet.") % {"kind": wanted.kind}
    if document.valid_until and rules.whole_months(on, document.valid_until) < wanted.months:
        values = {"kind": wanted.kind, "months": wanted.months}
        return _("The document “%(kind)s” must stay valid for %(months)s more months.") % values
    if document.valid_until and document.valid_until < on:
        return _("The document “%(kind)s” is no longer valid.") % {"kind": wanted.kind}
    return ""


@GUARDS.register("term_over")
def term_over(case: Case, wanted: NoParameters, *, on: date) -> str:
    """The term of the stage has ended: until then, whoever it is given to may still act."""
    running = (
        Deadline.objects.open().filter(subject=case.code, kind=case.stage.term).order_by("-due_on").first()
    )
    if running is not None and on <= running.due_on:
        return _("The term given to the employer still runs, until %(day)s.") % {
            "day": formats.date_format(running.due_on)
        }
    return ""

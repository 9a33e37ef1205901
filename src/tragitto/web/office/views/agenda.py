"""What is due, who is late and why that date; clocks that stand; what people promised to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragitto.accounts import queries as people
from tragitto.agenda import queries
from tragitto.agenda.models import Deadline, Suspension
from tragitto.cases import queries as cases
from tragitto.employers.models import Expression
from tragitto.employers.queries.tallies import by_case
from tragitto.kernel import clock
from tragitto.web.office import terms
from tragitto.web.office.access import OfficeRequest, for_office
from tragitto.web.office.forms.agenda import MINE, OVER, AgendaForm
from tragitto.web.parts.paging import page_of

#: So many clocks that stand and so many tasks are shown below the terms.
MOST = 50


@dataclass(frozen=True)
class Line:
    """A term as the agenda shows it: what it is about, who sees to it, whether its clock stands."""

    deadline: Deadline
    about: Expression | None
    officer: str
    stands: Suspension | None = None


@require_safe
@for_office
def agenda(request: OfficeRequest) -> HttpResponse:
    """The agenda of the office, or of the one who looks: terms, clocks that stand, tasks."""
    form, now, actor = AgendaForm(request.GET), clock.now(), request.actor
    asked = form.asked()
    is_mine = asked["whose"] == MINE
    subjects = cases.held_by(actor.code).values("code") if is_mine else None
    due = queries.due(actor=actor, subjects=subjects, before=now if asked["show"] == OVER else None)
    standing = queries.standing_still(actor=actor, subjects=subjects)
    tasks = queries.tasks(actor=actor, assignee=actor.code if is_mine else "")
    page, still, doing = page_of(due, request), list(standing[:MOST]), list(tasks[:MOST])
    about = _about(request, [*page.object_list, *(each.deadline for each in still)])
    shown = {
        "filters": form,
        "now": now,
        "page": page,
        "due": [_line(deadline, about) for deadline in page.object_list],
        "standing": [_line(each.deadline, about, each) for each in still],
        "standing_more": standing.count() - len(still) if len(still) == MOST else 0,
        "tasks": doing,
        "tasks_more": tasks.count() - len(doing) if len(doing) == MOST else 0,
        "names": people.names_of([task.assignee for task in doing]),
        "terms": terms.titles(timezone.localdate(now), get_language() or "it"),
    }
    return render(request, "office/agenda.html", shown)


type About = dict[str, tuple[Expression, str]]


def _about(request: OfficeRequest, deadlines: Sequence[Deadline]) -> About:
    """The filing each deadline is about and the name of who is responsible for it, by the subject."""
    filings = by_case(actor=request.actor, codes=[deadline.subject for deadline in deadlines])
    officers = cases.officers_of([each.case_id for each in filings.values()])
    names = people.names_of(officers.values())
    held = {key: names.get(code, code) for key, code in officers.items()}
    return {code: (each, held.get(each.case_id, "")) for code, each in filings.items()}


def _line(deadline: Deadline, about: About, stands: Suspension | None = None) -> Line:
    filing, officer = about.get(deadline.subject, (None, ""))
    return Line(deadline, filing, officer, stands)

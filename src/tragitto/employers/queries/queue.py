"""The queue of a call: strictly in the order of arrival, page by page, narrowed as asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from tragitto.agenda import queries as agenda
from tragitto.agenda.models import Deadline, Suspension
from tragitto.cases import queries as cases
from tragitto.cases.models import Case
from tragitto.employers.criteria import TIMELINESS
from tragitto.employers.models import ARRIVAL, Expression, Finding, Judgement, Version
from tragitto.employers.queries.findings import FindingView, views
from tragitto.employers.vocabulary import QueueShow, State
from tragitto.kernel.actors import Actor
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import Acting, Outcome

NOTHING = (None, None)
#: Whose case is over against them.
AGAINST = (Outcome.REFUSED, Outcome.INADMISSIBLE)
#: Filings that wait for the office, and those that wait for somebody else.
TO_REVIEW = Q(case__closed_at__isnull=True, case__stage__acting=Acting.OFFICE)
WAITING = Q(case__closed_at__isnull=True) & ~Q(case__stage__acting=Acting.OFFICE)
BY_CASE = {
    QueueShow.TO_REVIEW: TO_REVIEW,
    QueueShow.WAITING: WAITING,
    QueueShow.ADMITTED: Q(case__outcome=Outcome.ADMITTED),
    QueueShow.REFUSED: Q(case__outcome__in=AGAINST),
}


@dataclass(frozen=True)
class QueueRow:
    """One expression in the order of arrival; `number` counts from 1, `key_*` is what the order rests on.

    `officer` is the code of whoever is responsible for the case, empty where nobody is; `due` the term that
    ends first, `stands` the suspension by which its clock stands.
    """

    number: int
    expression: Expression
    versions: int
    findings: tuple[FindingView, ...]
    officer: str = ""
    due: Deadline | None = None
    stands: Suspension | None = None

    @property
    def key_instant(self) -> datetime | None:
        """The instant that makes the place; None where no version proves one."""
        return self.expression.place_instant

    @property
    def key_identifier(self) -> str:
        """The certified identifier that decides between equal instants."""
        return self.expression.place_identifier

    @property
    def open_points(self) -> tuple[FindingView, ...]:
        """What is missing or unclear, in the order of the call's criteria."""
        return tuple(view for view in self.findings if view.state != State.MET)

    @property
    def unmet(self) -> int:
        """How many conditions do not hold, warnings apart."""
        return sum(1 for view in self.findings if view.is_obstacle)

    @property
    def unknown(self) -> int:
        """How many could not be read and were not settled by a person."""
        return sum(1 for view in self.findings if view.state == State.UNKNOWN)

    @property
    def unsettled(self) -> int:
        """How many still wait for a person."""
        return sum(1 for view in self.findings if not view.is_settled)


@dataclass(frozen=True)
class Queue(Sequence[QueueRow]):
    """The expressions of a queue, fetched page by page: a slice costs nine queries at most."""

    actor: Actor
    call: Call
    expressions: QuerySet[Expression]
    is_whole: bool = True

    def __len__(self) -> int:
        return self.expressions.count()

    def __iter__(self) -> Iterator[QueueRow]:
        return iter(self[:])

    @overload
    def __getitem__(self, part: int) -> QueueRow: ...
    @overload
    def __getitem__(self, part: slice) -> list[QueueRow]: ...
    def __getitem__(self, part: int | slice) -> QueueRow | list[QueueRow]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        keys = list(self.expressions[part].values_list("pk", flat=True))
        expressions = self._whole(keys)
        numbers = self._numbers(part.start or 0, keys)
        filed = _versions(keys)
        found = views([each.current_id for each in expressions if each.current_id])
        officers = cases.officers_of([each.case_id for each in expressions])
        due = agenda.first_of(actor=self.actor, subjects=[each.case.code for each in expressions])
        stands = agenda.stands_by(due.values())
        terms = {code: (deadline, stands.get(deadline.pk)) for code, deadline in due.items()}
        return [
            QueueRow(
                number=numbers[each.pk],
                expression=each,
                versions=filed.get(each.pk, 0),
                findings=tuple(found[each.current_id]) if each.current_id else (),
                officer=officers.get(each.case_id, ""),
                due=terms.get(each.case.code, NOTHING)[0],
                stands=terms.get(each.case.code, NOTHING)[1],
            )
            for each in expressions
        ]

    def _whole(self, keys: Sequence[int]) -> list[Expression]:
        """The rows of these keys in their order; the call is the same for all and known already."""
        whole = Expression.objects.select_related("employer", "case__stage", "current")
        found = whole.in_bulk(keys)
        for each in found.values():
            each.call = each.case.call = self.call
        return [found[key] for key in keys]

    def _numbers(self, start: int, keys: Sequence[int]) -> dict[int, int]:
        if self.is_whole:
            return {key: number for number, key in enumerate(keys, start=start + 1)}
        return _places(self.call, keys)


def queue(*, actor: Actor, call: Call, show: str = "", words: str = "") -> Queue:
    """The expressions under `call` in the frozen order, each with what is missing.

    `show` is a `QueueShow` or nothing; `words` are looked for in names, numbers and codes. Nothing is asked
    before a page is; then nine queries at most, however long the queue and whichever the page.
    """
    words = words.strip()
    seen = Expression.objects.visible_to(actor).filter(call=call)
    if show:
        seen = seen.filter(_shown(QueueShow(show), call, actor))
    if words:
        named = Q(employer__name__icontains=words) | Q(employer__codice_fiscale__istartswith=words)
        seen = seen.filter(named | Q(code__iexact=words) | Q(case__code__iexact=words))
    return Queue(actor, call, seen.order_by(*ARRIVAL), is_whole=not (show or words))


def cases_in_order(*, actor: Actor, call: Call, codes: Sequence[str]) -> list[Case]:
    """The cases of the expressions of these codes under `call`, in the order of arrival. One query."""
    seen = Expression.objects.visible_to(actor).filter(call=call, code__in=codes)
    return [each.case for each in seen.select_related("case").order_by(*ARRIVAL)]


def number_in_queue(expression: Expression) -> int:
    """The place of `expression` in the order of arrival under its call, from 1. One query."""
    return _places(expression.call, [expression.pk])[expression.pk]


def _shown(show: QueueShow, call: Call, actor: Actor) -> Q:
    if show in BY_CASE:
        return BY_CASE[show]
    if show == QueueShow.LATE:
        return Q(current__in=_late(call).values("version"))
    if show == QueueShow.MINE:
        return Q(case__in=cases.held_by(actor.code))
    return Q(case__closed_at__isnull=True) & ~Q(case__in=cases.held_by_somebody())


def _late(call: Call) -> QuerySet[Finding]:
    """The findings by which filings under `call` are out of time, as people judged or the house found."""
    latest = Judgement.objects.filter(finding=OuterRef("pk")).order_by("-number")
    once_unmet = Q(state=State.UNMET) | Q(
        pk__in=Judgement.objects.filter(state=State.UNMET).values("finding")
    )
    timely = Finding.objects.filter(
        once_unmet, criterion__call=call, criterion__judge=TIMELINESS, run=F("version__run")
    )
    holds = Coalesce(Subquery(latest.values("state")[:1]), F("state"))
    return timely.annotate(holds=holds).filter(holds=State.UNMET)


def _places(call: Call, keys: Sequence[int]) -> dict[int, int]:
    """The place of each of these expressions among all under `call`, whoever may see those. One query."""
    place = Window(RowNumber(), order_by=ARRIVAL)
    # A place depends on everybody's, so the rows are chosen once they are numbered: a condition of its own
    # would narrow the queue first.
    numbered = Expression.objects.filter(call=call).annotate(place=place)
    chosen = numbered.filter(Q(pk__in=keys) | Q(place__lt=1))
    return dict(chosen.values_list("pk", "place"))


def _versions(keys: Sequence[int]) -> dict[int, int]:
    counted = Version.objects.filter(expression__in=keys).values("expression").annotate(filed=Count("pk"))
    return dict(counted.values_list("expression", "filed"))

"""What the pages of the office ask: the queue of a call, one expression, the admitted ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec
from django.db.models import Count, Prefetch, QuerySet

from tragitto.agenda import queries as agenda
from tragitto.agenda.models import Deadline
from tragitto.cases import queries as cases
from tragitto.cases.models import Decision, Move, Proposal
from tragitto.cases.queries import Exit
from tragitto.employers import permissions, rules
from tragitto.employers.models import ARRIVAL, Expression, ExpressionQuerySet, Position, Version
from tragitto.employers.queries.findings import FindingView, views
from tragitto.employers.rules import FilingFacts
from tragitto.employers.vocabulary import State
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import Outcome


@dataclass(frozen=True)
class QueueRow:
    """One expression in the order of arrival; `number` counts from 1, `key_*` is what the order rests on."""

    number: int
    expression: Expression
    versions: int
    findings: tuple[FindingView, ...]

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
class VersionView:
    """One message of an expression with its findings; which version holds the place and is reviewed.

    `is_proven`: a qualified signature proves that the person its form names signed it.
    """

    version: Version
    findings: tuple[FindingView, ...]
    is_placed: bool
    is_current: bool
    is_proven: bool = False


@dataclass(frozen=True)
class ExpressionPage:
    """Everything the page of one expression shows."""

    expression: Expression
    versions: tuple[VersionView, ...]
    exits: tuple[Exit, ...]
    moves: Sequence[Move]
    decisions: Sequence[Decision]
    proposals: Sequence[Proposal]
    positions: Sequence[Position]
    deadlines: Sequence[Deadline]
    may: dict[str, bool] = field(default_factory=dict)

    @property
    def current(self) -> VersionView | None:
        """The version under review."""
        return next((view for view in self.versions if view.is_current), None)

    @property
    def is_unproven(self) -> bool:
        """Whether nothing signed proves who files: the codice fiscale in a form is typed by anybody."""
        return not any(view.is_proven for view in self.versions)


def get_for(*, actor: Actor, code: str) -> Expression:
    """The expression of this code. Raises `NotFound` when there is none the actor may see. One query."""
    found = _whole(Expression.objects.visible_to(actor)).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def queue(*, actor: Actor, call: Call) -> list[QueueRow]:
    """The expressions under `call` in the frozen order, each with what is missing.

    Three queries, however many: the expressions, the findings of the versions under review, the judgements.
    """
    expressions = list(
        _whole(Expression.objects.visible_to(actor))
        .filter(call=call)
        .annotate(versions_filed=Count("versions"))
        .order_by(*ARRIVAL)
    )
    found = views([each.current_id for each in expressions if each.current_id])
    return [
        QueueRow(
            number=number,
            expression=each,
            versions=getattr(each, "versions_filed", 0),
            findings=tuple(found[each.current_id]) if each.current_id else (),
        )
        for number, each in enumerate(expressions, start=1)
    ]


def expression_page(*, actor: Actor, code: str, on: date) -> ExpressionPage:
    """One expression with its versions, findings, moves, decisions, proposals, positions and deadlines.

    A fixed number of queries besides those of the guards. Raises `NotFound`.
    """
    expression = get_for(actor=actor, code=code)
    case = expression.case
    versions = list(expression.versions.select_related("message").order_by("number"))
    found = views(versions)
    return ExpressionPage(
        expression=expression,
        versions=tuple(
            VersionView(
                version=version,
                findings=tuple(found[version.pk]),
                is_placed=version.pk == expression.placed_id,
                is_current=version.pk == expression.current_id,
                is_proven=rules.proves_its_signatory(msgspec.convert(version.facts, FilingFacts)),
            )
            for version in versions
        ),
        exits=tuple(cases.exits(case=case, actor=actor, on=on)),
        moves=list(cases.moves(case=case)),
        decisions=list(cases.decisions(case=case)),
        proposals=list(cases.open_proposals(case=case)),
        positions=list(_open_positions().filter(expression=expression)),
        deadlines=list(agenda.of_subject(actor=actor, subject=case.code)),
        may={verb: permissions.may(actor, verb, expression.call) for verb in permissions.VERBS},
    )


def admitted(*, actor: Actor, call: Call) -> QuerySet[Expression]:
    """The admitted expressions under `call` in the order of arrival, open positions included. Two queries."""
    positions = Prefetch("positions", queryset=_open_positions(), to_attr="open_positions")
    return (
        _whole(Expression.objects.visible_to(actor))
        .filter(call=call, case__outcome=Outcome.ADMITTED)
        .prefetch_related(positions)
        .order_by(*ARRIVAL)
    )


def _open_positions() -> QuerySet[Position]:
    return Position.objects.filter(closed_at__isnull=True).select_related("profile").order_by("number")


def _whole(expressions: ExpressionQuerySet) -> ExpressionQuerySet:
    return expressions.select_related(
        "employer", "case__stage", "case__call", "case__journey", "call", "current", "placed"
    )

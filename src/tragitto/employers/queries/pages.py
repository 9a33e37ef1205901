"""What the pages of the office ask: one expression, the admitted ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec
from django.db.models import Prefetch, Q, QuerySet

from tragitto.agenda import queries as agenda
from tragitto.agenda.models import Deadline
from tragitto.cases import permissions as case_permissions
from tragitto.cases import queries as cases
from tragitto.cases.models import ConflictStatement, Decision, Move, Proposal, Responsibility
from tragitto.cases.queries import Exit
from tragitto.employers import permissions, rules
from tragitto.employers.models import ARRIVAL, Expression, ExpressionQuerySet, Position, Version
from tragitto.employers.queries.findings import FindingView, views
from tragitto.employers.rules import FilingFacts, hiding
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.records.models import Filing, Message, Outgoing
from tragitto.schemes import queries as schemes
from tragitto.schemes.models import Call
from tragitto.schemes.vocabulary import Outcome


@dataclass(frozen=True)
class VersionView:
    """One message of an expression with its findings; which version holds the place and is reviewed.

    `is_proven`: a qualified signature proves that the person its form names signed it; `facts` and findings
    lack what the call hides from whoever looks.
    """

    version: Version
    facts: FilingFacts
    findings: tuple[FindingView, ...]
    is_placed: bool
    is_current: bool
    is_proven: bool = False


@dataclass(frozen=True)
class ExpressionPage:
    """Everything the page of one expression shows; `hidden` are the facts that are left out of it."""

    expression: Expression
    versions: tuple[VersionView, ...]
    exits: tuple[Exit, ...]
    moves: Sequence[Move]
    decisions: Sequence[Decision]
    proposals: Sequence[Proposal]
    positions: Sequence[Position]
    deadlines: Sequence[Deadline]
    responsible: Sequence[Responsibility] = ()
    statements: Sequence[ConflictStatement] = ()
    may: dict[str, bool] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

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


def expression_page(*, actor: Actor, code: str, on: date) -> ExpressionPage:
    """One expression with its versions, findings, moves, decisions, proposals, positions and deadlines.

    A fixed number of queries besides those of the guards. Raises `NotFound`.
    """
    expression = get_for(actor=actor, code=code)
    case = expression.case
    versions = list(expression.versions.select_related("message").order_by("number"))
    found, hidden = views(versions), hidden_from(actor, expression)
    return ExpressionPage(
        expression=expression,
        versions=tuple(_version_view(version, found[version.pk], expression, hidden) for version in versions),
        exits=tuple(cases.exits(case=case, actor=actor, on=on)),
        moves=list(cases.moves(case=case)),
        decisions=list(cases.decisions(case=case)),
        proposals=list(cases.open_proposals(case=case)),
        positions=list(_open_positions().filter(expression=expression)),
        deadlines=list(agenda.of_subject(actor=actor, subject=case.code)),
        responsible=cases.responsibilities(case=case),
        statements=cases.statements(case=case),
        may=_rights(actor, expression),
        hidden=hidden,
    )


def hidden_from(actor: Actor, expression: Expression) -> tuple[str, ...]:
    """The facts of the forms that the call hides from `actor` while the expression is reviewed. No query.

    From reviewers alone: officers write to the employer, and once the case is closed all can be seen.
    """
    if expression.case.is_closed or not actor.has("reviewer"):
        return ()
    return schemes.review_of(expression.call).hidden


def hides_files(*, actor: Actor, message: Message) -> bool:
    """Whether the files of `message` are kept from `actor`: they show what the call hides. Two queries.

    What was filed, what else the employer wrote, letters of ours and the receipts that carry a copy of them.
    """
    about = (message.pk, message.receipt_for_id)
    places = Filing.objects.filter(message__in=[key for key in about if key]).values_list("where", flat=True)
    whole = Expression.objects.select_related("case", "call")
    named = Q(code__in=list(places)) | Q(case__code__in=list(places)) | Q(versions__message=message)
    return any(hidden_from(actor, filed) for filed in whole.filter(named).distinct())


def hidden_messages(*, actor: Actor, outgoing: Iterable[Outgoing]) -> frozenset[int]:
    """The keys of messages of ours whose addressees are kept from `actor`. One query for reviewers alone."""
    if not actor.has("reviewer"):
        return frozenset()
    outgoing = list(outgoing)
    about = [each.about for each in outgoing if each.about]
    found = Expression.objects.select_related("case", "call").filter(case__code__in=about)
    closed = {each.case.code for each in found if hidden_from(actor, each)}
    return frozenset(each.pk for each in outgoing if each.about in closed)


def current_views(*, actor: Actor, expression: Expression) -> list[FindingView]:
    """The findings of the version under review, without what the call hides from `actor`. Two queries."""
    version = expression.current
    if version is None:
        return []
    hidden = hidden_from(actor, expression)
    return list(_version_view(version, views([version])[version.pk], expression, hidden).findings)


def hidden_words(*, actor: Actor, expression: Expression) -> frozenset[str]:
    """What stands in the facts that the call hides from `actor`, wherever else it may turn up. One query."""
    hidden = hidden_from(actor, expression)
    kept = expression.versions.values_list("facts", flat=True) if hidden else []
    return frozenset().union(
        *(hiding.hidden_values(msgspec.convert(facts, FilingFacts), hidden) for facts in kept)
    )


def _version_view(
    version: Version, found: Sequence[FindingView], expression: Expression, hidden: tuple[str, ...]
) -> VersionView:
    facts = msgspec.convert(version.facts, FilingFacts)
    places, values = hiding.hidden_places(facts, hidden), hiding.hidden_values(facts, hidden)
    for view in found if hidden else ():
        # Only the rows in hand change: nobody writes them, findings only grow.
        view.finding.parameters = hiding.veiled(view.finding.parameters, values)
        view.finding.evidence = [
            each
            for each in view.finding.evidence
            if not hiding.is_among((each.get("form", ""), each.get("field", "")), places)
        ]
    return VersionView(
        version=version,
        facts=hiding.masked(facts, hidden),
        findings=tuple(found),
        is_placed=version.pk == expression.placed_id,
        is_current=version.pk == expression.current_id,
        is_proven=rules.proves_its_signatory(facts),
    )


def _rights(actor: Actor, expression: Expression) -> dict[str, bool]:
    own = {verb: permissions.may(actor, verb, expression.call) for verb in permissions.VERBS}
    of_cases = ("case.assign", "case.state_conflict")
    return own | {verb: case_permissions.may(actor, verb, expression.call) for verb in of_cases}


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

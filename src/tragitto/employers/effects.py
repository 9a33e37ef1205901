"""Consequences for positions that journeys may attach to a step."""

from datetime import datetime

from tragitto.cases.models import Case, Move
from tragitto.employers import actions
from tragitto.employers.models import Expression
from tragitto.kernel.actors import Actor
from tragitto.kernel.registries import NoParameters
from tragitto.schemes.registries import EFFECTS


@EFFECTS.register("open_positions")
def open_positions(case: Case, wanted: NoParameters, *, move: Move, actor: Actor, at: datetime) -> None:
    """Open a position for each profile the admitted form asks for."""
    actions.open_positions(expression=_expression(case), actor=actor, at=at)


@EFFECTS.register("close_positions")
def close_positions(case: Case, wanted: NoParameters, *, move: Move, actor: Actor, at: datetime) -> None:
    """Close the open positions: for the correction of an admission."""
    actions.close_positions(expression=_expression(case), actor=actor, at=at)


def _expression(case: Case) -> Expression:
    return Expression.objects.select_related("call__scheme", "call__region", "current").get(case=case)

"""Opening positions: what the admitted form asks for, row by row."""

from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tragitto.employers.models import Expression, Position
from tragitto.employers.rules import FilingFacts
from tragitto.kernel.actors import Actor
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding
from tragitto.ledger.actions import record

#: What a row of the form says besides the profile and the number of workers.
WISHES = (
    "tasks", "skills", "shift", "ccnl", "contract", "months", "gross_pay", "start_period", "languages",
)  # fmt: skip


@transaction.atomic
def open_positions(*, expression: Expression, actor: Actor, at: datetime) -> list[Position]:
    """Open a position for each row of the form under review that asks for a profile of the scheme.

    Positions of an earlier admission are closed. A consequence of a step, so nobody is asked for a right.
    Raises `Blocked` when no row asks for any.
    """
    facts = msgspec.convert(expression.current.facts if expression.current else {}, FilingFacts)
    profiles = {profile.code: profile for profile in expression.call.scheme.profiles.all()}
    rows = facts.main.rows("profiles") if facts.main else []
    wanted = [(profiles[row["code"]], row) for row in rows if row.get("code") in profiles]
    if not wanted:
        text = _("The form asks for no profile of the call, so no position could be opened.")
        raise Blocked(Finding("no_position", text))

    close_positions(expression=expression, actor=actor, at=at)
    opened = [
        Position.objects.create(
            code=new_code("J"),
            expression=expression,
            profile=profile,
            number=number,
            seats=row.get("workers") or None,
            unit=_unit(row, facts, frozenset(expression.call.region.provinces)),
            wishes={name: row[name] for name in WISHES if row.get(name)},
            opened_at=at,
        )
        for number, (profile, row) in enumerate(wanted, start=1)
    ]
    for position in opened:
        told = {"position": position.code, "profile": position.profile.code, "seats": position.seats}
        record("position.opened", subject=expression.code, actor=actor, at=at, facts=told)
    return opened


@transaction.atomic
def close_positions(*, expression: Expression, actor: Actor, at: datetime) -> int:
    """Close the open positions of an expression; return how many there were."""
    open_ones = list(
        Position.objects.select_for_update(no_key=True).filter(expression=expression, closed_at__isnull=True)
    )
    for position in open_ones:
        position.closed_at = at
        position.save(update_fields=["closed_at"])
        told = {"position": position.code}
        record("position.closed", subject=expression.code, actor=actor, at=at, facts=told)
    return len(open_ones)


def _unit(row: dict[str, Any], facts: FilingFacts, provinces: frozenset[str]) -> dict[str, Any]:
    """Where the work is: the municipality the row names, otherwise the first unit in the region."""
    units = facts.main.rows("units") if facts.main else []
    named = str(row.get("municipality") or "").strip()
    same = [unit for unit in units if str(unit.get("municipality") or "").strip().lower() == named.lower()]
    inside = [unit for unit in units if str(unit.get("province") or "").strip().upper() in provinces]
    if named:
        return same[0] if same else {"municipality": named}
    return inside[0] if inside else {}

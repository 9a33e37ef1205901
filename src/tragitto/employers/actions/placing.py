"""The place in the order of arrival: found anew from all versions whenever one of them changes."""

from dataclasses import dataclass
from datetime import datetime

from tragitto.employers import queries, rules
from tragitto.employers.criteria import COMPLETENESS, TIMELINESS
from tragitto.employers.models import Expression, Version
from tragitto.employers.vocabulary import State
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record


@dataclass(frozen=True)
class _Standing(rules.Standing):
    version: Version | None = None


def place_again(expression: Expression, *, actor: Actor, at: datetime) -> None:
    """Freeze the place and the version under review, from what holds of every version.

    Part of the caller's transaction. A closed case keeps its place and its version, whatever comes later.
    """
    held = (
        Expression.objects.select_for_update(of=("self",))
        .select_related("case", "call")
        .get(pk=expression.pk)
    )
    standings = [_standing(version) for version in held.versions.order_by("number")]
    placed = rules.place_of(standings, held.call.place_rule)
    current = rules.current_of(standings)
    if held.case.is_closed or placed is None or current is None:
        return

    before = (held.placed_id, held.current_id)
    held.placed, held.current = placed.version, current.version
    held.place_instant, held.place_identifier = placed.instant, placed.identifier
    held.save(update_fields=["placed", "current", "place_instant", "place_identifier"])
    for name in ("placed", "current", "place_instant", "place_identifier"):
        setattr(expression, name, getattr(held, name))
    if before != (held.placed_id, held.current_id) and placed.version and current.version:
        facts = {"placed": placed.version.number, "current": current.version.number}
        record("expression.placed", subject=held.code, actor=actor, at=at, facts=facts)


def _standing(version: Version) -> _Standing:
    findings = queries.judgeable(version)
    timely = {rules.effective(finding) for finding in findings if finding.judge == TIMELINESS}
    is_in_time = None if not timely or State.UNKNOWN in timely else State.UNMET not in timely
    is_complete = rules.completeness(findings, COMPLETENESS)
    if version.is_complete is not is_complete:
        version.is_complete = is_complete
        version.save(update_fields=["is_complete"])
    return _Standing(
        instant=version.instant,
        identifier=version.identifier,
        is_in_time=is_in_time,
        is_complete=is_complete,
        entered=version.number,
        version=version,
    )

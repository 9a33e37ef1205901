"""The place in the order of arrival: found anew from all versions whenever one of them changes."""

from dataclasses import dataclass
from datetime import datetime

from tragitto.cases import actions as cases
from tragitto.employers import queries, rules
from tragitto.employers.criteria import COMPLETENESS, TIMELINESS
from tragitto.employers.holding import held
from tragitto.employers.models import Expression, Version
from tragitto.employers.vocabulary import State
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record


@dataclass(frozen=True)
class _Standing(rules.Standing):
    version: Version | None = None


def place_again(expression: Expression, *, actor: Actor, at: datetime) -> None:
    """Freeze the place and the version under review, from what holds of every version.

    Where the place turns out to be earlier, the terms run from there. Part of the caller's transaction. A
    closed case keeps its place and its version, whatever comes later.
    """
    now = held(expression.pk)
    standings = [_standing(version) for version in now.versions.order_by("number")]
    placed = rules.place_of(standings, now.call.place_rule)
    current = rules.current_of(standings)
    if now.case.is_closed or placed is None or current is None:
        return

    before = (now.placed_id, now.current_id)
    now.placed, now.current = placed.version, current.version
    now.place_instant, now.place_identifier = placed.instant, placed.identifier
    now.save(update_fields=["placed", "current", "place_instant", "place_identifier"])
    if placed.instant and placed.instant < now.case.filed_at:
        cases.file_earlier(case=now.case, filed_at=placed.instant, actor=actor, at=at)
    for name in ("placed", "current", "place_instant", "place_identifier"):
        setattr(expression, name, getattr(now, name))
    if before != (now.placed_id, now.current_id) and placed.version and current.version:
        facts = {"placed": placed.version.number, "current": current.version.number}
        record("expression.placed", subject=now.code, actor=actor, at=at, facts=facts)


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
        is_answer=version.facts.get("asked_until") is not None,
        version=version,
    )

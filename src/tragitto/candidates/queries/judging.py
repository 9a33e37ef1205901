"""What would happen to a row: the one judgement of the dry run, of the real run, and of a single entry."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tragitto.candidates.queries.portraits import Known
from tragitto.candidates.rules.pages import adult_on
from tragitto.candidates.rules.plans import Plan, plan
from tragitto.candidates.rules.rows import Problem, Row, missing
from tragitto.candidates.vocabulary import RowVerdict


@dataclass(frozen=True)
class Judged:
    """A row with whom it is about, if they are known, what would change of them, and why it is refused."""

    row: Row
    known: Known | None
    plan: Plan
    problems: tuple[Problem, ...]

    @property
    def verdict(self) -> RowVerdict:
        """What will happen to the row, as far as it alone can tell."""
        if self.problems:
            return RowVerdict.REFUSED
        if self.known is None:
            return RowVerdict.NEW
        return RowVerdict.CHANGED if self.plan.taken else RowVerdict.SAME

    @property
    def differences(self) -> dict[str, dict[str, Any]]:
        """The differences as they are kept with the row. What others said of the person is told to those
        alone to whom the person consents.
        """
        is_open = self.known is not None and self.known.is_open
        return {
            each.unit: {
                "ours": each.ours if each.is_taken or is_open else None,
                "theirs": each.theirs,
                "taken": each.is_taken,
            }
            for each in self.plan.differences
        }


def judge(row: Row, known: Known | None) -> Judged:
    """What would happen to `row`, which is about `known` or about somebody new. No query."""
    problems = list(row.problems)
    if known is None:
        problems += missing(row.units) if not problems else []
        return Judged(row, None, Plan(()), tuple(problems))
    if known.is_elsewhere:
        problems.append(Problem("reference", "reference_elsewhere"))
    elif known.is_over:
        problems.append(Problem("reference", "registration_ended"))
    found = plan(row.units, last=known.last, ours=known.units, locked=known.locked)
    if _was_under_age(known, found):
        problems.append(Problem("birth_on", "under_age_when_sent"))
    return Judged(row, known, found, tuple(problems))


def _was_under_age(known: Known, found: Plan) -> bool:
    """Whether the person, by the day of birth that would be written, was too young when they were sent."""
    birth_on, sent_on = found.taken.get("birth_on"), known.candidate.sent_on
    if not birth_on or not sent_on:
        return False
    return adult_on(date.fromisoformat(birth_on), known.least_age) > sent_on

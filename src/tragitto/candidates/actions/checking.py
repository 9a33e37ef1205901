"""Trying a batch: what would happen to each of its rows. Nothing is entered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tragitto.candidates.models import Batch, BatchRow
from tragitto.candidates.queries import choices, judging, portraits
from tragitto.candidates.queries.likely_rows import LikelyRows
from tragitto.candidates.rules.rows import UNDER_AGE, Problem, Row, read_row
from tragitto.candidates.vocabulary import BatchState, RowVerdict
from tragitto.kernel.actors import Actor
from tragitto.ledger.actions import record
from tragitto.schemes.queries import roster_of

#: So many rows are tried before the progress is written, and before it is asked whether to go on.
STEP = 1000
#: The word for what a row says otherwise than the person or a keeper, which is not taken.
KEPT = "kept"
_WRITTEN = ("reference", "raw", "values", "verdict", "problems", "differences")


@dataclass(frozen=True)
class _Tried:
    """A row of a batch and what it says."""

    kept: BatchRow
    row: Row

    @property
    def number(self) -> int:
        return self.kept.number


def check(*, code: str, actor: Actor, at: datetime) -> None:
    """Try every row of a batch and write what would happen to it, step by step; a batch that is not waiting
    for that is left alone. Begun again after an end in the middle, it begins from the first row.

    Of people who are too young only the reference and the reason are kept; these stay in a later trial.
    """
    batch = Batch.objects.select_related("scheme", "organisation").get(code=code)
    if batch.state != BatchState.CHECKING:
        return
    tried = _read(batch, at)
    trial = _Trial(batch, tried)
    Batch.objects.filter(pk=batch.pk).update(done=0)
    for begin in range(0, len(tried), STEP):
        if not trial.write(tried[begin : begin + STEP]):
            return  # cancelled meanwhile
    _end(batch, trial.counts, actor=actor, at=at)


def _read(batch: Batch, at: datetime) -> list[_Tried]:
    spec = roster_of(batch.scheme_id)
    lists = choices.lists_of(batch.scheme, spec)
    asked = choices.asked_of(lists, spec, timezone.localdate(at))
    allowed = choices.choices_of(lists)
    return [
        _Tried(each, _erased(each) or read_row(each.raw, asked, allowed))
        for each in batch.rows.order_by("number")
    ]


def _erased(kept: BatchRow) -> Row | None:
    """The row of somebody whom an earlier trial found too young: it says that and no more."""
    young = [each for each in kept.problems if each["code"] == UNDER_AGE]
    problems = tuple(Problem(each["field"], each["code"], each["facts"]) for each in young)
    return Row(kept.reference, {}, problems) if problems else None


class _Trial:
    """The rows of one batch, held against the roster and against one another."""

    def __init__(self, batch: Batch, tried: Sequence[_Tried]) -> None:
        self.batch, self.organisation = batch, batch.organisation.code
        self.twice = _twice(tried)
        self.likely = LikelyRows(batch.scheme, self.organisation, ((each.number, each.row) for each in tried))
        self.counts: Counter[str] = Counter()

    @transaction.atomic
    def write(self, some: Sequence[_Tried]) -> bool:
        """Write what would happen to these rows, and how far the trial has come; False for a batch that is
        not tried any more.
        """
        held = Batch.objects.select_for_update(no_key=True).get(pk=self.batch.pk)
        if held.state != BatchState.CHECKING:
            return False
        references = [each.row.reference for each in some]
        known = portraits.known_under(references, scheme=self.batch.scheme, organisation=self.organisation)
        likes = self.likely.of([each.number for each in some if each.row.reference not in known])
        for each in some:
            judged = judging.judge(each.row, known.get(each.row.reference))
            _fill(each.kept, judged, self.twice.get(each.number), likes.get(each.number, ()))
            self.counts[each.kept.verdict] += 1
            self.counts[KEPT] += any(not told["taken"] for told in each.kept.differences.values())
        BatchRow.objects.bulk_create(
            [each.kept for each in some],
            update_conflicts=True,
            unique_fields=["batch", "number"],
            update_fields=_WRITTEN,
        )
        held.done += len(some)
        held.save(update_fields=["done"])
        return True


def _twice(tried: Sequence[_Tried]) -> dict[int, int]:
    """Rows whose reference another row has too: their numbers, with that of the other."""
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for each in tried:
        reference = each.row.reference
        if reference in first:
            found[each.number] = first[reference]
            found.setdefault(first[reference], each.number)
        elif reference:
            first[reference] = each.number
    return found


def _fill(kept: BatchRow, judged: judging.Judged, twice: int | None, likes: Sequence[Problem]) -> None:
    """Have the row say what would happen to it, and why."""
    problems, verdict = list(judged.problems), judged.verdict
    if twice is not None:
        problems.append(Problem("reference", "reference_twice", {"row": twice}))
        verdict = RowVerdict.REFUSED
    elif verdict == RowVerdict.NEW and likes:
        problems += likes
        verdict = RowVerdict.DOUBTFUL
    problems += [Problem(each.unit, KEPT) for each in judged.plan.differences if not each.is_taken]
    kept.reference, kept.verdict = judged.row.reference, verdict.value
    kept.problems = [problem.as_json() for problem in problems]
    is_kept = not judged.row.is_under_age
    kept.values = dict(judged.row.units) if is_kept else {}
    kept.differences = judged.differences if is_kept else {}
    kept.raw = kept.raw if is_kept else {"reference": judged.row.reference}


@transaction.atomic
def _end(batch: Batch, counts: Mapping[str, int], *, actor: Actor, at: datetime) -> None:
    held = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if held.state != BatchState.CHECKING:
        return
    held.state, held.counts = BatchState.CHECKED.value, {word: n for word, n in counts.items() if n}
    held.save(update_fields=["state", "counts"])
    record("batch.checked", subject=held.code, actor=actor, at=at, facts=held.counts)

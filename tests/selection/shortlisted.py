"""Runs made up by hand and shortlists made of them, for the stories of what comes after a run."""

import zlib
from datetime import datetime
from typing import Any

from tests.selection.making import NOON, TINA, Made
from tragitto.candidates.models import Candidate, Invitation
from tragitto.candidates.vocabulary import Answer
from tragitto.kernel.codes import new_code
from tragitto.selection.actions.proposing import show
from tragitto.selection.actions.shortlisting import take_up
from tragitto.selection.models import Run, Shortlisted
from tragitto.selection.queries.snapshots import snapshot
from tragitto.selection.vocabulary import RunKind
from tragitto_matching import files
from tragitto_matching.hashing import instance_hash

CONTRIBUTIONS = [["eligible", 1, 1, 1], ["language", 1, 20, 20], ["experience", 4, 8, 32]]


def proposing_run(
    made: Made, lists: dict[int, list[int]], *, waiting: dict[int, list[int]] | None = None, **changes: Any
) -> Run:
    """A run that proposes for post j of `made` the candidates of `lists[j]`, in this order."""

    def told(numbers: list[int]) -> list[dict[str, Any]]:
        return [
            {"candidate": made.candidates[each].code, "score": 53, "contributions": CONTRIBUTIONS}
            for each in numbers
        ]

    posts = [
        {
            "post": made.posts[post].code,
            "candidates": told(numbers),
            "waiting": told((waiting or {}).get(post, [])),
        }
        for post, numbers in lists.items()
    ]
    instance = snapshot(made.round, on=NOON.date()).instance
    facts: dict[str, Any] = {
        "kind": RunKind.SHORTLISTS,
        "engine": "1",
        "instance": zlib.compress(files.write(instance)),
        "instance_hash": instance_hash(instance),
        "result": {"posts": posts, "looks": {}},
        "result_hash": "0" * 64,
        "run_at": NOON,
        "run_by": TINA.code,
    }
    number = Run.objects.filter(round=made.round).count() + 1
    return Run.objects.create(code=new_code("RN"), round=made.round, number=number, **facts | changes)


def shown_shortlists(made: Made, lists: dict[int, list[int]], *, at: datetime = NOON) -> list[Shortlisted]:
    """The same, taken up and shown: everybody on `lists` was asked."""
    take_up(run=proposing_run(made, lists), actor=TINA, at=at)
    return list(show(round=made.round, actor=TINA, at=at).asked)


def say(row: Shortlisted, answer: Answer, *, at: datetime = NOON) -> Invitation:
    """The person answered for the position of `row`."""
    assert row.invitation is not None
    for row_or_invitation in (row, row.invitation):
        row_or_invitation.answer, row_or_invitation.answered_at = answer, at
        row_or_invitation.save(update_fields=["answer", "answered_at"])
    return row.invitation


def codes(rows: list[Shortlisted]) -> list[str]:
    """The people of `rows`."""
    return [Candidate.objects.get(pk=row.candidate_id).code for row in rows]

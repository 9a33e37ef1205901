"""The roster for programs of those who register people: batches, single people, their own people."""

from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal

from ninja import Body, Field, Router, Schema, Status
from pydantic import ConfigDict

from tragitto.accounts.vocabulary import Scope
from tragitto.api.bearer import ApiRequest, BearerToken
from tragitto.candidates.actions import batches as actions
from tragitto.candidates.actions import entering
from tragitto.candidates.models import Batch, BatchRow
from tragitto.candidates.queries import batches as queries
from tragitto.candidates.rules.columns import COLUMNS
from tragitto.candidates.vocabulary import RowVerdict
from tragitto.candidates.words.rows import sentence
from tragitto.kernel import clock
from tragitto.kernel.refusals import NotFound
from tragitto.schemes.models import Scheme

router = Router(tags=["roster"])
_READ, _WRITE = BearerToken(Scope.ROSTER_READ), BearerToken(Scope.ROSTER_WRITE)
#: So many rows or people in one answer.
MOST = 500
_ROW = f"Texts by the codes of the columns: {', '.join(column.code for column in COLUMNS)}."


class BatchIn(Schema):
    """People to be entered, each a row of texts."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field("api", max_length=200, description="What you call it; shown on the pages.")
    rows: list[dict[str, str]] = Field(description=_ROW)


class Application(Schema):
    """How a batch is applied."""

    model_config = ConfigDict(extra="forbid")

    leave_out_refused: bool = Field(False, description="Enter the others, where some rows are refused.")


class BatchOut(Schema):
    """How far a batch has come, and what would happen or has happened to its rows."""

    code: str
    scheme: str
    state: Literal["checking", "checked", "applying", "applied", "cancelled", "failed"]
    problem: str = Field(description="moved-on: tried again, as something changed meanwhile; broken.")
    total: int
    done: int = Field(description="Rows tried so far.")
    counts: dict[str, int] = Field(description="Rows by verdict; kept: rows that say otherwise in part.")
    uploaded_at: datetime
    applied_at: datetime | None


class ProblemOut(Schema):
    """Something about a row."""

    field: str = Field(description="The column, or the part of the person.")
    code: str
    text: str
    facts: dict[str, Any]


class RowOut(Schema):
    """A row of a batch."""

    number: int
    reference: str
    verdict: Literal["", "new", "changed", "same", "doubtful", "refused"]
    problems: list[ProblemOut]
    differences: dict[str, Any] = Field(description="By part of the person: ours, theirs, whether taken.")
    person: str = Field(description="The code of the person, once entered.")


class RowsOut(Schema):
    """Rows in the order of the batch; `next` = the number after which to ask on, if there are more."""

    rows: list[RowOut]
    next: int | None


class PersonOut(Schema):
    """Somebody whom your organisation registered."""

    reference: str
    code: str
    status: str
    registered_at: datetime
    entered: dict[str, Any] = Field(description="What your organisation said last, part by part.")
    told_at: datetime | None = Field(description="When the person was told of it.")


class PeopleOut(Schema):
    """Your people by reference; `next` is the reference after which to ask on, if there are more."""

    people: list[PersonOut]
    next: str | None


class Entered(Schema):
    """What became of somebody."""

    code: str
    verdict: RowVerdict
    differences: dict[str, Any]


@router.post(
    "/{scheme}/batches/",
    operation_id="takeBatch",
    summary="Send people, to be tried",
    response={HTTPStatus.ACCEPTED: BatchOut},
    auth=_WRITE,
)
def take_batch(request: ApiRequest, scheme: str, sent: BatchIn) -> Status[BatchOut]:
    """Nothing is entered: the rows are tried in the background. Ask for the batch until it is checked. The
    same rows again, before they are applied, give the same batch.
    """
    taken = actions.take_rows(
        scheme=_scheme(request, scheme), name=sent.name, rows=sent.rows, actor=request.actor, at=clock.now()
    )
    return Status(HTTPStatus.ACCEPTED, _batch(taken))


@router.get(
    "/batches/{code}/", operation_id="getBatch", summary="How far a batch is", response=BatchOut, auth=_READ
)
def get_batch(request: ApiRequest, code: str) -> BatchOut:
    """The state of a batch of your organisation, with how many rows have which verdict."""
    return _batch(queries.get_for(request.actor, code))


@router.get(
    "/batches/{code}/rows/", operation_id="getRows", summary="Rows of a batch", response=RowsOut, auth=_READ
)
def get_rows(
    request: ApiRequest,
    code: str,
    verdict: Literal["", "new", "changed", "same", "doubtful", "refused", "kept"] = "",
    after: int = 0,
) -> RowsOut:
    """What would happen to each row, and why one is refused; at most 500, those `after` a number."""
    found = queries.rows(queries.get_for(request.actor, code), verdict).filter(number__gt=after)
    rows = list(found[: MOST + 1])
    last = rows[MOST - 1].number if len(rows) > MOST else None
    return RowsOut(rows=[_row(each) for each in rows[:MOST]], next=last)


@router.post(
    "/batches/{code}/application/",
    operation_id="applyBatch",
    summary="Enter a batch",
    response={HTTPStatus.ACCEPTED: BatchOut},
    auth=_WRITE,
)
def apply_batch(request: ApiRequest, code: str, how: Application) -> Status[BatchOut]:
    """Enter a checked batch in the background, whole or not at all. Asked twice, it is entered once."""
    batch = queries.get_for(request.actor, code)
    held = actions.apply_batch(
        batch=batch, leaves_out=how.leave_out_refused, actor=request.actor, at=clock.now()
    )
    return Status(HTTPStatus.ACCEPTED, _batch(held))


@router.delete(
    "/batches/{code}/",
    operation_id="cancelBatch",
    summary="Throw a batch away",
    response=BatchOut,
    auth=_WRITE,
)
def cancel_batch(request: ApiRequest, code: str) -> BatchOut:
    """Throw away a batch that was not applied, with its rows."""
    batch = queries.get_for(request.actor, code)
    return _batch(actions.cancel_batch(batch=batch, actor=request.actor, at=clock.now()))


@router.put(
    "/{scheme}/people/{reference}/",
    operation_id="enterPerson",
    summary="Enter one person",
    response=Entered,
    auth=_WRITE,
)
def enter_person(request: ApiRequest, scheme: str, reference: str, said: Body[dict[str, str]]) -> Entered:
    """Enter a person under your reference, or change what you said of them, at once. The same again changes
    nothing. The columns are those of a batch.
    """
    done = entering.enter(
        scheme=_scheme(request, scheme),
        raw={**said, "reference": reference},
        actor=request.actor,
        at=clock.now(),
    )
    judged = done.judged
    return Entered(code=done.candidate.code, verdict=judged.verdict, differences=judged.differences)


@router.get(
    "/{scheme}/people/", operation_id="ownPeople", summary="Your people", response=PeopleOut, auth=_READ
)
def own_people(
    request: ApiRequest,
    scheme: str,
    after: str = "",
) -> PeopleOut:
    """Whom your organisation registered, at most 500 at a time: where they stand, what you said of them."""
    found = queries.own_people(request.actor, _scheme(request, scheme)).filter(reference__gt=after)
    people = list(found[: MOST + 1])
    last = people[MOST - 1].reference if len(people) > MOST else None
    shown = [
        PersonOut(
            reference=each.reference,
            code=each.candidate.code,
            status=each.candidate.status,
            registered_at=each.registered_at,
            entered=each.entered,
            told_at=each.told_at,
        )
        for each in people[:MOST]
    ]
    return PeopleOut(people=shown, next=last)


def _scheme(request: ApiRequest, code: str) -> Scheme:
    found = queries.schemes_of(request.actor).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def _batch(batch: Batch) -> BatchOut:
    return BatchOut(
        code=batch.code,
        scheme=batch.scheme.code,
        state=batch.state,  # type: ignore[arg-type]
        problem=batch.problem,
        total=batch.total,
        done=batch.done,
        counts=batch.counts,
        uploaded_at=batch.uploaded_at,
        applied_at=batch.applied_at,
    )


def _row(row: BatchRow) -> RowOut:
    return RowOut(
        number=row.number,
        reference=row.reference,
        verdict=row.verdict,  # type: ignore[arg-type]
        problems=[
            ProblemOut(**problem, text=sentence(problem["code"], problem["facts"]))
            for problem in row.problems
        ],
        differences=row.differences,
        person=row.candidate.code if row.candidate else "",
    )

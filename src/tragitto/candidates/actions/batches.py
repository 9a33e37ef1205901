"""Batches of registrations by others: taken in, cancelled, ordered to be applied; nothing is entered here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from tragitto.accounts.models import Organisation
from tragitto.candidates import permissions
from tragitto.candidates.actions.loading import load
from tragitto.candidates.models import Batch, BatchRow
from tragitto.candidates.rules import columns
from tragitto.candidates.vocabulary import BatchState, RowVerdict
from tragitto.candidates.words.files import unread
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.kernel.codes import new_code
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed, Stale
from tragitto.kernel.texts import is_text
from tragitto.ledger.actions import record
from tragitto.records.reader import ReaderStopped, sheet_of
from tragitto.schemes.models import Scheme

#: The largest file that is taken: twenty thousand people with every column filled are smaller.
MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
#: The jobs that try a batch and that apply it, one at a time.
CHECKING, APPLYING, QUEUE = "candidates.check_batch", "candidates.apply_batch", "roster"
_OPEN = (BatchState.CHECKING, BatchState.CHECKED)

type Rows = Sequence[tuple[int, Mapping[str, str]]]


def take_file(*, scheme: Scheme, name: str, content: bytes, actor: Actor, at: datetime) -> Batch:
    """Take in a spreadsheet or separated values, to be tried in the background.

    The file is read at once, in a process apart, and not kept: its rows are. The same file again, before it
    was applied, gives the batch that is there. Raises `NotAllowed`; `Blocked` for what is no list of people,
    with what is wrong with it.
    """
    _demand_registrar(actor, scheme)
    if len(content) > MOST_BYTES:
        raise Blocked(unread("too-large"))
    try:
        sheet = sheet_of(content)
    except ReaderStopped as stopped:
        raise Blocked(unread("no-reader")) from stopped
    if sheet.problem:
        raise Blocked(unread(sheet.problem))
    found = columns.headings_in([row.cells for row in sheet.rows])
    if found is None or "reference" not in found.codes:
        raise Blocked(unread("no-headings"))
    if found.twice:
        raise Blocked(unread("headings-twice", columns=found.twice))
    rows = [(row.number, _named(found.codes, row.cells)) for row in sheet.rows[found.row + 1 :]]
    _demand_text(name, rows)
    told = [[heading, code] for heading, code in zip(found.headings, found.codes, strict=True) if heading]
    return _taken(scheme, name, sha256_hex(content), rows, told, actor=actor, at=at)


def take_rows(
    *, scheme: Scheme, name: str, rows: Sequence[Mapping[str, str]], actor: Actor, at: datetime
) -> Batch:
    """Take in rows, texts by the codes of their columns; as `take_file`."""
    _demand_registrar(actor, scheme)
    unknown = sorted({code for row in rows for code in row} - columns.BY_CODE.keys())
    if unknown:
        raise Blocked(unread("columns-unknown", columns=unknown))
    numbered = list(enumerate(rows, start=1))
    _demand_text(name, numbered)
    told = [[code, code] for code in columns.BY_CODE if any(code in row for row in rows)]
    digest = sha256_hex(canonical_json([dict(row) for row in rows]))
    return _taken(scheme, name, digest, numbered, told, actor=actor, at=at)


@transaction.atomic
def apply_batch(*, batch: Batch, leaves_out: bool, actor: Actor, at: datetime) -> Batch:
    """Order a batch that was tried to be entered, in the background, whole or not at all.

    Ordered once, ordering again changes nothing. Rows that are refused are left out, if `leaves_out` says so.
    Raises `NotAllowed`; `Stale` for a batch that is not in this state any more; `Blocked` where nothing
    would be entered, and for refused rows that nobody said to leave out.
    """
    held = _held(batch, actor)
    if held.state in {BatchState.APPLYING, BatchState.APPLIED}:
        return held
    if held.state != BatchState.CHECKED:
        raise Stale(_moved_on())
    refused = held.counts.get(RowVerdict.REFUSED, 0)
    entering = sum(held.counts.get(word, 0) for word in ENTERED)
    if not entering:
        said = _("There is nothing to enter: no row is new, and none changes anything.")
        raise Blocked(Finding("nothing_to_enter", said))
    if refused and not leaves_out:
        said = _("Some rows are refused: mend them and send the file again, or say that they are left out.")
        raise Blocked(Finding("rows_refused", said, {"rows": refused}))

    held.state, held.leaves_out, held.applied_by = BatchState.APPLYING.value, leaves_out, actor.code
    held.problem = ""
    held.save(update_fields=["state", "leaves_out", "applied_by", "problem"])
    facts = {"entering": entering, "left_out": refused}
    record("batch.apply_ordered", subject=held.code, actor=actor, at=at, facts=facts)
    app.configure_task(APPLYING, queue=QUEUE, lock=held.organisation.code).defer(code=held.code)
    return held


@transaction.atomic
def cancel_batch(*, batch: Batch, actor: Actor, at: datetime) -> Batch:
    """Throw a batch away that was not applied, and its rows with it; again, nothing happens.

    Raises `NotAllowed`; `Stale` for one that was applied or is just being applied.
    """
    held = _held(batch, actor)
    if held.state == BatchState.CANCELLED:
        return held
    if held.state not in {*_OPEN, BatchState.FAILED}:
        raise Stale(_moved_on())
    held.state, held.forgotten_at = BatchState.CANCELLED.value, at
    held.save(update_fields=["state", "forgotten_at"])
    held.rows.all().delete()
    record("batch.cancelled", subject=held.code, actor=actor, at=at)
    return held


#: What happens to a row that is not refused and not the same.
ENTERED = (RowVerdict.NEW, RowVerdict.CHANGED, RowVerdict.DOUBTFUL)


@transaction.atomic
def _taken(
    scheme: Scheme,
    name: str,
    digest: str,
    rows: Rows,
    told: list[list[str]],
    *,
    actor: Actor,
    at: datetime,
) -> Batch:
    if not rows:
        raise Blocked(unread("no-rows"))
    if len(rows) > MOST_ROWS:
        raise Blocked(unread("too-many-rows"))
    organisation = Organisation.objects.select_for_update(no_key=True).get(code=actor.organisation)
    open_ones = Batch.objects.filter(scheme=scheme, organisation=organisation, state__in=_OPEN)
    if known := open_ones.filter(sha256=digest).first():
        return known
    batch = Batch.objects.create(
        code=new_code("B"),
        scheme=scheme,
        organisation=organisation,
        name=name[:200],
        sha256=digest,
        door=actor.door,
        state=BatchState.CHECKING,
        columns=told,
        total=len(rows),
        uploaded_at=at,
        uploaded_by=actor.code,
    )
    load([BatchRow(batch=batch, number=number, raw=dict(raw)) for number, raw in rows])
    facts = {"rows": len(rows), "organisation": organisation.code}
    record("batch.taken", subject=batch.code, actor=actor, at=at, facts=facts)
    app.configure_task(CHECKING, queue=QUEUE, lock=batch.code).defer(code=batch.code)
    return batch


def _named(codes: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {code: cell for code, cell in zip(codes, cells, strict=False) if code and cell}


def _demand_text(name: str, rows: Rows) -> None:
    if not is_text(name) or not all(is_text("".join(raw.values())) for _number, raw in rows):
        raise Blocked(unread("not-text"))


def _demand_registrar(actor: Actor, scheme: Scheme) -> None:
    if not permissions.may_with_roster(actor, "roster.register", scheme):
        said = _("Your organisation does not register people on this roster.")
        raise NotAllowed(Finding("no_registrar", said))


def _held(batch: Batch, actor: Actor) -> Batch:
    found = Batch.objects.visible_to(actor).select_related("scheme", "organisation").filter(pk=batch.pk)
    held = found.select_for_update(of=("self",), no_key=True).first()
    if held is None:
        raise NotAllowed(Finding("not_your_batch", _("This batch belongs to another organisation.")))
    _demand_registrar(actor, held.scheme)
    return held


def _moved_on() -> Finding:
    return Finding("batch_moved_on", _("This batch has moved on since you looked: look at it again."))

"""Exports of people: ordered with their columns, made in the background, fetched, forgotten after days."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tragitto.candidates.actions import working
from tragitto.candidates.actions.looking import look_at_many
from tragitto.candidates.models import Work
from tragitto.candidates.permissions import may_with_roster
from tragitto.candidates.queries import works
from tragitto.candidates.queries.exported import rows
from tragitto.candidates.rules.exporting import Form, chosen
from tragitto.candidates.rules.spreadsheet import spreadsheet
from tragitto.candidates.vocabulary import Audience, WorkKind
from tragitto.candidates.words.exporting import COLUMNS
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import csv_table
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.kernel.texts import in_language
from tragitto.ledger.actions import record
from tragitto.schemes.models import Scheme
from tragitto.schemes.queries import roster_of

_AT_A_TIME = 1000
_FROM_RIGHT_TO_LEFT = "ar"
#: So that spreadsheets know the letters for UTF-8.
_MARK = b"\xef\xbb\xbf"


class _Cancelled(Exception):
    """The work was cancelled while it was done."""


@transaction.atomic
def order_export(
    *,
    scheme: Scheme,
    people: Sequence[str],
    columns: Sequence[str],
    form: Form,
    language: str,
    actor: Actor,
    at: datetime,
) -> Work:
    """Have `people` (their codes) written into a file with `columns`, in the background.

    Raises `NotAllowed` for whoever may not export this roster, `Blocked` for nobody or for no column that a
    keeper reads.
    """
    if not may_with_roster(actor, "roster.export", scheme):
        said = _("Exports are for case officers and administrators of those who keep the roster.")
        raise NotAllowed(Finding("not_to_export", said))
    shown = [each.code for each in chosen(columns, Audience.KEEPER)]
    if not shown:
        raise Blocked(Finding("no_columns", _("Choose at least one column.")))
    if not people:
        raise Blocked(Finding("nobody_to_export", _("Nobody is meant: choose other people.")))

    told = {"columns": shown, "form": form, "language": language}
    work = working.order(
        scheme=scheme,
        kind=WorkKind.EXPORT,
        parameters={**told, "people": list(people)},
        total=len(people),
        actor=actor,
        at=at,
    )
    facts = {"columns": shown, "form": form, "people": len(people)}
    record("roster.export_ordered", subject=work.code, actor=actor, at=at, facts=facts)
    return work


def make_export(*, work: Work, actor: Actor, at: datetime) -> None:
    """Write the file of an ordered export, as who ordered it may today; stops when it is cancelled.

    Begun again after a worker was killed it starts over: nothing of it is kept before it is whole.
    """
    orderer = works.orderer(work, on=timezone.localdate(at))
    if not may_with_roster(orderer, "roster.export", work.scheme):
        working.fail(work=work, problem="not-allowed", actor=actor, at=at)
        return
    told = work.parameters
    columns = [each.code for each in chosen(told["columns"], Audience.KEEPER)]
    with translation.override(told["language"]):
        try:
            content = _written(work, columns, actor=actor, at=at)
        except _Cancelled:
            return
    name = f"{work.scheme.code}-{work.code}.{told['form']}"
    with transaction.atomic():
        outcome = {"columns": columns, "people": work.total}
        if working.finish(work=work, outcome=outcome, name=name, content=content, actor=actor, at=at):
            record("roster.exported", subject=work.code, actor=orderer, at=at, facts=outcome)


@transaction.atomic
def fetch_export(*, work: Work, actor: Actor, at: datetime) -> bytes:
    """The file of an export, for whoever ordered it and may still export; that it was fetched is recorded.

    Raises `NotAllowed` for others, `Blocked` where there is no file or it was forgotten.
    """
    own = (work.ordered_by, work.organisation.code) == (actor.code, actor.organisation)
    if not own or not may_with_roster(actor, "roster.export", work.scheme):
        raise NotAllowed(Finding("not_to_export", _("This export is not yours to fetch.")))
    content = works.file_of(work)
    if content is None:
        said = _("The file of this export is kept no longer: order it again.")
        raise Blocked(Finding("export_forgotten", said))
    look_at_many(candidates=work.parameters["people"], what="export", actor=actor, at=at)
    record("roster.export_fetched", subject=work.code, actor=actor, at=at, facts={"bytes": len(content)})
    return content


def _written(work: Work, columns: Sequence[str], *, actor: Actor, at: datetime) -> bytes:
    told = work.parameters
    head = [str(COLUMNS[code]) for code in columns]
    lines = _lines(work, columns, actor=actor, at=at)
    if told["form"] == Form.CSV:
        return _MARK + csv_table([head, *lines])
    name = in_language(roster_of(work.scheme).title, told["language"])
    return spreadsheet(name, head, lines, is_rtl=told["language"] == _FROM_RIGHT_TO_LEFT)


def _lines(work: Work, columns: Sequence[str], *, actor: Actor, at: datetime) -> Iterator[list[object]]:
    done = 0
    for some in batched(work.parameters["people"], _AT_A_TIME):
        if not working.move_on(work=work, done=done, cursor=done, actor=actor, at=at):
            raise _Cancelled
        yield from rows(work.scheme, some, columns, work.parameters["language"])
        done += len(some)

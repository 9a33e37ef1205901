"""The two verbs of the law room: load a pack, load holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Blocked, Finding, NotAllowed
from tragitto.law import permissions
from tragitto.law.models import Holiday, Parameter
from tragitto.law.rules import Pack, Row, check_pack, holiday_rows, provinces
from tragitto.law.rules.holidays import ITALY, MOROCCO
from tragitto.law.rules.holidays import Holiday as HolidayRow
from tragitto.ledger.actions import record


@dataclass(frozen=True)
class Loaded:
    """What a loading changed; ``changed`` names the rows that no longer stand as they stood."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


@transaction.atomic
def load_pack(*, pack: Pack, actor: Actor, at: datetime, supersede: bool = False) -> Loaded:
    """Bring the loaded law to what ``pack`` says; a second time nothing happens.

    New rows are added. A row that the pack words differently, ends or leaves out is not overwritten: it
    stays, marked superseded, beside its successor, and only with ``supersede``, because decisions may
    have used it. Writes one ledger entry when anything changed. Raises ``NotAllowed``, and ``Blocked``
    with the findings of ``check_pack`` or with one finding for each row that would be superseded.
    """
    if not permissions.may_load(actor):
        raise NotAllowed(Finding("may_not_load_law", "Only administrators load the law."))
    if findings := check_pack(pack):
        raise Blocked(findings)

    wanted = {row.reference: row for row in pack.rows}
    current = {row.reference: row for row in Parameter.objects.select_for_update().filter(superseded_at=None)}
    added = [row for reference, row in wanted.items() if reference not in current]
    gone = [reference for reference in current if reference not in wanted]
    if gone and not supersede:
        raise Blocked(_would_change(reference) for reference in gone)

    Parameter.objects.filter(pk__in=[current[reference].pk for reference in gone]).update(superseded_at=at)
    Parameter.objects.bulk_create([_parameter(row, at) for row in added])
    loaded = Loaded(tuple(row.reference for row in added), tuple(gone), len(current) - len(gone))
    if added or gone:
        facts = {"added": loaded.added, "superseded": loaded.changed}
        record("law.loaded", subject="law", actor=actor, at=at, facts=facts)
    return loaded


@transaction.atomic
def load_holidays(*, years: Iterable[int], actor: Actor, at: datetime) -> Loaded:
    """Load the holidays of Italy, of its provinces and of Morocco for ``years``; a second time nothing.

    A day that the tables no longer hold (an estimate that was corrected) is taken away; counts made
    before keep it in their own steps. Writes one ledger entry when anything changed. Raises
    ``NotAllowed``.
    """
    if not permissions.may_load(actor):
        raise NotAllowed(Finding("may_not_load_law", "Only administrators load holidays."))

    years = list(years)
    wanted = set(_all_holidays(years))
    rows = Holiday.objects.select_for_update().filter(day__year__in=years)
    current = {
        HolidayRow(row.day, row.country, row.subdivision, row.name, row.estimated): row for row in rows
    }
    gone = [current[row] for row in current.keys() - wanted]
    added = sorted(wanted - current.keys())

    Holiday.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Holiday.objects.bulk_create([_holiday(row) for row in added])
    loaded = Loaded(
        tuple(f"{row.day} {row.country}{row.subdivision}" for row in added),
        tuple(str(row) for row in gone),
        len(current) - len(gone),
    )
    if added or gone:
        facts = {"years": years, "added": len(added), "removed": loaded.changed}
        record("law.holidays_loaded", subject="holidays", actor=actor, at=at, facts=facts)
    return loaded


def _all_holidays(years: list[int]) -> Iterable[HolidayRow]:
    yield from holiday_rows(MOROCCO, years=years)
    yield from holiday_rows(ITALY, years=years)
    for province in provinces():
        yield from (row for row in holiday_rows(ITALY, years=years, subdivision=province) if row.subdivision)


def _holiday(row: HolidayRow) -> Holiday:
    return Holiday(
        country=row.country,
        subdivision=row.subdivision,
        day=row.day,
        name=row.name,
        estimated=row.estimated,
    )


def _parameter(row: Row, at: datetime) -> Parameter:
    return Parameter(
        code=row.code,
        title=dict(row.title),
        unit=str(row.unit),
        value=None if row.value is None else str(row.value),
        valid_from=row.start,
        valid_until=row.end,
        covered_from=row.covered_from,
        covered_until=row.covered_until,
        moment=row.moment,
        direction=str(row.direction),
        act=row.act,
        article=row.article,
        confidence=str(row.confidence),
        source=row.source,
        note=row.note,
        choice=row.choice,
        reason=row.reason,
        not_found=row.not_found,
        digest=row.digest,
        loaded_at=at,
    )


def _would_change(reference: str) -> Finding:
    code = reference.split("@", maxsplit=1)[0]
    return Finding(
        code="row_would_change",
        text=f"{code}: the loaded row {reference} is worded differently, ended or left out by this pack; "
        "decisions may have used it. Load with --supersede to keep it beside its successor.",
        facts={"parameter": code, "row": reference},
    )

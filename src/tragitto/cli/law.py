"""The law on the command line: what is in force on a day, and how a term is counted."""

import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import click

from tragitto.cli.saying import Careful, counted
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import LANGUAGES, in_language
from tragitto.law import actions, rules
from tragitto.law.rules import Length, Pack, Row, Term
from tragitto.law.vocabulary import Direction, Unit

YEARS_AROUND = 3
DAY = click.DateTime(["%Y-%m-%d"])
INSTANT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%z"])
language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", help="Of the titles."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object.")


@click.command(cls=Careful)
@click.argument("code")
@click.option("--on", "day", type=DAY, required=True, help="The day asked about.")
@json_option
@language_option
def show(code: str, day: datetime, as_json: bool, language: str) -> None:
    """Show the row of CODE in force on a day, with its citation."""
    pack = rules.read_pack()
    row = rules.parameter_on(pack.rows, code, day.date())
    if as_json:
        click.echo(json.dumps(_as_json(row, pack), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_described(row, pack, language)))


@click.command(name="list", cls=Careful)
@click.option("--on", "day", type=DAY, help="Only what answers for this day.")
@language_option
def list_(day: datetime | None, language: str) -> None:
    """List the rows of the law pack, one a line."""
    pack = rules.read_pack()
    rows = [row for row in pack.rows if day is None or row.answers(day.date())]
    for row in sorted(rows, key=lambda row: (row.code, row.answers_from or date.min)):
        value = "not found" if row.value is None else f"{row.value} {row.unit}"
        click.echo(f"{row.code}\t{_span(row)}\t{value}\t{in_language(row.title, language)}")


@click.command(cls=Careful)
def check() -> None:
    """Check the law pack: languages, citations, units, periods. Exit status 1 if anything is wrong."""
    pack = rules.read_pack()
    findings = rules.check_pack(pack)
    for finding in findings:
        click.echo(f"{finding.code}: {finding.text}")
    told = f"{counted(len(pack.codes), 'parameter')}, {counted(len(pack.rows), 'row')}"
    click.echo(f"{told}, {counted(len(findings), 'problem')}.")
    sys.exit(1 if findings else 0)


@click.command(cls=Careful)
@click.option("--supersede", is_flag=True, help="Keep changed rows beside their successors.")
@click.option("--years", "ahead", type=int, default=YEARS_AROUND, help="Holidays of so many years around.")
def load(supersede: bool, ahead: int) -> None:
    """Bring the database to what the law pack says, with the holidays around this year."""
    now = datetime.now(UTC)
    actor = Actor.system("cli")
    law = actions.load_pack(pack=rules.read_pack(), actor=actor, at=now, supersede=supersede)
    years = range(now.year - ahead, now.year + ahead + 1)
    days = actions.load_holidays(years=years, actor=actor, at=now)
    click.echo(f"Law: {len(law.added)} rows added, {len(law.changed)} superseded, {law.unchanged} unchanged.")
    click.echo(f"Holidays {years[0]}–{years[-1]}: {len(days.added)} added, {len(days.changed)} removed.")


@click.command(cls=Careful)
@click.argument("code")
@click.option("--from", "start", type=INSTANT, required=True, help="The day of the event, or its instant.")
@click.option("--province", default="", help="Two letters: its patron day counts as a holiday.")
@click.option("--country", type=click.Choice(["IT", "MA"]), default="IT", help="Whose holidays count.")
@json_option
def term(code: str, start: datetime, province: str, country: str, as_json: bool) -> None:
    """Count the term CODE from an event, by the row in force on that day, with every reason."""
    pack = rules.read_pack()
    row = rules.parameter_on(pack.rows, code, start.date())
    counted = _count(pack, row, start, province=province.upper(), country=country)
    if as_json:
        steps = [{"code": step.code, "text": str(step), "citation": step.citation} for step in counted.steps]
        answer = {"due_on": counted.due_on.isoformat(), "due_at": counted.due_at.isoformat()}
        click.echo(json.dumps(answer | {"row": row.reference, "steps": steps}, ensure_ascii=False, indent=2))
        return
    click.echo(f"{row.code} = {row.value} {row.unit} ({row.citation}; {row.reference})")
    for step in counted.steps:
        click.echo(f"  {step} [{step.citation}]")
    click.echo(f"Due on {counted.due_on.isoformat()}, {counted.due_at.isoformat()}.")


def _count(pack: Pack, row: Row, start: datetime, *, province: str, country: str) -> Term:
    length = Length.of(row)
    free = rules.parameter_on(pack.rows, f"counting.free_weekdays_{country.lower()}", start.date())
    calendar = rules.calendar_of(
        country,
        first_year=start.year - YEARS_AROUND,
        last_year=start.year + YEARS_AROUND,
        subdivision=province,
        free_weekdays=str(free.value).split(", "),
    )
    if length.unit is Unit.HOURS:
        instant = start if start.tzinfo else start.replace(tzinfo=calendar.zone)
        return rules.count_hours(start=instant, length=length, calendar=calendar)
    if row.direction is Direction.BEFORE:
        return rules.count_back(event=start.date(), length=length, calendar=calendar)
    return rules.count_term(start=start.date(), length=length, calendar=calendar)


def _described(row: Row, pack: Pack, language: str) -> list[str]:
    lines = [
        f"{row.code}: {in_language(row.title, language)}",
        f"  value       {row.value} {row.unit}",
        f"  in force    {_span(row)}",
        f"  citation    {row.citation}",
        f"  confidence  {row.confidence}; {pack.sources.get(row.source, '')}",
        f"  reference   {row.reference}",
    ]
    if row.moment:
        moment = in_language(pack.moments[row.moment], language)
        lines.insert(2, f"  {'runs after' if row.direction is Direction.AFTER else 'precedes'}  {moment}")
    lines += [f"  choice      {row.reason}"] if row.choice else []
    return lines + ([f"  note        {row.note}"] if row.note else [])


def _span(row: Row) -> str:
    start = row.start.isoformat() if row.start else f"unknown (answers from {row.covered_from or 'never'})"
    return f"{start} until {row.answers_until or 'now'}"


def _as_json(row: Row, pack: Pack) -> dict[str, Any]:
    days = {"start", "end", "covered_from", "covered_until"}
    content = {
        name: value.isoformat() if name in days and isinstance(value, date) else value
        for name, value in row.content.items()
    }
    extra = {"citation": row.citation, "reference": row.reference, "source": pack.sources.get(row.source, "")}
    return content | {"value": row.value if isinstance(row.value, int) else str(row.value)} | extra

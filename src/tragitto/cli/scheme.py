"""Schemes on the command line: check a pack, load it, list what is loaded, draw a journey, make a form."""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from tragitto.cli.saying import Careful, counted, output_option
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.texts import LANGUAGES, in_language
from tragitto.law.rules import read_pack as read_law
from tragitto.schemes import actions, queries, rules
from tragitto.schemes.blanks import blank_form
from tragitto.schemes.drawing import as_mermaid, as_svg
from tragitto.schemes.pack import Pack, PackUnreadable, read_pack, shipped_packs
from tragitto.schemes.registries import CRITERIA, EFFECTS, GUARDS
from tragitto.schemes.vocabulary import Audience

language_option = click.option("--language", type=click.Choice(LANGUAGES), default="it", show_default=True)
rehearsal_option = click.option(
    "--rehearsal", is_flag=True, help="Fill what the sources do not say by the marked stand-ins."
)


class OfPacks(Careful):
    """A command that reads packs: one that cannot be read is said with its file and place."""

    def invoke(self, ctx: click.Context) -> Any:
        """As click does; raises `click.ClickException` for what cannot be read or is refused."""
        try:
            return super().invoke(ctx)
        except PackUnreadable as unreadable:
            raise click.ClickException(str(unreadable)) from unreadable


def _folder(name: str) -> Path:
    shipped = shipped_packs()
    if name in shipped:
        return shipped[name]
    if (Path(name) / "scheme.toml").is_file():
        return Path(name)
    raise click.BadParameter(
        f"{name} is neither a folder with a scheme.toml nor one of: {', '.join(shipped)}"
    )


@click.command(cls=OfPacks)
@click.argument("pack", required=False)
@rehearsal_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def check(pack: str | None, rehearsal: bool, as_json: bool) -> None:
    """Check the scheme PACK (a code or a folder; all shipped ones if none) and lint its calls.

    Exit status 1 when there is an error, or a warning that no recorded choice answers.
    """
    folders = [_folder(pack)] if pack else list(shipped_packs().values())
    is_fine = True
    for folder in folders:
        read = read_pack(folder, rehearsal=rehearsal)
        is_fine &= _report(read, as_json=as_json)
    sys.exit(0 if is_fine else 1)


def _report(pack: Pack, *, as_json: bool) -> bool:
    registries = rules.Registries(GUARDS, EFFECTS, CRITERIA)
    problems = rules.check(pack, rules.covered_by(read_law().rows), registries)
    chosen = {choice.about for call in pack.calls for choice in call.choices}
    open_ones = rules.undecided(problems, chosen)
    for problem in problems:
        state = "error" if problem.is_error else "warning" if problem in open_ones else "decided"
        _line(state, problem, as_json=as_json)
    gaps = [
        rules.Problem("open_gap", f"calls/{call.code}", f"{gap.path}: {gap.what['en']}", matter=gap.path)
        for call in pack.calls
        for gap in call.gaps
    ]
    for gap in gaps:
        _line("gap", gap, as_json=as_json)
    errors = sum(problem.is_error for problem in problems)
    if not as_json:
        decided = len(problems) - errors - len(open_ones)
        click.echo(
            f"{pack.scheme.code}: {counted(errors, 'error')}, "
            f"{counted(len(open_ones), 'warning')} without a choice, "
            f"{decided} decided, {counted(len(gaps), 'gap')}"
        )
    return not errors and not open_ones


def _line(state: str, problem: rules.Problem, *, as_json: bool) -> None:
    if as_json:
        words = {"where": problem.where, "text": problem.text, "about": problem.about}
        click.echo(json.dumps({"state": state, "code": problem.code, **words}, ensure_ascii=False))
    else:
        click.echo(f"{state:8} {problem.where}: {problem.text}  [{problem.about}]")


@click.command(cls=OfPacks)
@click.argument("pack", required=False)
@rehearsal_option
def load(pack: str | None, rehearsal: bool) -> None:
    """Load the scheme PACK (a code or a folder; all shipped ones if none); its calls come in as drafts."""
    if rehearsal and not settings.IS_DEMONSTRATION:
        raise click.ClickException(
            "A rehearsal fills gaps with made-up words, so it is only for a demonstration: leave --rehearsal "
            "out, or set TRAGITTO_DEMONSTRATION=yes with a TRAGITTO_VAR of its own."
        )
    for folder in [_folder(pack)] if pack else shipped_packs().values():
        loaded = actions.load(
            pack=read_pack(folder), actor=Actor.system("cli"), at=clock.now(), rehearsal=rehearsal
        )
        for part in loaded.written:
            click.echo(part)
        click.echo(f"{loaded.scheme.code}: {counted(len(loaded.written), 'part')} written")


@click.command(name="list", cls=OfPacks)
@language_option
def list_schemes(language: str) -> None:
    """List what is loaded: every call with its state, its windows and its mailbox."""
    calls = list(queries.all_calls(Actor.system("cli")))
    if not calls:
        click.echo("No call is loaded yet: run `tragitto scheme load`.")
    for call in calls:
        ends = " and ".join(_last_second(opening, call.zone) for opening in queries.openings(call))
        mark = " (rehearsal)" if call.is_rehearsal else ""
        title = in_language(call.title, language)
        click.echo(
            f"{call.scheme.code}  {call.code}  {call.status}{mark}  until {ends}  {call.mailbox}  {title}"
        )


@click.command(cls=OfPacks)
@click.argument("pack")
@click.option("--journey", help="Its code; the first of the pack if none.")
@click.option("--audience", type=click.Choice([*Audience]), default=Audience.OFFICE, show_default=True)
@click.option("--format", "kind", type=click.Choice(["svg", "mermaid"]), default="svg", show_default=True)
@language_option
@output_option
def draw(
    *, pack: str, journey: str | None, audience: str, kind: str, language: str, output: Path | None
) -> None:
    """Draw a journey of PACK as a picture (SVG) or as Mermaid text."""
    journeys = {each.code: each for each in read_pack(_folder(pack)).journeys}
    code = journey or next(iter(journeys), "")
    if code not in journeys:
        raise click.BadParameter(f"no journey {code}; there are: {', '.join(journeys) or 'none'}")
    if kind == "svg":
        drawn = as_svg(journeys[code], language=language, audience=Audience(audience))
    else:
        drawn = as_mermaid(journeys[code], language=language)
    _write(drawn.encode(), output)


@click.command(cls=OfPacks)
@click.argument("call")
@click.argument("form")
@language_option
@output_option
def form(call: str, form: str, language: str, output: Path | None) -> None:
    """Make the fillable PDF of FORM of CALL; `--language` adds guidance to the Italian text."""
    known: list[str] = []
    for folder in shipped_packs().values():
        pack = read_pack(folder, rehearsal=True)
        known += [each.code for each in pack.calls]
        wanted = next((each for each in pack.calls if each.code == call), None)
        if wanted is None:
            continue
        spec = pack.form(form) if form in wanted.forms else None
        if spec is None:
            raise click.BadParameter(f"no form {form}; there are: {', '.join(wanted.forms)}")
        title = wanted.title["it"]
        named = {each.code: each.name for each in pack.scheme.organisations}
        office = named.get(wanted.publisher, "")
        blank = blank_form(call_code=call, call_title=title, form=spec, language=language, office=office)
        _write(blank, output)
        return
    raise click.BadParameter(f"no call {call} in the shipped schemes; there are: {', '.join(known)}")


def _last_second(opening: rules.Opening, zone: str) -> str:
    last = (opening.closes_at - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    return f"{last.day} {last:%B %Y, %H:%M:%S} {zone}"


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
        click.echo(f"{output}: {len(data)} bytes")

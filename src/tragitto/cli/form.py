"""Reads filled forms: their fields, what the pages show instead, who signed; needs no database."""

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
import msgspec

from tragitto.cli.saying import Careful, counted
from tragitto.records import trusted_list
from tragitto.schemes import blanks
from tragitto.schemes.pack import Pack, read_pack, shipped_packs
from tragitto_pec.confined import Confined, StoppedError
from tragitto_pec.confined_questions import SIGNED
from tragitto_pec.formats import Format, kind_of
from tragitto_pec.forms import FormReading
from tragitto_pec.forms_code import Code, Template
from tragitto_pec.limits import MIB
from tragitto_pec.names import on_one_line
from tragitto_pec.scan import Proposal, ScanReading, transcribe_all
from tragitto_pec.signatures import SignatureReading
from tragitto_pec.signatures.asking import TRUSTED_LIST, Signed

_MOST_BYTES = 64 * MIB
_SCANNED = ("no-form", "not-a-pdf")


@dataclass(frozen=True)
class Answer:
    """What one file says: its signatures, its fields, and the forms that were scanned into it."""

    file: str
    signature: SignatureReading | None = None
    form: FormReading | None = None
    scans: tuple[ScanReading, ...] = ()
    problem: str = ""

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The forms it holds, each as its call and its code."""
        filled = [(self.form.call, self.form.form)] if self.form and self.form.is_read else []
        return filled + [(scan.code.call, scan.code.form) for scan in self.scans if scan.code]


@click.command("read", cls=Careful)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--template", "wanted", metavar="CALL/FORM", help="Exit status 1 when a FILE is another form.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def read_files(files: tuple[Path, ...], wanted: str | None, as_json: bool) -> None:
    """Say what is filled in each FILE: a fillable PDF, signed or not, or the scan of a printed form.

    A field that shows something else than its value is named. What a scan seems to say are proposals,
    with how sure they are, for a person to confirm. Nothing is kept and nothing is sent.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    form = _wanted(wanted)
    is_as_wanted = True
    xml = trusted_list.stored_list()
    with Confined(holding=lambda: {TRUSTED_LIST: xml} if xml else {}) as confined:
        for file in files:
            answer = _read(confined, file)
            is_as_wanted &= form is None or form in answer.forms
            click.echo("\n".join([_json_line(answer)] if as_json else _human_lines(answer)))
            sys.stdout.flush()
    sys.exit(0 if is_as_wanted else 1)


def _wanted(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    call, _slash, form = text.partition("/")
    if not call or not form or "/" in form:
        raise click.UsageError(f"--template is a call and a form, as CALL/FORM, and not {text}.")
    return call, form


def _read(confined: Confined, file: Path) -> Answer:
    name = str(file).encode("utf-8", "backslashreplace").decode()
    try:
        with file.open("rb") as stream:
            raw = stream.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        return Answer(name, problem=getattr(error, "strerror", None) or type(error).__name__)
    if len(raw) > _MOST_BYTES:
        return Answer(name, problem=f"larger than {_MOST_BYTES // MIB} MiB")
    try:
        signature, signed = confined.ask(SIGNED, raw, Signed())
    except StoppedError as stopped:
        return Answer(name, problem=stopped.code)
    # What was signed is what counts; where nothing was, or nothing that may count, the file as it is.
    content = signed or raw
    form = confined.form_fields(content)
    is_paper = kind_of(content) in (Format.PDF, Format.IMAGE) and form.problem in _SCANNED
    scans = transcribe_all(content, _template, confined) if is_paper else ()
    return Answer(name, signature, form, tuple(scan for scan in scans if scan.code))


def _template(code: Code) -> Template | None:
    """The places of a printed form, from the shipped schemes: no database is asked."""
    for pack in _packs():
        if any(call.code == code.call and code.form in call.forms for call in pack.calls):
            spec = pack.form(code.form)
            return blanks.template_of(code.call, spec, code.language) if spec else None
    return None


@cache
def _packs() -> tuple[Pack, ...]:
    return tuple(read_pack(folder, rehearsal=True) for folder in shipped_packs().values())


def _json_line(answer: Answer) -> str:
    line: dict[str, Any] = {"file": answer.file, "problem": answer.problem}
    if answer.signature and answer.form:
        line |= {
            "signature": answer.signature.as_json(),
            "form": msgspec.to_builtins(answer.form) | {"is_suspicious": answer.form.is_suspicious},
            "scans": msgspec.to_builtins(answer.scans),
        }
    # ASCII alone: no terminal and no encoding is troubled by what somebody filled in.
    return json.dumps(line)


def _human_lines(answer: Answer) -> Iterator[str]:
    name = on_one_line(answer.file)
    if answer.problem or answer.form is None or answer.signature is None:
        yield f"{name}: {answer.problem or 'unreadable'}"
        return
    signed = f"{answer.signature.verdict} {answer.signature.container}".strip()
    if not answer.scans or answer.form.is_read:
        yield f"{name}: {' · '.join(_form_head(answer.form))} · {signed}"
        yield from _form_body(answer.form)
    for scan in answer.scans:
        yield f"{name}: {' · '.join(_scan_head(scan))} · {signed}"
        yield from (_proposed(field, proposal) for field, proposal in scan.proposals.items())
    if answer.form.is_suspicious:
        yield f"  carries {', '.join(answer.form.flags)}: open it only as images"


def _form_head(form: FormReading) -> Iterator[str]:
    if not form.is_read:
        yield form.problem
        return
    yield on_one_line(f"{form.call or '?'}/{form.form or '?'} version {form.version or '?'}")
    filled = sum(bool(value) for value in form.fields.values())
    yield f"{counted(len(form.fields), 'field')}, {filled} filled in"
    if form.appearance:
        yield f"{len(form.appearance)} seen otherwise"


def _form_body(form: FormReading) -> Iterator[str]:
    for field, value in form.fields.items():
        if value and field not in form.appearance:
            yield f"  {on_one_line(field)}: {on_one_line(value)}"
    for field, seen in form.appearance.items():
        value = form.fields.get(field, "")
        yield f"  {on_one_line(field)}: says “{on_one_line(value)}”, shows “{on_one_line(seen)}”"


def _scan_head(scan: ScanReading) -> Iterator[str]:
    if scan.code:
        yield f"scan of {scan.code.call}/{scan.code.form} version {scan.code.version}"
    if scan.problem:
        yield scan.problem
    if scan.missing:
        yield f"without page {', '.join(map(str, scan.missing))}"
    if scan.is_signed_by_hand is not None:
        yield "ink where one signs" if scan.is_signed_by_hand else "nothing where one signs"


def _proposed(field: str, proposal: Proposal) -> str:
    ticked = {True: "ticked", False: "not ticked", None: ""}[proposal.ticked]
    said = ticked or on_one_line(proposal.text) or "nothing"
    return f"  {on_one_line(field)}: {said} ({proposal.confidence:.0%})"

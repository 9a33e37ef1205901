"""Reads filled forms: their fields, what the pages show instead, who signed; needs no database."""

import json
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import click
import msgspec

from tragitto.cli import signers
from tragitto.cli.form_words import Answer, human_lines
from tragitto.cli.saying import Careful, NotOpened, begun, printable, speak_plainly
from tragitto.schemes import blanks
from tragitto.schemes.pack import Pack, read_pack, shipped_packs
from tragitto_pec.confined import Confined
from tragitto_pec.formats import Format, kind_of
from tragitto_pec.forms import FormReading
from tragitto_pec.forms_code import Code, Template
from tragitto_pec.limits import MIB
from tragitto_pec.scan import transcribe_all
from tragitto_pec.signatures.asking import Signed
from tragitto_pec.signatures.reasons import deciding

_MOST_BYTES = 64 * MIB
_SCANNED = ("no-form", "not-a-pdf")


@click.command("read", cls=Careful)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--template", "wanted", metavar="CALL/FORM", help="Exit status 1 when a FILE is another form.")
@signers.judging
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def read_files(
    files: tuple[Path, ...],
    wanted: str | None,
    list_file: Path | None,
    moment: datetime | None,
    as_json: bool,
) -> None:
    """Say what is filled in each FILE: a fillable PDF, signed or not, or the scan of a printed form.

    A field that shows something else than its value is named, and who signed the file. What a scan seems to
    say are proposals, with how sure they are, for a person to confirm. Nothing is kept and nothing is sent.
    Exit status 1 when a FILE could not be opened, whatever the answers.
    """
    speak_plainly()
    form = _wanted(wanted)
    failed = False
    with signers.reader(list_file) as confined:
        for file in files:
            answer = _read(confined, file, moment)
            failed |= answer.problem == "file-not-opened" or (form is not None and form not in answer.forms)
            click.echo("\n".join([_json_line(answer)] if as_json else human_lines(answer)))
            sys.stdout.flush()
    sys.exit(1 if failed else 0)


def _wanted(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    call, _slash, form = text.partition("/")
    if not call or not form or "/" in form:
        raise click.UsageError(f"--template is a call and a form, as CALL/FORM, and not {text}.")
    return call, form


def _read(confined: Confined, file: Path, moment: datetime | None) -> Answer:
    try:
        raw = begun(file, _MOST_BYTES + 1)
    except NotOpened as error:
        return _unread(file, "unreadable", "file-not-opened", problem=str(error))
    if len(raw) > _MOST_BYTES:
        return _unread(file, "too-large", "too-large", limit=str(_MOST_BYTES))
    signature, signed = signers.read_signed(confined, raw, Signed(moment=moment))
    if signature.has("reader-stopped"):
        return Answer(printable(file), signature, FormReading(problem="stopped"), problem="reader-stopped")
    # What was signed is what counts; where nothing was, or nothing that may count, the file as it is.
    content = signed or raw
    form = confined.form_fields(content)
    is_paper = kind_of(content) in (Format.PDF, Format.IMAGE) and form.problem in _SCANNED
    scans = transcribe_all(content, _template, confined) if is_paper else ()
    return Answer(printable(file), signature, form, tuple(scan for scan in scans if scan.code))


def _unread(file: Path, word: str, code: str, **facts: str) -> Answer:
    """The answer of a file nobody looked into: of the same shape as any other."""
    reason = deciding(code, **facts)
    return Answer(printable(file), signers.unreadable(reason), FormReading(problem=word), problem=code)


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
    line: dict[str, Any] = {
        "file": answer.file,
        "problem": answer.problem,
        "signature": answer.signature.as_json(),
        "form": msgspec.to_builtins(answer.form) | {"is_suspicious": answer.form.is_suspicious},
        "scans": msgspec.to_builtins(answer.scans),
    }
    # ASCII alone: no terminal and no encoding is troubled by what somebody filled in.
    return json.dumps(line)

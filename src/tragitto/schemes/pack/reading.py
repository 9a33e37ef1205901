"""Reads the files of a pack into its frozen shapes, and says where a file cannot be read."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from tragitto.schemes.pack.calls import CallSpec, Paragraph
from tragitto.schemes.pack.forms import FormSpec
from tragitto.schemes.pack.journeys import JourneySpec
from tragitto.schemes.pack.rosters import RosterSpec
from tragitto.schemes.pack.schemes import SchemeSpec
from tragitto.schemes.pack.selections import SelectionSpec
from tragitto.schemes.pack.whole import Pack

HEADING = re.compile(r"^## (?P<number>[\d.]+)\s+(?P<title>.+)$", re.MULTILINE)


class PackUnreadable(Exception):
    """A file of the pack is missing, is not TOML, or has a word or type the format does not know."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where, self.why = where, why


def shipped_packs() -> dict[str, Path]:
    """The folders of the schemes that come with the program, by their names."""
    folder = Path(str(files("tragitto_packs").joinpath("schemes")))
    return {path.name: path for path in sorted(folder.iterdir()) if (path / "scheme.toml").is_file()}


def read_pack(folder: Path, *, rehearsal: bool = False) -> Pack:
    """The pack in ``folder``; with ``rehearsal`` its unknowns are filled by the marked stand-ins.

    Raises `PackUnreadable` at the first file that cannot be read into its shape.
    """
    calls = tuple(_shaped(path, folder, CallSpec) for path in _files(folder, "calls"))
    if rehearsal:
        calls = tuple(filled(call) for call in calls)
    return Pack(
        scheme=_shaped(folder / "scheme.toml", folder, SchemeSpec),
        journeys=tuple(_shaped(path, folder, JourneySpec) for path in _files(folder, "journeys")),
        forms=tuple(_shaped(path, folder, FormSpec) for path in _files(folder, "forms")),
        calls=calls,
        notices={call.code: _notice(folder, call) for call in calls if call.notice},
        digest=_digest(folder),
        roster=_if_there(folder, "roster.toml", RosterSpec),
        selection=_if_there(folder, "selection.toml", SelectionSpec),
    )


def filled(call: CallSpec) -> CallSpec:
    """``call`` with the stand-in of each gap put at its path; the gaps stay listed.

    Raises `PackUnreadable` when a path leads nowhere or the stand-in does not fit.
    """
    raw = msgspec.json.decode(msgspec.json.encode(call))
    for gap in call.gaps:
        if gap.stand_in is None:
            continue
        try:
            _put(raw, gap.path.split("."), gap.stand_in)
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise PackUnreadable(call.code, f"the path {gap.path} of a gap leads nowhere") from error
    try:
        return msgspec.convert(raw, CallSpec)
    except msgspec.ValidationError as error:
        raise PackUnreadable(call.code, f"a stand-in does not fit: {error}") from error


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The numbered paragraphs of a notice written with ``## 5. TITLE`` headings."""
    heads = list(HEADING.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return tuple(
        Paragraph(
            number=head["number"].rstrip("."),
            title=head["title"].strip(),
            text=text[head.end() : end].strip(),
        )
        for head, end in zip(heads, ends, strict=True)
    )


def _if_there[S](folder: Path, name: str, shape: type[S]) -> S | None:
    path = folder / name
    return _shaped(path, folder, shape) if path.is_file() else None


def _put(raw: Any, path: list[str], value: Any) -> None:
    *way, last = path
    for word in way:
        raw = raw[int(word)] if isinstance(raw, list) else raw[word]
    if isinstance(raw, list):
        raw[int(last)] = value
    elif last in raw:
        raw[last] = value
    else:
        raise KeyError(last)


def _files(folder: Path, name: str) -> Iterator[Path]:
    return iter(sorted((folder / name).glob("*.toml")))


def _shaped[S](path: Path, folder: Path, shape: type[S]) -> S:
    where = str(path.relative_to(folder))
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PackUnreadable(where, "the file is missing") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackUnreadable(where, str(error)) from error
    try:
        return msgspec.convert(raw, shape)
    except msgspec.ValidationError as error:
        raise PackUnreadable(where, str(error)) from error


def _notice(folder: Path, call: CallSpec) -> tuple[Paragraph, ...]:
    path = (folder / "calls" / call.notice).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise PackUnreadable(call.code, f"the notice {call.notice} is missing")
    return paragraphs(path.read_text(encoding="utf-8"))


def _digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(str(path.relative_to(folder)).encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()

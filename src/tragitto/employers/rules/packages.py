"""A package of filings: only the facts that the call names, as JSON and as a table, with every hash."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from tragitto.kernel.canonical import canonical_json, csv_table, plain, sha256_hex

#: What the file is, for whoever reads it by a program.
FORMAT = "tragitto-hand-over/1"
DATA, TABLE, MANIFEST, README = "data.json", "data.csv", "manifest.json", "README.txt"
#: So much may all documents of a package weigh together; further filings wait for the next one.
MOST_BYTES = 100 * 2**20
_ENDINGS = frozenset({".pdf", ".p7m", ".p7s", ".tsd", ".jpg", ".jpeg", ".png", ".tif", ".tiff"})
#: Dates of files in an archive begin here.
_FIRST_YEAR = 1980


@dataclass(frozen=True)
class Cover:
    """What stands on a package, in codes: what it is, from whom, to whom, on what basis, made when."""

    code: str
    scheme: str
    call: str
    office: str
    recipient: str
    duty: str
    basis: str
    citation: str
    facts: tuple[str, ...]
    consent: str
    made_at: datetime


def picked(facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The part of `facts` that `names` name: "contact" with all beneath it, "contact.email" that alone.

    In a list the rest of a name is taken of every row.
    """
    taken: dict[str, Any] = {}
    for name in names:
        _join(taken, _taken(facts, name.split(".")))
    return taken


def is_given(facts: Mapping[str, Any], consent: str) -> bool:
    """Whether the box of the consent was ticked; where the call asks for none, it needs none."""
    if not consent:
        return True
    here: Any = facts
    for word in consent.split("."):
        here = here.get(word) if isinstance(here, Mapping) else None
    return here is True


def still_given(given_at: datetime, withdrawn_at: datetime | None) -> bool:
    """Whether a consent of that instant holds: what is withdrawn is what was given until then."""
    return withdrawn_at is None or given_at > withdrawn_at


def seal(recipient: str, duty: str, contents: Iterable[Mapping[str, Any]], left_out: Iterable[str]) -> str:
    """The hash of what would be handed over: it changes as soon as anything of it does."""
    return sha256_hex(canonical_json([recipient, duty, list(contents), sorted(left_out)]))


def document_name(expression: str, number: int, form: str, name: str) -> str:
    """Where a document lies in the package: never under a name that somebody outside has chosen."""
    endings = [ending for ending in PurePosixPath(name.lower()).suffixes[-2:] if ending in _ENDINGS]
    return f"documents/{expression}/{number}-{form}{''.join(endings) or '.bin'}"


def made_files(
    cover: Cover, contents: Sequence[Mapping[str, Any]], documents: Mapping[str, bytes], readme: str
) -> dict[str, bytes]:
    """All files of a package by name: what is in it, the documents, and the manifest with every hash."""
    head = {"format": FORMAT, **_codes(cover)}
    data = {**head, "cases": list(contents)}
    files = {DATA: _readable(data), TABLE: table(contents, cover.facts), README: readme.encode(), **documents}
    manifest = {
        **head,
        "office": cover.office,
        "basis": cover.basis,
        "citation": cover.citation,
        "consent": cover.consent,
        "facts": cover.facts,
        "cases": [_case_line(content) for content in contents],
        "files": [
            {"name": name, "sha256": sha256_hex(content), "size": len(content)}
            for name, content in sorted(files.items())
        ],
    }
    return {**files, MANIFEST: _readable(manifest)}


def packed(files: Mapping[str, bytes], at: datetime) -> bytes:
    """The files as one ZIP: the same files and moment give the same bytes, on every machine."""
    whole = io.BytesIO()
    moment = at.astimezone(UTC)
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (max(moment.year, _FIRST_YEAR), *moment.timetuple()[1:6]))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, files[name])
    return whole.getvalue()


def table(contents: Sequence[Mapping[str, Any]], facts: Sequence[str]) -> bytes:
    """One line for each case as CSV (RFC 4180), its columns in the order in which the call names the facts.

    Rows of the form are numbered: "profiles.2.workers". A cell that a spreadsheet would run is made text.
    """
    flat = [dict(_flattened(content.get("facts", {}))) for content in contents]
    order = {name: place for place, name in enumerate(facts)}

    def place(path: tuple[str | int, ...]) -> tuple[Any, ...]:
        named = ".".join(word for word in path if isinstance(word, str))
        beginning = [at for name, at in order.items() if named == name or named.startswith(f"{name}.")]
        # Numbers and words stand at the same depth only where a form is not a form; then words come last.
        words = tuple((isinstance(word, str), word) for word in path)
        return (min(beginning, default=len(order)), words)

    columns = sorted({path for row in flat for path in row}, key=place)
    titles = ["number", "case", "filing", "decision", *(".".join(map(str, path)) for path in columns)]
    rows = [
        (number, *(content[name] for name in titles[1:4]), *(row.get(path) for path in columns))
        for number, (content, row) in enumerate(zip(contents, flat, strict=True), start=1)
    ]
    # The mark tells spreadsheets that the letters are UTF-8.
    return b"\xef\xbb\xbf" + csv_table([titles, *rows])


def _codes(cover: Cover) -> dict[str, object]:
    return {
        "hand_over": cover.code,
        "scheme": cover.scheme,
        "call": cover.call,
        "recipient": cover.recipient,
        "duty": cover.duty,
        "made_at": cover.made_at,
    }


def _case_line(content: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: content[name] for name in ("case", "filing", "consent", "withheld")}
    return {**kept, "sha256": sha256_hex(canonical_json(content))}


def _readable(value: Mapping[str, object]) -> bytes:
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _taken(here: Any, way: Sequence[str]) -> Any:
    if not way:
        return here
    if isinstance(here, list):
        return [_taken(row, way) or {} for row in here]
    if isinstance(here, Mapping) and way[0] in here:
        found = _taken(here[way[0]], way[1:])
        return None if found is None else {way[0]: found}
    return None


def _join(taken: dict[str, Any], more: Any) -> None:
    for name, value in (more or {}).items():
        known = taken.get(name)
        if isinstance(known, dict) and isinstance(value, dict):
            taken[name] = known = dict(known)
            _join(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            taken[name] = [_joined(own, other) for own, other in zip(known, value, strict=True)]
        else:
            taken[name] = value


def _joined(own: Any, other: Any) -> Any:
    if not (isinstance(own, dict) and isinstance(other, dict)):
        return other
    both = dict(own)
    _join(both, other)
    return both


def _flattened(value: Any, path: tuple[str | int, ...] = ()) -> Iterable[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flattened(part, (*path, name))
    elif isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        for number, part in enumerate(value, start=1):
            yield from _flattened(part, (*path, number))
    else:
        yield path, value

"""Reads the fields of a fillable PDF by their exact names; what the pages show is not looked at."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

_MOST_BYTES = 64 * 1024 * 1024
_MOST_FIELDS = 2000
_MOST_PAGES = 200
_MOST_DEPTH = 16
_MOST_CHARACTERS = 20_000
_HIDDEN = ("call", "form", "version")


@dataclass(frozen=True, slots=True)
class FormReading:
    """The values of a form, or the problem that kept them from being read.

    ``fields`` maps the full name of each field to its value: text as typed, the export value of a
    choice, the state of a tick box or radio button without its slash, and an empty text where
    nothing is filled in or the box is ``Off``. ``call``, ``form`` and ``version`` are hidden fields
    that say which form this is. ``flags`` name what else the file carries or is:
    ``encrypted, embedded-files, javascript, open-action, signed, xfa``; nothing is said about changes
    after a signature. ``problem`` is a stable word, empty when the fields were read.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    call: str = ""
    form: str = ""
    version: str = ""
    flags: tuple[str, ...] = ()
    problem: str = ""

    @property
    def is_read(self) -> bool:
        """Whether there are fields to look at."""
        return not self.problem

    def is_ticked(self, name: str) -> bool:
        """Whether a tick box of this name is in any state but ``Off``."""
        return bool(self.fields.get(name))


class _UnreadableError(Exception):
    """The file gives no fields; the text is the word for the problem."""


def read_fields(pdf: bytes) -> FormReading:
    """Read the form fields of a PDF. Never raises: see ``FormReading.problem``.

    The words: ``not-a-pdf, too-large, encrypted, too-many-pages, too-many-fields, no-form, unreadable``.
    """
    # Strictly at the start: a PDF wrapped in a signature shows its first bytes a little further on.
    if pdf[:1024].lstrip()[:5] != b"%PDF-":
        return FormReading(problem="not-a-pdf")
    if len(pdf) > _MOST_BYTES:
        return FormReading(problem="too-large")
    try:
        return _read(pdf)
    except _UnreadableError as error:
        return FormReading(problem=str(error))
    except Exception:
        # Malformed files surface as nearly any exception; a person looks at the file instead.
        return FormReading(problem="unreadable")


def _read(pdf: bytes) -> FormReading:
    reader = PdfReader(io.BytesIO(pdf), strict=False)
    is_encrypted = reader.is_encrypted
    # Files with an owner's password alone open with an empty one.
    if is_encrypted and not reader.decrypt(""):
        raise _UnreadableError("encrypted")
    if len(reader.pages) > _MOST_PAGES:
        raise _UnreadableError("too-many-pages")
    root = _dictionary(reader.trailer["/Root"])
    form = _dictionary(root.get("/AcroForm"))
    fields: dict[str, str] = {}
    is_signed = False
    for name, kind, value in _values(form):
        is_signed = is_signed or (kind == "/Sig" and bool(value))
        if kind != "/Sig":
            fields[name] = value
    flags = dict(_flags(root, form), encrypted=is_encrypted, signed=is_signed)
    raised = tuple(sorted(flag for flag, is_raised in flags.items() if is_raised))
    hidden = {name: fields.get(name, "") for name in _HIDDEN}
    return FormReading(fields=fields, flags=raised, problem="" if fields else "no-form", **hidden)


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _items(value: Any) -> list[Any]:
    found = value.get_object() if value is not None else None
    return list(found) if isinstance(found, ArrayObject) else []


def _values(form: DictionaryObject) -> Iterator[tuple[str, str, str]]:
    """The (full name, type, value) of each terminal field, in the file's order (ISO 32000-1 § 12.7.3)."""
    pending = [(child, "", "", None, 0) for child in reversed(_items(form.get("/Fields")))]
    seen = 0
    while pending:
        reference, prefix, inherited, value, depth = pending.pop()
        seen += 1
        if seen > _MOST_FIELDS:
            raise _UnreadableError("too-many-fields")
        if depth > _MOST_DEPTH:
            raise _UnreadableError("unreadable")
        node = _dictionary(reference)
        own = str(node["/T"]) if "/T" in node else ""
        name = ".".join(piece for piece in (prefix, own) if piece)
        kind, value = str(node.get("/FT", inherited)), node.get("/V", value)
        kids = [kid for kid in _items(node.get("/Kids")) if "/T" in _dictionary(kid)]
        if kids:
            pending.extend((kid, name, kind, value, depth + 1) for kid in reversed(kids))
        elif name:
            yield name, kind, _text(value, kind)


def _text(value: Any, kind: str) -> str:
    found = value.get_object() if value is not None else None
    if found is None:
        return ""
    if kind == "/Sig":
        return "signed"
    if isinstance(found, ArrayObject):
        return "\n".join(_text(item, kind) for item in found)[:_MOST_CHARACTERS]
    text = found.decode("latin-1") if isinstance(found, bytes) else str(found)
    if isinstance(found, DictionaryObject):
        return ""
    if kind == "/Btn":
        return "" if text == "/Off" else text.removeprefix("/")
    return text[:_MOST_CHARACTERS]


def _flags(root: DictionaryObject, form: DictionaryObject) -> dict[str, bool]:
    """What a fillable form has no need of; a person should open such a file with care."""
    names = _dictionary(root.get("/Names"))
    action = _dictionary(root.get("/OpenAction"))
    return {
        "embedded-files": "/EmbeddedFiles" in names or "/AF" in root,
        "javascript": "/JavaScript" in names or action.get("/S") == "/JavaScript" or "/JS" in action,
        "open-action": action.get("/S") is not None and action.get("/S") != "/GoTo",
        "xfa": "/XFA" in form,
    }

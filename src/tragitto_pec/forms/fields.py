"""Reads the fields of a fillable PDF by their exact names; and compares them with the pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from tragitto_pec.forms.appearance import differences
from tragitto_pec.forms.objects import MOST_DEPTH, dictionary, items
from tragitto_pec.forms.reading import FormReading
from tragitto_pec.paper.danger import dangers_of

_MOST_BYTES = 64 * 1024 * 1024
_MOST_FIELDS = 2000
_MOST_PAGES = 200
_MOST_CHARACTERS = 20_000
#: Of all names and values together: a value can be shared by all fields, and what is answered must travel.
_MOST_ALTOGETHER = 1_000_000
_MOST_CHOSEN = 100
_HIDDEN = ("call", "form", "version")


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
    flags = {"encrypted"} if reader.is_encrypted else set()
    # Files with an owner's password alone open with an empty one.
    if flags and not reader.decrypt(""):
        raise _UnreadableError("encrypted")
    if len(reader.pages) > _MOST_PAGES:
        raise _UnreadableError("too-many-pages")
    total = 0
    fields: dict[str, str] = {}
    for name, kind, value in _values(dictionary(dictionary(reader.trailer["/Root"]).get("/AcroForm"))):
        if (total := total + len(name) + len(value)) > _MOST_ALTOGETHER:
            raise _UnreadableError("too-large")
        if kind != "/Sig":
            fields[name] = value
        elif value:
            flags.add("signed")
    appearance: dict[str, str] = {}
    try:
        appearance = differences(pdf, reader, fields, apart=_HIDDEN) if fields else {}
    except Exception:
        # The values stand as they are; a person compares them with the page.
        flags.add("unseen")
    return FormReading(
        fields=fields,
        flags=tuple(sorted(flags | dangers_of(pdf))),
        problem="" if fields else "no-form",
        appearance=appearance,
        **{name: fields.get(name, "") for name in _HIDDEN},
    )


def _values(form: DictionaryObject) -> Iterator[tuple[str, str, str]]:
    """The (full name, type, value) of each terminal field, in the file's order (ISO 32000-1 § 12.7.3)."""
    pending = [(child, "", "", None, 0) for child in reversed(items(form.get("/Fields")))]
    seen = 0
    while pending:
        reference, prefix, inherited, value, depth = pending.pop()
        seen += 1
        if seen > _MOST_FIELDS:
            raise _UnreadableError("too-many-fields")
        if depth > MOST_DEPTH:
            raise _UnreadableError("unreadable")
        node = dictionary(reference)
        own = str(node["/T"]) if "/T" in node else ""
        name = ".".join(piece for piece in (prefix, own) if piece)
        kind, value = str(node.get("/FT", inherited)), node.get("/V", value)
        kids = [kid for kid in items(node.get("/Kids")) if "/T" in dictionary(kid)]
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
        chosen = (item.get_object() for item in found[:_MOST_CHOSEN])
        texts = (_text(item, kind) for item in chosen if not isinstance(item, ArrayObject))
        return "\n".join(texts)[:_MOST_CHARACTERS]
    text = found.decode("latin-1") if isinstance(found, bytes) else str(found)
    if isinstance(found, DictionaryObject):
        return ""
    if kind == "/Btn":
        return "" if text == "/Off" else text.removeprefix("/")
    return text[:_MOST_CHARACTERS]

"""Names what a PDF carries that no form needs, and which of it forbids to open the file itself."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pikepdf

#: With one of these a file is shown only as images of its pages. ``jbig2`` is told and no more: honest
#: scanners write it, and what draws it here is confined.
SUSPICIOUS = frozenset(
    {
        "embedded-files",
        "import-data",
        "javascript",
        "launch",
        "open-action",
        "remote",
        "rich-media",
        "submit",
        "unsearched",
        "xfa",
    }
)

_MOST_OBJECTS = 300_000
_MOST_ACTIONS = 100
_ACTIONS = {
    "/GoToE": "remote",
    "/GoToR": "remote",
    "/ImportData": "import-data",
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/Movie": "rich-media",
    "/Rendition": "rich-media",
    "/RichMediaExecute": "rich-media",
    "/Sound": "rich-media",
    "/SubmitForm": "submit",
}
_SUBTYPES = {
    "/3D": "rich-media",
    "/FileAttachment": "embedded-files",
    "/Movie": "rich-media",
    "/RichMedia": "rich-media",
    "/Screen": "rich-media",
    "/Sound": "rich-media",
}
_KEYS = {
    "/EF": "embedded-files",
    "/EmbeddedFiles": "embedded-files",
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/RichMediaContent": "rich-media",
    "/XFA": "xfa",
}

Node = pikepdf.Object


def is_suspicious(flags: Iterable[str]) -> bool:
    """Whether one of the flags forbids to hand the file itself to a reader's machine."""
    return not SUSPICIOUS.isdisjoint(flags)


def dangers_of(pdf: bytes) -> frozenset[str]:
    """What the objects of a PDF carry: words of ``SUSPICIOUS``, and ``jbig2``. Never raises.

    All objects are looked at, also those no page leads to. ``unsearched``: they could not be, or are too
    many.
    """
    found: set[str] = set()
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as document:
            found.update(_of_the_root(document.Root))
            for count, node in enumerate(_nodes(document)):
                if count >= _MOST_OBJECTS:
                    return frozenset({*found, "unsearched"})
                found.update(_of(node))
    except Exception:
        # A damaged file surfaces as nearly any exception, and may still open elsewhere.
        found.add("unsearched")
    return frozenset(found)


def _nodes(document: pikepdf.Pdf) -> Iterator[Node]:
    """Every dictionary of the file; what one holds by reference comes in its own turn."""
    pending: list[Node] = []
    for whole in document.objects:
        pending.append(whole)
        while pending:
            node = pending.pop()
            if isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
                yield node
                pending.extend(_direct(child for _key, child in node.items()))
            elif isinstance(node, pikepdf.Array):
                pending.extend(_direct(iter(node)))


def _direct(children: Iterator[Node]) -> Iterator[Node]:
    containers = (pikepdf.Dictionary, pikepdf.Array)
    return (child for child in children if isinstance(child, containers) and not child.is_indirect)


def _of(node: Node) -> Iterator[str]:
    yield from (_KEYS[key] for key, _value in node.items() if key in _KEYS)
    yield from _word(_ACTIONS, node.get("/S"))
    yield from _word(_SUBTYPES, node.get("/Subtype"))
    if "/JBIG2Decode" in str(node.get("/Filter", "")):
        yield "jbig2"
    if isinstance(actions := node.get("/AA"), pikepdf.Dictionary):
        # Fonts are called anything, also /AA; they have no /S.
        acting = (action for _key, action in actions.items() if isinstance(action, pikepdf.Dictionary))
        yield from ("open-action" for action in acting if "/S" in action)


def _word(words: dict[str, str], value: object) -> Iterator[str]:
    if isinstance(value, pikepdf.Name) and str(value) in words:
        yield words[str(value)]


def _of_the_root(root: Node) -> Iterator[str]:
    if not _only_turns_pages(root.get("/OpenAction")):
        yield "open-action"
    if "/AF" in root:
        yield "embedded-files"


def _only_turns_pages(action: object) -> bool:
    """Whether nothing happens on opening but going to a page of the file, also not after that (``/Next``)."""
    pending = [action]
    for _step in range(_MOST_ACTIONS):
        if not pending:
            return True
        match pending.pop():
            case pikepdf.Dictionary() as following:
                if following.get("/S") != pikepdf.Name.GoTo:
                    return False
                after = following.get("/Next")
                pending.extend(after if isinstance(after, pikepdf.Array) else [after])
    return False

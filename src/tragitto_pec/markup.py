"""Reads small XML files strictly into a tree: no declarations, no excess, no second meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from tragitto_pec.limits import DEFAULT, Limits

_DEPTH = 12
_ELEMENTS = 5000


class MarkupError(Exception):
    """The file is not what it must be; the text says what is wrong."""


@dataclass(slots=True)
class Element:
    """An element with its text and its children; a name in a namespace reads ``namespace name``."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, without the spaces around it."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> list[Element]:
        """Its children of this name."""
        return [child for child in self.children if child.name == name]

    def one(self, name: str) -> Element:
        """Its only child of this name. Raises ``MarkupError`` when there is none or another."""
        found = self.all(name)
        if len(found) != 1:
            raise MarkupError(f"{len(found)} elements {name} in {self.name} instead of one")
        return found[0]

    def optional(self, name: str) -> Element | None:
        """Its only child of this name, or None. Raises ``MarkupError`` when there are several."""
        return self.one(name) if self.all(name) else None

    def optional_text(self, name: str) -> str | None:
        """The text of that child, None when there is neither."""
        element = self.optional(name)
        return element.text or None if element else None


def tree(
    raw: bytes, limits: Limits = DEFAULT, *, separator: str | None = None, depth: int = _DEPTH
) -> Element:
    """Return the root of the file. Raises ``MarkupError`` for what is malformed, too large or declared.

    With a ``separator`` names carry their namespace before it; without, they stand as they are written.
    """
    if len(raw) > limits.xml_bytes:
        raise MarkupError(f"larger than {limits.xml_bytes} bytes")
    if b"\0" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise MarkupError("neither UTF-8 nor a one-byte encoding")
    top = Element("", {})
    parser = _parser(top, separator, depth)
    try:
        parser.Parse(raw.strip(), True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise MarkupError(f"not well-formed XML ({error})") from None
    return top.children[0]


def _parser(top: Element, separator: str | None, depth: int) -> expat.XMLParserType:
    """An expat parser that builds below ``top`` and stops at the first declaration or excess."""
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    open_elements, count = [top], 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _ELEMENTS or len(open_elements) > depth:
            raise MarkupError("too many or too deep elements")
        element = Element(name, attributes)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_name: str) -> None:
        open_elements.pop()

    def text(data: str) -> None:
        open_elements[-1].pieces.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _refuse("a DOCTYPE")
    parser.EntityDeclHandler = _refuse("an entity declaration")
    return parser


def _refuse(what: str) -> Callable[..., None]:
    def refuse(*_arguments: object) -> None:
        raise MarkupError(f"it carries {what}")

    return refuse

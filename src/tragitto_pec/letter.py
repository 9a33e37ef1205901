"""Takes the words of a letter out of a message, as plain text and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from tragitto_pec import mime
from tragitto_pec.limits import DEFAULT, KIB, BeyondLimitError, Limits
from tragitto_pec.mime import Part

#: Of a page of HTML so much is looked at; of the words so many are given.
_MOST_HTML = 512 * KIB
_MOST_CHARACTERS = 100_000
_ORIGINAL = "postacert.eml"
_USUAL_FIELDS = ("from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path")
#: Python calls these charsets too; they are slow or make half characters out of plain letters.
_NO_CHARSETS = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"})
#: Controls, and the marks that turn the line around: what is shown must read as it stands.
_NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Comments, declarations, scripts and lone brackets: left open, each makes the library search to the end.
_UNTOLD = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*>?|<(script|style)\b.*?(?:</\1[^<>]*>?|\Z)|<(?![^<>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\u00a0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_UNSEEN = frozenset({"head", "script", "style", "template", "title", "noscript", "svg", "object"})
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section"}
    | {"table", "tbody", "thead", "tr", "ul"}
)


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a letter. ``made_from`` is ``plain``, ``html`` or, where there are none, empty."""

    text: str = ""
    made_from: str = ""
    is_cut: bool = False


def letter_of(raw: bytes, *, of_envelope: bool = False, limits: Limits = DEFAULT) -> Letter:
    """The letter a message carries; of certified mail the original's within the envelope.

    With ``of_envelope`` the provider's own words instead, which is what a receipt says. HTML is stripped to
    its text, addresses of links written behind them; nothing is ever fetched or rendered. Never raises: a
    message that cannot be taken apart has no words.
    """
    try:
        top = mime.read_part(raw, _start(raw), len(raw), limits)
        return _words(top if of_envelope else _original(top, limits))
    except (BeyondLimitError, MemoryError, RecursionError):
        return Letter()


def is_message(raw: bytes, limits: Limits = DEFAULT) -> bool:
    """Whether the file begins as an e-mail message does: a header with a field every message has.

    Cheap, and says nothing of what else it is. Never raises.
    """
    try:
        top = mime.read_part(raw, _start(raw), len(raw), limits)
    except BeyondLimitError as beyond:
        # So long a header is hostile, and still a header: the reader will say so.
        return beyond.code == "header-too-large" and b":" in raw[:1000]
    return any(top.headers.all(name) for name in _USUAL_FIELDS)


def _start(raw: bytes) -> int:
    """A mail store may put one line ``From sender date`` before the header."""
    return raw.find(b"\n") + 1 if raw.startswith(b"From ") else 0


def _original(top: Part, limits: Limits) -> Part:
    """The message a provider's envelope carries; the message itself where it is no envelope."""
    if top.media_type != "multipart/signed" or not top.boundary:
        return top
    signed = mime.children(top)[:1]
    within = mime.children(signed[0]) if signed and signed[0].is_multipart else []
    for part in within:
        if part.is_message or part.filename.strip().lower() == _ORIGINAL:
            return _opened(part, limits)
    return top


def _opened(part: Part, limits: Limits) -> Part:
    if part.encoding in ("base64", "quoted-printable"):
        inner = mime.with_crlf(mime.decoded(part)[0])
        return mime.read_part(inner, 0, len(inner), limits)
    return mime.read_part(part.source, part.body_start, part.end, limits)


def _words(message: Part) -> Letter:
    """Its plain texts one after the other; where there is none, its HTML without the HTML."""
    found: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in mime.leaves(message):
        if part.media_type in found and part.disposition != "attachment" and not part.filename:
            found[part.media_type].append(_decoded(part))
    if any(text.strip() for text in found["text/plain"]):
        return _letter("\n\n".join(found["text/plain"]), "plain")
    pages = [_without_html(page) for page in found["text/html"]]
    return _letter("\n\n".join(pages), "html") if any(pages) else Letter()


def _letter(text: str, made_from: str) -> Letter:
    shown = _NOT_SHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return Letter(shown[:_MOST_CHARACTERS], made_from, len(shown) > _MOST_CHARACTERS)


def _decoded(part: Part) -> str:
    """The text by its charset; where that is unknown or wrong, by UTF-8, then letter by letter."""
    raw = mime.decoded(part)[0][: 4 * _MOST_CHARACTERS + _MOST_HTML]
    named = part.parameter("content-type", "charset").strip().lower()
    charsets = ["utf-8", *([named] if named and named.replace("-", "_") not in _NO_CHARSETS else [])]
    for charset in reversed(charsets):
        try:
            return raw.decode(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    # Cut in the middle of a letter, or damaged: most of it still reads.
    text = raw.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 10 < len(text) else raw.decode("latin-1")


def _without_html(page: str) -> str:
    reader = _Words()
    try:
        reader.feed(_UNTOLD.sub(lambda found: "&lt;" if found[0] == "<" else " ", page[:_MOST_HTML]))
        reader.close()
    except (AssertionError, ValueError, IndexError):
        # Malformed markup stops the standard library's reader here and there: what came before stands.
        pass
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(reader.pieces).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Collects what a page says, a new line for each block, and where its links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a link, or something that is not seen."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag == "a":
            address = dict(attrs).get("href") or ""
            self._link = address[:300] if address.startswith(("http:", "https:", "mailto:")) else ""
        elif tag in ("td", "th"):
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun; a link says where it leads."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag == "a" and self._link:
            if self._link not in "".join(self.pieces[-3:]):
                self.pieces.append(f" <{self._link}>")
            self._link = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself opens nothing, but may begin a line."""
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Text, unless it stands where nobody sees it; line ends in it are mere spaces."""
        if not self._unseen:
            self.pieces.append(data.replace("\n", " ").replace("\r", " "))

"""Cuts a message into parts by its raw bytes, so that what was signed is never written anew."""

from __future__ import annotations

import binascii
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from functools import lru_cache

from tragitto_pec.limits import DEFAULT, BeyondLimitError, Limits

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LINE_END = re.compile(rb"\r?\n")
_NOT_BASE64 = bytes(set(range(256)) - set(string.ascii_letters.encode() + string.digits.encode() + b"+/"))
_BOUNDARY_TAIL = re.compile(rb"[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_FOLD = re.compile(r"\r?\n(?=[ \t])")

_ALMOST = 20

# Python calls these charsets too; they are slow or make half characters out of plain letters.
_NO_CHARSETS = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"})


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in their order; names without regard to case, values unfolded and undecoded."""

    fields: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        wanted = name.lower()
        return [value for field, value in self.fields if field == wanted]

    def get(self, name: str) -> str:
        """The first value of a field, or nothing."""
        return next(iter(self.all(name)), "")


@dataclass(frozen=True, slots=True)
class Part:
    """A span of the raw bytes with its header read and its body untouched."""

    source: bytes
    body_start: int
    end: int
    headers: Headers
    limits: Limits = DEFAULT

    @property
    def raw_body(self) -> bytes:
        """The body as it stands, still in its transfer encoding."""
        return self.source[self.body_start : self.end]

    @property
    def media_type(self) -> str:
        """``type/subtype`` in lower case; what is missing or malformed counts as plain text (RFC 2045)."""
        value = self.headers.get("content-type").split(";", 1)[0].strip().lower()
        return value if re.fullmatch(r"[!-.0-~]+/[!-.0-~]+", value) else "text/plain"

    @property
    def encoding(self) -> str:
        """The content transfer encoding in lower case; unnamed means 7bit."""
        return self.headers.get("content-transfer-encoding").split(";", 1)[0].strip().lower() or "7bit"

    @property
    def disposition(self) -> str:
        """``attachment``, ``inline`` or nothing."""
        return self.headers.get("content-disposition").split(";", 1)[0].strip().lower()

    @property
    def boundary(self) -> bytes:
        """The delimiter of a multipart, without its dashes; empty when there is none to use."""
        value = self.parameter("content-type", "boundary").rstrip()
        return value.encode("latin-1", "ignore") if 0 < len(value) <= 200 else b""

    def parameter(self, header: str, name: str) -> str:
        """A parameter of a structured header, encoded words and RFC 2231 forms resolved."""
        value = self.headers.get(header)
        if not value or len(value) > self.limits.header_value:
            return ""
        return _parameter(header, value, name)

    @property
    def filename(self) -> str:
        """The name the sender gave, decoded and uncleaned."""
        name = self.parameter("content-disposition", "filename") or self.parameter("content-type", "name")
        return decode_words(name)

    @property
    def is_multipart(self) -> bool:
        """Whether the part is made of parts that can be told apart."""
        return self.media_type.startswith("multipart/") and bool(self.boundary)

    @property
    def is_message(self) -> bool:
        """Whether the part is a whole message."""
        return self.media_type == "message/rfc822"


@lru_cache(maxsize=256)
def _parameter(header: str, value: str, name: str) -> str:
    """Asked several times for one part, and most parts of certified mail are named alike."""
    carrier: Message = Message()
    carrier[header] = value.replace("\r", " ").replace("\n", " ")
    found = carrier.get_param(name, "", header)
    if isinstance(found, tuple):
        charset, _language, text = found
        return _text(text.encode("latin-1", "replace"), charset or "utf-8")
    return str(found or "")


def read_part(source: bytes, start: int, end: int, limits: Limits = DEFAULT) -> Part:
    """Read the header of the part that spans ``start`` to ``end``.

    Raises ``BeyondLimitError`` when the header is longer than allowed.
    """
    if opening := _LINE_END.match(source, start, end):
        return Part(source, opening.end(), end, Headers(), limits)
    blank = _BLANK_LINE.search(source, start, min(end, start + limits.header_bytes))
    if blank is None and end - start > limits.header_bytes:
        raise BeyondLimitError("header-too-large", limits.header_bytes)
    header_end, body_start = (blank.start(), blank.end()) if blank else (end, end)
    return Part(source, body_start, end, headers(source[start:header_end]), limits)


def headers(raw: bytes) -> Headers:
    """Split a header block; a line that is no field is passed over, as mail programs do."""
    text = _FOLD.sub("", _text(raw, "utf-8"))
    fields = (_FIELD.match(line) for line in re.split(r"\r?\n", text))
    return Headers(tuple((field[1].lower(), field[2].strip()) for field in fields if field))


def delimiters(part: Part, most: int) -> list[tuple[int, int, bool]]:
    """Find the boundary lines of a multipart: (end of the part before, start of the next, closing).

    Raises ``BeyondLimitError`` when there are more than ``most``.
    """
    mark, source, found = b"--" + part.boundary, part.source, []
    at = source.find(mark, part.body_start, part.end)
    looked_at = 0
    while at >= 0:
        looked_at += 1
        # A text made of almost-boundaries would keep the reader busy for minutes.
        if looked_at > _ALMOST * most:
            raise BeyondLimitError("too-many-parts", most)
        tail = at + len(mark)
        closing = source.startswith(b"--", tail)
        line_end = _BOUNDARY_TAIL.match(source, tail + 2 * closing, part.end)
        if line_end and (at == part.body_start or source[at - 1 : at] == b"\n"):
            found.append((_before_line_end(source, at, part.body_start), line_end.end(), closing))
            if len(found) > most:
                raise BeyondLimitError("too-many-parts", most)
        at = source.find(mark, tail, part.end)
    return found


def _before_line_end(source: bytes, at: int, floor: int) -> int:
    """The line end before a boundary belongs to the boundary (RFC 2046 § 5.1.1)."""
    if at <= floor:
        return at
    return at - 2 if source[at - 2 : at] == b"\r\n" and at - 2 >= floor else at - 1


def children(part: Part) -> list[Part]:
    """The direct parts of a multipart, up to its closing boundary.

    Raises ``BeyondLimitError`` on too many parts or too long a header.
    """
    marks = delimiters(part, part.limits.parts)
    spans: list[tuple[int, int]] = []
    for position, (_end, start, closing) in enumerate(marks):
        if closing:
            break
        until = marks[position + 1][0] if position + 1 < len(marks) else part.end
        spans.append((start, max(start, until)))
    return [read_part(part.source, start, end, part.limits) for start, end in spans]


def leaves(top: Part) -> Iterator[Part]:
    """Every part that is not a multipart, in reading order; attached messages are not entered.

    Raises ``BeyondLimitError`` on too deep a nest, too many parts, too long a header.
    """
    pending, seen = [(top, 0)], 0
    while pending:
        part, depth = pending.pop()
        seen += 1
        if depth > top.limits.depth:
            raise BeyondLimitError("too-deep", top.limits.depth)
        if seen > top.limits.parts:
            raise BeyondLimitError("too-many-parts", top.limits.parts)
        if part.is_multipart:
            pending.extend((child, depth + 1) for child in reversed(children(part)))
        else:
            yield part


def message_within(part: Part) -> Part:
    """Open an attached message. Raises ``BeyondLimitError`` when its header is too long."""
    if part.encoding in ("base64", "quoted-printable"):
        # RFC 2046 § 5.2.1 forbids it, some programs do it.
        inner = with_crlf(decoded(part)[0])
        return read_part(inner, 0, len(inner), part.limits)
    return read_part(part.source, part.body_start, part.end, part.limits)


def decoded(part: Part) -> tuple[bytes, bool]:
    """The body out of its transfer encoding, and whether it decoded without damage.

    Lines of text (7bit, 8bit, quoted-printable) come back with plain line feeds, a message within with
    CRLF: how a mail store keeps its line ends must not change the hash of a file.
    """
    body = part.raw_body
    match part.encoding:
        case "base64":
            return _from_base64(body)
        case "quoted-printable":
            return binascii.a2b_qp(body.replace(b"\r\n", b"\n")), True
        case "7bit" | "8bit":
            return (with_crlf(body) if part.is_message else body.replace(b"\r\n", b"\n")), True
        case encoding:
            return body, encoding == "binary"


def _from_base64(body: bytes) -> tuple[bytes, bool]:
    try:
        return binascii.a2b_base64(body), True
    except binascii.Error:
        pass
    letters = body.translate(None, _NOT_BASE64)
    whole = len(letters) // 4 * 4
    return binascii.a2b_base64(letters[:whole]), False


def with_crlf(raw: bytes) -> bytes:
    """The same lines ended by CRLF, as they were on the wire when they were signed."""
    pairs = raw.count(b"\r\n")
    if pairs == raw.count(b"\n") == raw.count(b"\r"):
        return raw
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")


def decode_words(value: str, most: int = DEFAULT.header_value) -> str:
    """Decode RFC 2047 words of a header value; what cannot be decoded is shown as it stands."""
    if "=?" not in value or len(value) > most:
        return value[:most]
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(
        _text(piece, charset or "utf-8") if isinstance(piece, bytes) else piece for piece, charset in pieces
    )


def addresses(values: list[str], limits: Limits = DEFAULT) -> list[tuple[str, str]]:
    """The (shown name, address) pairs of address headers; what is too long or malformed is left out."""
    try:
        pairs = getaddresses([value for value in values if len(value) <= limits.header_value])
    except (RecursionError, ValueError, IndexError):
        return []
    return [(decode_words(name), address) for name, address in pairs if "@" in address]


def _text(raw: bytes, charset: str) -> str:
    """Decode by the named charset, then by Latin-1: a header is shown in some form, always."""
    if charset.lower().replace("-", "_") in _NO_CHARSETS:
        charset = "latin-1"
    try:
        return raw.decode(charset).encode("utf-8", "replace").decode()
    except (UnicodeDecodeError, LookupError, ValueError):
        return raw.decode("latin-1")

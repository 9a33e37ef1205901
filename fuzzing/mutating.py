"""Changes bytes by what they are: DER keeps its lengths, a PDF its table, mail and XML their words."""

from __future__ import annotations

import base64
import contextlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

#: Changes bytes blindly, to at most so many.
Blind = Callable[[bytes, int], bytes]

_OBJECT = re.compile(rb"(?s)(?<![0-9])(\d{1,6}) (\d{1,5}) obj\b.*?\bendobj\b")
_TOKEN = re.compile(rb"/[A-Za-z0-9]+|-?\d+(?:\.\d+)?|\d+ 0 R|\([^()]{0,40}\)|<[0-9A-Fa-f]*>|<<|>>|[\[\]]")
_PDF_WORDS = (
    *(
        b"/Parent",
        b"/Kids",
        b"/Fields",
        b"/T",
        b"/V",
        b"/FT",
        b"/Btn",
        b"/Tx",
        b"/Ch",
        b"/Sig",
        b"/Opt",
        b"/AP",
    ),
    *(
        b"/N",
        b"/AS",
        b"/Rect",
        b"/Rotate",
        b"/MediaBox",
        b"/CropBox",
        b"/Annots",
        b"/JS",
        b"/AA",
        b"/S",
        b"/EF",
    ),
    *(b"/Filter", b"/FlateDecode", b"/LZWDecode", b"/ASCII85Decode", b"/DecodeParms", b"/Length", b"/Prev"),
    *(b"/Contents", b"/ByteRange", b"/Type", b"/Encrypt", b"/DA", b"/Ff", b"/F", b"/P", b"/Pages", b"/Count"),
    *(b"0", b"-1", b"1e9", b"99999999999", b"0.0000001", b"null", b"true", b"[", b"]", b"<<", b">>", b"()"),
    *(b"1 0 R", b"2 0 R", b"3 0 R", b"99 0 R", b"<FEFFD83D>", b"(\\377\\376\\075\\330)", b"NaN"),
)
_XML_TOKEN = re.compile(rb"</?[^<>]{1,80}>|\"[^\"]{0,60}\"|[^<>]{1,60}")
_XML_WORDS = (
    b"<!DOCTYPE a>",
    b"&#0;",
    b"&#xD800;",
    b"&amp;",
    b"<![CDATA[x]]>",
    b"<a/>",
    b"",
    b"\xff",
    b"x" * 5000,
)
_MAIL_TOKEN = re.compile(rb"[A-Za-z0-9/*-]+|[=;:\"<>@?(),]|\r?\n")
_MAIL_WORDS = (
    *(
        b"multipart/mixed",
        b"multipart/signed",
        b"multipart/report",
        b"message/rfc822",
        b"text/html",
        b"boundary",
    ),
    *(
        b"message/delivery-status",
        b"base64",
        b"quoted-printable",
        b"x-uuencode",
        b"8bit",
        b"=?utf-7?b?K0FB?=",
    ),
    *(
        b"name*0*",
        b"filename*",
        b"utf-16",
        b"unicode_escape",
        b"idna",
        b"punycode",
        b"\xff",
        b"\0",
        b"\r",
        b"\r\n ",
    ),
    *(
        b"application/xml",
        b"daticert.xml",
        b"postacert.eml",
        b"attachment",
        b"--",
        b"%80",
        b"=?utf-8?q?=FF?=",
    ),
)


def changed(raw: bytes, shape: str, chance: random.Random, blind: Blind, most: int) -> bytes:
    """The bytes with something else about them; half of the time by their shape."""
    ways = {"der": _der, "pdf": _pdf, "xml": _xml, "mail": _mail}
    way = ways.get(shape)
    found = way(raw, chance, blind, most) if way and chance.random() < 0.7 else blind(raw, most)
    return found[:most]


def blindly(chance: random.Random) -> Blind:
    """Blind changes without atheris: bytes flipped, cut out, doubled, or set to what is often forgotten."""

    def change(raw: bytes, most: int) -> bytes:
        found = bytearray(raw or b"0")
        for _each in range(chance.randint(1, 4)):
            at, size = chance.randrange(len(found) + 1), chance.choice((1, 1, 2, 4, 16, 64))
            piece = bytes(found[at : at + size])
            other = chance.randrange(len(found) + 1)
            fresh = (b"", piece * 2, chance.randbytes(size), b"\0" * size, b"\xff" * size)
            found[at : at + size] = chance.choice((*fresh, bytes(found[other : other + size])))
        return bytes(found[:most])

    return change


@dataclass(slots=True)
class _Node:
    """One element of DER: its tag, and its content or the elements in it."""

    tag: int
    content: bytes = b""
    children: list[_Node] | None = None

    def dumped(self) -> bytes:
        content = self.content if self.children is None else b"".join(map(_Node.dumped, self.children))
        size = len(content)
        if size < 0x80:
            return bytes([self.tag, size]) + content
        length = size.to_bytes((size.bit_length() + 7) // 8, "big")
        return bytes([self.tag, 0x80 | len(length)]) + length + content


def _nodes(der: bytes, depth: int = 0) -> list[_Node] | None:
    """The elements that make up the bytes; None when they are no DER with short tags."""
    found, at = [], 0
    while at < len(der):
        if at + 2 > len(der) or der[at] & 0x1F == 0x1F:
            return None
        size, begin = der[at + 1], at + 2
        if size >= 0x80:
            count = size & 0x7F
            size, begin = int.from_bytes(der[begin : begin + count], "big"), begin + count
        if begin + size > len(der) or der[at + 1] == 0x80:
            return None
        content = der[begin : begin + size]
        is_holder = der[at] & 0x20 or (der[at] == 0x04 and content[:1] == b"\x30")
        inner = _nodes(content, depth + 1) if is_holder and depth < 30 else None
        found.append(_Node(der[at], content, inner))
        at = begin + size
    return found


def _der(raw: bytes, chance: random.Random, blind: Blind, most: int) -> bytes:
    with contextlib.suppress(ValueError):
        raw = base64.b64decode(raw) if raw[:2] == b"MI" else raw
    tops = _nodes(raw)
    if not tops:
        return blind(raw, most)
    for _each in range(chance.randint(1, 3)):
        if tops:
            _change_one(tops, chance, blind)
    return b"".join(map(_Node.dumped, tops))


def _change_one(tops: list[_Node], chance: random.Random, blind: Blind) -> None:
    places = [(tops, at) for at in range(len(tops))]
    for siblings, at in places:
        inside = siblings[at].children or []
        places += [(inside, within) for within in range(len(inside))]
    siblings, at = chance.choice(places)
    others, there = chance.choice(places)
    node = siblings[at]
    match chance.randrange(8):
        case 0 if len(places) > 1:
            del siblings[at]
        case 1:
            siblings.insert(at, node)
        case 2:
            siblings[at] = _Node(others[there].tag, others[there].content, None)
        case 3:
            node.tag = chance.choice((node.tag ^ 0x20, others[there].tag, chance.randrange(256)))
        case 4:
            node.children = None
            node.content = chance.choice((b"", b"\0", b"\xff" * 20, node.content[:-1], node.content * 2))
        case _:
            node.content = blind(node.content or b"\0", max(64, 2 * len(node.content)))
            node.children = None


def _pdf(raw: bytes, chance: random.Random, blind: Blind, most: int) -> bytes:
    objects = list(_OBJECT.finditer(raw))
    if not objects:
        return blind(raw, most)
    chosen = chance.choice(objects)
    body = _swapped(chosen[0], _TOKEN, _PDF_WORDS, chance, raw)
    if chance.random() < 0.2:
        body = chosen[0][: chosen[0].index(b"obj") + 3] + blind(body.split(b"obj", 1)[-1], len(body) + 200)
    match chance.randrange(3):
        case 0:
            # A later revision leaves the bytes before it, and what was signed, as they are.
            return raw + _with_table(b"\n" + body + b"\n", raw, len(raw))
        case 1:
            whole = raw[: chosen.start()] + body + raw[chosen.end() :]
            return whole[: whole.rfind(b"xref")] + _with_table(b"", whole, 0)
        case _:
            # In its place and of its length, so that all offsets stay.
            fitted = body[: len(chosen[0])].ljust(len(chosen[0]))
            return raw[: chosen.start()] + fitted + raw[chosen.end() :]


def _with_table(more: bytes, raw: bytes, shift: int) -> bytes:
    """What is appended, and a table of where the objects are in it, or in the whole where it is empty."""
    source = more or raw[: raw.rfind(b"xref")]
    rows = {int(found[1]): found.start() + shift for found in _OBJECT.finditer(source)}
    trailer = re.findall(rb"(?s)trailer\s*<<(.*?)>>\s*startxref", raw)[-1:] or [b"/Root 1 0 R"]
    before = re.findall(rb"startxref\s+(\d+)", raw)[-1:] if more else []
    keys = re.sub(rb"/(?:Prev|Size)\s+\d+", b"", trailer[0])
    lines = [b"xref\n"]
    lines += [b"%d 1\n%010d 00000 n \n" % row for row in sorted(rows.items())]
    prev = b"/Prev " + before[0] if before else b""
    at = shift + len(more) if more else len(source)
    lines += [b"trailer\n<< /Size %d %b %b >>\n" % (max(rows, default=0) + 1, keys, prev)]
    return more + b"".join(lines) + b"startxref\n%d\n%%%%EOF\n" % at


def _xml(raw: bytes, chance: random.Random, _blind: Blind, _most: int) -> bytes:
    return _swapped(raw, _XML_TOKEN, _XML_WORDS, chance, raw)


def _mail(raw: bytes, chance: random.Random, _blind: Blind, _most: int) -> bytes:
    return _swapped(raw, _MAIL_TOKEN, _MAIL_WORDS, chance, raw)


def _swapped(
    text: bytes, token: re.Pattern[bytes], words: tuple[bytes, ...], chance: random.Random, whole: bytes
) -> bytes:
    """The text with some of its words replaced, doubled or left out."""
    for _each in range(chance.randint(1, 4)):
        found = list(token.finditer(text))
        if not found:
            return text
        place = chance.choice(found)
        other = token.search(whole, chance.randrange(len(whole) or 1))
        fresh = (chance.choice(words), other[0] if other else b"", place[0] * 2, b"")
        text = text[: place.start()] + chance.choice(fresh) + text[place.end() :]
    return text

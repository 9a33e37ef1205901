"""Says by its bytes what a file is, whatever its name and its declared type pretend."""

from __future__ import annotations

import base64
import re
from enum import StrEnum


class Format(StrEnum):
    """What a file is; whether a call admits it is the call's to say."""

    PDF = "pdf"
    P7M = "p7m"
    XML = "xml"
    IMAGE = "image"
    ZIP = "zip"
    OFFICE = "office"
    ARCHIVE = "archive"
    TNEF = "tnef"
    MESSAGE = "message"
    EXECUTABLE = "executable"
    TEXT = "text"
    UNKNOWN = "unknown"


_SIGNS: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"II*\0", Format.IMAGE),
    (b"MM\0*", Format.IMAGE),
    (b"GIF8", Format.IMAGE),
    (b"BM", Format.IMAGE),
    (b"\x78\x9f\x3e\x22", Format.TNEF),
    (b"Rar!\x1a\x07", Format.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Format.ARCHIVE),
    (b"\x1f\x8b", Format.ARCHIVE),
    (b"BZh", Format.ARCHIVE),
    (b"\xfd7zXZ\0", Format.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Format.ARCHIVE),
    (b"MSCF", Format.ARCHIVE),
    (b"MZ", Format.EXECUTABLE),
    (b"\x7fELF", Format.EXECUTABLE),
    (b"\xca\xfe\xba\xbe", Format.EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", Format.EXECUTABLE),
    (b"#!", Format.EXECUTABLE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.OFFICE),
    (b"{\\rtf", Format.OFFICE),
)
_HEAD = 4096
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_TIME_STAMPED = bytes.fromhex("060b2a864886f70d010910011f")
_RUNNING_NAMES = (
    ".exe",
    ".com",
    ".scr",
    ".bat",
    ".cmd",
    ".js",
    ".vbs",
    ".ps1",
    ".msi",
    ".lnk",
    ".hta",
    ".jar",
)
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
_UUENCODED = re.compile(rb"(?:^|\n)begin [0-7]{3,4} [^\n]{1,200}\r?\n[\x20-\x60]{1,62}\r?\n")
_MAIL_FIELD = re.compile(
    rb"(?:received|return-path|from|date|subject|x-[a-z-]+|mime-version): ", re.IGNORECASE
)
_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]+")


def kind_of(raw: bytes, name: str = "") -> Format:
    """What a file is, by its bytes; ``name`` tells only programs that are plain text. Never raises."""
    head = raw[:_HEAD]
    if name.lower().endswith(_RUNNING_NAMES):
        return Format.EXECUTABLE
    if _is_signed_data(head):
        return Format.P7M
    # A PDF may begin a little later: readers look for it in the first kilobyte.
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head[:4] in (b"PK\3\4", b"PK\5\6"):
        return _zipped(raw)
    return _by_sign(head) or _written(raw)


_PICTURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"RIFF": "image/webp",
}
_MEDIA_TYPES = {Format.PDF: "application/pdf", Format.P7M: "application/pkcs7-mime"}


def media_type_of(raw: bytes) -> str:
    """What a PDF, a signed file or a picture is called on the web, by its bytes; anything else is unknown."""
    found = kind_of(raw)
    if found is Format.IMAGE:
        named = (media for sign, media in _PICTURES.items() if raw.startswith(sign))
        return next(named, "image/heif" if raw[4:8] == b"ftyp" else "application/octet-stream")
    return _MEDIA_TYPES.get(found, "application/octet-stream")


def _by_sign(head: bytes) -> Format | None:
    for sign, found in _SIGNS:
        if head.startswith(sign):
            return found
    is_picture = head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS
    return Format.IMAGE if is_picture or (head[:4], head[8:12]) == (b"RIFF", b"WEBP") else None


def _is_signed_data(head: bytes) -> bool:
    return head[:1] == b"\x30" and (_SIGNED_DATA in head[:40] or _TIME_STAMPED in head[:40])


def _is_signed_text(bare: bytes) -> bool:
    """Whether a signed file was written as base64, with or without the lines of PEM."""
    text = bare.split(b"-----", 2)[-1] if bare.startswith((b"-----BEGIN PKCS7", b"-----BEGIN CMS")) else bare
    if not text.lstrip().startswith((b"M", b"BgkqhkiG9w0BBwKg")):
        return False
    match = _BASE64.match(text.lstrip())
    packed = re.sub(rb"\s", b"", match[0])[:64] if match else b""
    return len(packed) == 64 and _is_signed_data(base64.b64decode(packed))


def _zipped(raw: bytes) -> Format:
    """A document of an office program, a program, or simply a zip."""
    names = raw[:_HEAD] + raw[-(1 << 16) :]
    if b"[Content_Types].xml" in names or b"mimetypeapplication/vnd.oasis.opendocument" in names:
        return Format.OFFICE
    if b"META-INF/MANIFEST.MF" in names and b".class" in names:
        return Format.EXECUTABLE
    return Format.ZIP


def _written(raw: bytes) -> Format:
    bare = raw[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _is_signed_text(bare):
        return Format.P7M
    if bare[:5].lower() == b"<?xml":
        return Format.XML
    if _MAIL_FIELD.match(bare):
        return Format.MESSAGE
    if _UUENCODED.search(raw[: 1 << 16]):
        return Format.ARCHIVE
    return Format.TEXT if bare and b"\0" not in bare and _is_text(bare) else Format.UNKNOWN


def _is_text(head: bytes) -> bool:
    try:
        # The last character may have been cut in two.
        head[: max(len(head) - 3, 1)].decode("utf-8")
    except UnicodeDecodeError:
        return not any(byte < 32 and byte not in (9, 10, 13) for byte in head)
    return True

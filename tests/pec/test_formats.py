"""What a file is by its bytes, whatever it calls itself (hostile inputs 24 and 25)."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pec.forms.making import FILLED
from tragitto_pec.formats import Format, kind_of

SIGNED = bytes.fromhex("3082100006092a864886f70d010702a082") + bytes(200)
UUENCODED = b"Buongiorno,\n\nbegin 644 modulo.pdf\n#0V%T\n`\nend\n"


def zipped(*names: str) -> bytes:
    """A zip archive with files of these names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (FILLED, Format.PDF),
        (b"\r\n junk before " + FILLED, Format.PDF),
        (SIGNED, Format.P7M),
        (b"0\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02\xa0\x80" + FILLED, Format.P7M),
        (base64.encodebytes(SIGNED), Format.P7M),
        (b"-----BEGIN PKCS7-----\n" + base64.encodebytes(SIGNED), Format.P7M),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", Format.XML),
        (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
        (b"\xff\xd8\xff\xe0", Format.IMAGE),
        (b"II*\0", Format.IMAGE),
        (b"\0\0\0\x18ftypheic", Format.IMAGE),
        (b"RIFF\0\0\0\0WEBP", Format.IMAGE),
        (zipped("modulo.pdf"), Format.ZIP),
        (zipped("[Content_Types].xml", "word/document.xml"), Format.OFFICE),
        (zipped("META-INF/MANIFEST.MF", "Main.class"), Format.EXECUTABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Format.OFFICE),
        (b"{\\rtf1", Format.OFFICE),
        (b"Rar!\x1a\x07\x01\0", Format.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c", Format.ARCHIVE),
        (UUENCODED, Format.ARCHIVE),
        (b"\x78\x9f\x3e\x22\x01\0", Format.TNEF),
        (b"MZ\x90\0", Format.EXECUTABLE),
        (b"#!/bin/sh\n", Format.EXECUTABLE),
        (b"Received: from a\r\nSubject: b\r\n\r\n", Format.MESSAGE),
        ("Però è così".encode(), Format.TEXT),
        ("Però è così".encode("latin-1"), Format.TEXT),
        (b"", Format.UNKNOWN),
        (b"\0\1\2\3", Format.UNKNOWN),
    ],
)
def test_a_file_is_what_its_bytes_are(raw, found):
    assert kind_of(raw) is found


@pytest.mark.parametrize("name", ["modulo.pdf.exe", "MODULO.SCR", "a.js"])
def test_a_name_that_would_run_is_a_program_whatever_it_holds(name):
    assert kind_of(b"Buongiorno", name) is Format.EXECUTABLE


@pytest.mark.parametrize("name", ["modulo.pdf", "modulo.p7m", "../../etc/passwd"])
def test_no_other_name_makes_a_file_what_it_is_not(name):
    assert kind_of(b"MZ\x90\0", name) is Format.EXECUTABLE
    assert kind_of(b"Buongiorno", name) is Format.TEXT


@given(st.binary(max_size=300), st.text(max_size=20))
def test_anything_gets_a_word(raw, name):
    assert isinstance(kind_of(raw, name), Format)

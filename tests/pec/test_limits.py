"""Messages made to stop the reader, and bytes that are no message at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pec.stage import (
    ENVELOPE,
    LETTER,
    NOON,
    PROVIDER,
    deciding,
    reading,
    warnings,
)
from tragitto_pec import Kind, Verdict
from tragitto_pec.rehearsal import parts

DATA = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)


@pytest.mark.parametrize("raw", [b"", b"  \r\n", b"%PDF-1.7\n1 0 obj", b"\0" * 100, b"just text", b"PK\3\4"])
def test_what_is_no_message_is_unreadable(raw):
    result = reading(raw)

    assert (result.kind, result.verdict) == (Kind.ILLEGGIBILE, Verdict.UNREADABLE)
    assert deciding(result)[0] in ("empty-input", "not-a-message")


def within(seconds: float, raw: bytes):
    """Read, and see that it does not take long."""
    start = time.perf_counter()
    result = reading(raw)
    assert time.perf_counter() - start < seconds
    return result


def test_a_subject_just_below_the_limit():
    raw = b"From: a@b.example\r\nSubject:" + b" =?utf-8?q?x?=" * 4000 + b"\r\n\r\nx"

    assert within(0.5, raw).kind is Kind.ORDINARIA


@pytest.mark.parametrize("field", [b"To", b"From", b"Content-Type", b"Content-Disposition", b"Date"])
@pytest.mark.parametrize("filler", [b"(", b"<", b'"', b"=?", b";a*0*=%", b"\xff", b"a,"])
def test_a_header_full_of_openings(field, filler):
    raw = b"Subject: x\r\n" + field + b": " + filler * (8000 // len(filler)) + b"\r\n\r\nx"

    assert within(1.0, raw).kind is Kind.ORDINARIA


def test_a_million_lines_that_are_almost_boundaries():
    raw = b"From: a@b.example\r\n" + parts.multipart(
        [b"\r\n" + b"--edge of\r\n" * 1_000_000], boundary=b"edge"
    )

    assert warnings(within(1.0, raw)) == ["original-unreadable"]


@pytest.mark.parametrize(
    ("head", "body", "content"),
    [
        (b"Content-Type: text/plain; charset=klingon; name=a.txt", b"ciao", b"ciao"),
        (b"Content-Type: a/b\r\nContent-Transfer-Encoding: base64", b"Y2lhb", b"cia"),
        (b"Content-Type: a/b\r\nContent-Transfer-Encoding: x-uuencode", b"#0V%T", b"#0V%T"),
        (b"Content-Type: a/b\r\nContent-Transfer-Encoding: quoted-printable", b"=ZZ=", b"=ZZ"),
    ],
)
def test_broken_encodings_give_what_can_be_had(head, body, content):
    raw = b"From: a@b.example\r\n" + parts.multipart([head + b"\r\n\r\n" + body])

    assert [attachment.content() for attachment in reading(raw).attachments] == [content]


@pytest.mark.parametrize("charset", ["unicode_escape", "punycode", "utf-7", "klingon", "utf-16"])
def test_no_charset_makes_half_characters(charset):
    word = f"=?{charset}?q?=5Cud800?="
    raw = f"From: {word} <a@b.example>\r\nSubject: {word}\r\n\r\nx".encode()

    assert reading(raw).subject.encode()


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_bytes_get_a_reading(raw):
    result = reading(raw)

    assert (result.is_valid, result.has("reader-failed")) == (False, False)


cuts = st.tuples(st.integers(0, len(ENVELOPE)), st.integers(0, 400), st.binary(max_size=40))


@given(st.lists(cuts, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_mangled_message_gets_a_reading(changes):
    raw = ENVELOPE
    for position, length, filler in changes:
        raw = raw[:position] + filler + raw[position + length :]

    result = reading(raw)

    assert not result.has("reader-failed")
    assert result.certified_at in (None, NOON)


header_lines = st.tuples(
    st.sampled_from(["Content-Type", "Content-Disposition", "Content-Transfer-Encoding", "From", "Subject"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
    | st.sampled_from(
        [
            "multipart/mixed; boundary=b",
            "message/rfc822",
            "multipart/signed; boundary=b",
            "multipart/report; boundary=b",
            "message/delivery-status",
            "application/pkcs7-mime",
        ]
    ),
)


@given(st.lists(header_lines, max_size=5), st.lists(st.sampled_from(["--b\r\n", "--b--\r\n", "\r\n", "x"])))
@settings(max_examples=300, deadline=None)
def test_any_header_gets_a_reading(lines, body):
    head = "".join(f"{name}: {value}\r\n" for name, value in lines)

    result = reading((head + "\r\n" + "".join(body)).encode())

    assert (result.is_valid, result.has("reader-failed")) == (False, False)
    assert repr(result.as_json()).encode()

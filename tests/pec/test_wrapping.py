"""Certified mail in wrappers: passed on by a list, or with its content inside the signature."""

from __future__ import annotations

import base64

import pytest

from tests.pec import hostile
from tests.pec.stage import (
    ENVELOPE,
    IMPOSTOR,
    LETTER,
    MODULO_A,
    NOON,
    PROVIDER,
    deciding,
    reading,
    warnings,
)
from tragitto_pec import Kind, Verdict
from tragitto_pec.rehearsal import Manner, parts
from tragitto_pec.rehearsal.others import passed_on
from tragitto_pec.rehearsal.sealing import signature


@pytest.mark.parametrize("levels", [1, 2, 5])
def test_a_list_that_passes_a_message_on_does_not_break_its_seal(levels):
    result = reading(passed_on(ENVELOPE, levels=levels))

    assert (result.kind, result.verdict, result.certified_at) == (
        Kind.POSTA_CERTIFICATA,
        Verdict.VALID,
        NOON,
    )
    assert warnings(result) == ["inside-a-wrapper"]
    assert [file.content() for file in result.attachments] == [MODULO_A.content]


def test_too_many_wrappers_are_ordinary_mail():
    assert reading(passed_on(ENVELOPE, levels=6)).kind is Kind.ORDINARIA


def test_a_list_that_puts_its_own_address_makes_it_untrusted():
    raw = hostile.with_header(passed_on(ENVELOPE), "From", "avvisi@liste.example")

    result = reading(raw)

    assert (result.verdict, deciding(result)) == (Verdict.UNTRUSTED, ["address-differs"])


def test_a_forgery_in_a_wrapper_is_still_one():
    result = reading(passed_on(IMPOSTOR.envelope(LETTER, at=NOON)))

    assert (result.verdict, deciding(result)) == (Verdict.UNTRUSTED, ["issuer-not-pinned"])


def test_a_changed_message_in_a_wrapper_is_still_altered():
    start, _end = hostile.span_of_signed_part(ENVELOPE)

    result = reading(passed_on(hostile.flipped(ENVELOPE, start + 400)))

    assert (result.verdict, result.certified_at) == (Verdict.ALTERED, None)


def beside(*others: bytes) -> bytes:
    """The sealed part in a wrapper, beside other parts."""
    sealed = ENVELOPE[ENVELOPE.index(b"Content-Type: multipart/signed") :]
    head = parts.headers([("From", PROVIDER.address), ("Subject", "x")])
    return head + b"\r\n" + parts.multipart([sealed, *others])


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(parts.enclosure_part(MODULO_A), id="a file"),
        pytest.param(parts.original_part(ENVELOPE), id="a message"),
        pytest.param(ENVELOPE[ENVELOPE.index(b"Content-Type: multipart/signed") :], id="another seal"),
    ],
)
def test_a_sealed_part_beside_anything_but_words_is_somebodys_letter(other):
    result = reading(beside(other))

    assert (result.kind, result.certified_at) == (Kind.ORDINARIA, None)


def test_a_sealed_part_beside_words_is_a_message_passed_on():
    """Without this, the refusals above could come from the way they are made."""
    assert reading(beside(parts.text_part("footer"))).certified_at == NOON


def opaque(content: bytes) -> bytes:
    """The envelope with its content inside the signature, under the key of a real provider."""
    der = signature(content, PROVIDER.credentials, NOON, Manner(carries_content=True))
    data = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
    fields = [
        *PROVIDER.header_fields(data),
        ("Content-Type", 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'),
        ("Content-Transfer-Encoding", "base64"),
    ]
    return parts.headers(fields) + b"\r\n\r\n" + base64.encodebytes(der)


def test_a_content_inside_its_signature_proves_nothing_and_shows_its_claims():
    result = reading(opaque(hostile.signed_content()))

    assert (result.kind, result.verdict, result.certified_at) == (
        Kind.FIRMATA_SCONOSCIUTA,
        Verdict.UNCERTIFIED,
        None,
    )
    assert deciding(result) == ["opaque-signature"]
    assert (result.claims.at, result.claims.sender) == (NOON, LETTER.sender)


@pytest.mark.parametrize("content", [b"", b"Content-Type: text/plain\r\n\r\nciao", b"\xff" * 90_000])
def test_any_content_inside_a_signature_gets_a_reading(content):
    result = reading(opaque(content))

    assert (deciding(result), result.claims) == (["opaque-signature"], None)

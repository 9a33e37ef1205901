"""Messages made to be early or to be believed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pec import hostile
from tests.pec.stage import (
    ENVELOPE,
    LATE,
    LETTER,
    NOON,
    PROVIDER,
    deciding,
    reading,
    warnings,
)
from tragitto_pec import Kind, Verdict
from tragitto_pec.rehearsal import parts

FORGED = hostile.early_daticert()
DATA = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
FIELDS = PROVIDER.header_fields(DATA)
TEXT, XML = parts.text_part("avviso"), parts.daticert_part(parts.daticert_xml(DATA))
ORIGINAL = parts.original_part(LETTER.as_message(NOON))


@pytest.mark.parametrize("xml", [XML, parts.daticert_part(FORGED.content)])
def test_daticert_let_in_by_a_guessed_boundary_of_an_anomaly_envelope(xml):
    """What breaks out of the original can only stand after it."""
    fields = [("Subject", "ANOMALIA MESSAGGIO: x"), ("From", PROVIDER.address), ("X-Trasporto", "errore")]

    result = reading(PROVIDER.seal_parts(fields, [TEXT, ORIGINAL, xml], NOON))

    assert (result.kind, result.certified_at) == (Kind.FIRMATA_SCONOSCIUTA, None)
    assert deciding(result) == ["daticert-after-original"]


headers_outside_the_seal = st.sampled_from(
    ["Subject", "X-Trasporto", "Date", "Message-ID", "X-Riferimento-Message-ID", "Reply-To", "To", "From"]
)


@given(name=headers_outside_the_seal, value=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
@settings(max_examples=150, deadline=None)
def test_no_header_makes_another_kind_or_time(name, value):
    result = reading(hostile.with_header(ENVELOPE, name, value.replace("\\", "/")))

    assert result.kind is Kind.POSTA_CERTIFICATA
    assert result.certified_at == (NOON if name != "From" else None)


def test_a_seal_made_far_from_the_certified_time_is_shown():
    pieces = [TEXT, XML, ORIGINAL]

    result = reading(PROVIDER.seal_parts(FIELDS, pieces, LATE))

    assert (result.verdict, warnings(result)) == (Verdict.VALID, ["signing-time-far"])


def test_a_signed_part_that_is_not_mixed():
    result = reading(PROVIDER.seal_content(FIELDS, XML, NOON))

    assert deciding(result) == ["signed-part-not-mixed"]


@pytest.mark.parametrize("count", [1, 3])
def test_another_number_of_parts_beside_the_signature(count):
    boundary = b"outer"
    raw = parts.headers([("From", PROVIDER.address)]) + b"\r\n"
    raw += parts.multipart([TEXT] * count, "signed", boundary)

    result = reading(raw)

    assert (result.kind, result.verdict) == (Kind.FIRMATA_SCONOSCIUTA, Verdict.UNCERTIFIED)
    assert deciding(result) == ["parts-not-two"]


def test_a_part_within_that_repeats_the_outer_boundary():
    boundary = ENVELOPE.split(b'boundary="')[1].split(b'"')[0]
    inside = ENVELOPE.replace(b"\r\n\r\nThis is", b"\r\n\r\n--" + boundary + b"\r\n\r\nx\r\nThis is", 1)

    assert deciding(reading(inside)) == ["parts-not-two"]


def test_a_message_cut_off_before_its_end():
    assert deciding(reading(ENVELOPE[: ENVELOPE.rindex(b"--", 0, len(ENVELOPE) - 4)])) == ["parts-not-two"]


def test_another_way_of_signing():
    raw = ENVELOPE.replace(b"application/x-pkcs7-signature", b"application/pgp-signature")

    result = reading(raw)

    assert (result.kind, deciding(result)) == (Kind.FIRMATA_SCONOSCIUTA, ["not-smime"])

"""Messages made to be early or to be believed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pec import hostile
from tests.pec.stage import (
    ENVELOPE,
    IMPOSTOR,
    LATE,
    LETTER,
    NOON,
    PROVIDER,
    REGION,
    deciding,
    letter,
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


def test_daticert_without_a_seal():
    result = reading(letter(enclosures=(FORGED,)).as_message(NOON))

    assert (result.kind, result.verdict, result.certified_at) == (
        Kind.ORDINARIA,
        Verdict.UNCERTIFIED,
        None,
    )
    assert result.claims.at == hostile.EARLY
    assert warnings(result) == ["daticert-without-seal"]


def test_forged_daticert_inside_a_genuine_anomaly_envelope():
    mail = letter(enclosures=(FORGED,)).as_message(NOON)

    result = reading(PROVIDER.anomaly(mail, to=REGION, at=NOON))

    assert (result.kind, result.verdict, result.certified_at) == (
        Kind.ANOMALIA,
        Verdict.UNCERTIFIED,
        None,
    )
    assert result.claims.at == hostile.EARLY
    assert warnings(result) == ["daticert-inside-original"]


@pytest.mark.parametrize("xml", [XML, parts.daticert_part(FORGED.content)])
def test_daticert_let_in_by_a_guessed_boundary_of_an_anomaly_envelope(xml):
    """What breaks out of the original can only stand after it."""
    fields = [("Subject", "ANOMALIA MESSAGGIO: x"), ("From", PROVIDER.address), ("X-Trasporto", "errore")]

    result = reading(PROVIDER.seal_parts(fields, [TEXT, ORIGINAL, xml], NOON))

    assert (result.kind, result.certified_at) == (Kind.FIRMATA_SCONOSCIUTA, None)
    assert deciding(result) == ["daticert-after-original"]


def test_daticert_attached_by_the_sender_of_a_late_message():
    result = reading(PROVIDER.envelope(letter(enclosures=(FORGED,)), at=LATE))

    assert (result.verdict, result.certified_at, result.claims) == (Verdict.VALID, LATE, None)
    assert warnings(result) == ["daticert-inside-original"]


def test_certified_mail_inside_later_certified_mail():
    wrapped = parts.headers([("From", LETTER.sender), ("Subject", "Fwd")]) + b"\r\n"
    wrapped += parts.multipart([TEXT, parts.original_part(ENVELOPE)])
    data = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, LATE)

    result = reading(PROVIDER.seal(data, original=wrapped))

    assert (result.verdict, result.certified_at) == (Verdict.VALID, LATE)
    assert warnings(result) == ["certified-message-inside"]
    assert reading(result.attachments[0].content()).certified_at == NOON


def test_certified_mail_forwarded_by_ordinary_mail():
    result = reading(hostile.forwarded(ENVELOPE))

    assert (result.kind, result.certified_at) == (Kind.ORDINARIA, None)
    assert "certified-message-inside" in warnings(result)


def test_a_bare_original_without_its_envelope():
    result = reading(LETTER.as_message(NOON, f"<{DATA.identifier}>"))

    assert (result.kind, result.identifier) == (Kind.ORDINARIA, None)


def test_a_message_to_somebody_else_names_its_addressees():
    result = reading(PROVIDER.envelope(letter(recipients=("altro@pec.example",)), at=NOON))

    assert [recipient.address for recipient in result.recipients] == ["altro@pec.example"]


def test_a_seal_of_a_made_up_authority_with_the_providers_name():
    result = reading(IMPOSTOR.envelope(LETTER, at=NOON))

    assert (result.kind, result.verdict) == (Kind.POSTA_CERTIFICATA, Verdict.UNTRUSTED)
    assert (result.certified_at, result.identifier) == (None, None)


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("Subject", "ACCETTAZIONE: altro", "subject-header-differs"),
        ("Subject", "Manifestazione di interesse", "subject-header-differs"),
        ("X-Trasporto", "errore", "kind-header-differs"),
        ("Date", "Mon, 05 May 2025 09:00:00 +0200", "date-header-differs"),
        ("Message-ID", "<altro@pec.example>", "message-id-differs"),
        ("X-Riferimento-Message-ID", "<altro@pec.example>", "reference-differs"),
        ("From", f'"Per conto di: carla@altro.example" <{PROVIDER.address}>', "sender-header-differs"),
    ],
)
def test_a_forged_header_changes_nothing_and_is_shown(name, value, code):
    result = reading(hostile.with_header(ENVELOPE, name, value))

    assert (result.kind, result.verdict, result.certified_at) == (
        Kind.POSTA_CERTIFICATA,
        Verdict.VALID,
        NOON,
    )
    assert (result.subject, result.sender) == (LETTER.subject, LETTER.sender)
    assert warnings(result) == [code]


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


def test_two_daticert_in_the_signed_part():
    result = reading(PROVIDER.seal_parts(FIELDS, [TEXT, XML, XML], NOON))

    assert (result.verdict, deciding(result)) == (Verdict.UNCERTIFIED, ["several-daticert"])


def test_a_daticert_one_level_deeper_is_none():
    result = reading(PROVIDER.seal_parts(FIELDS, [TEXT, parts.multipart([XML])], NOON))

    assert (result.kind, deciding(result)) == (Kind.FIRMATA_SCONOSCIUTA, ["no-daticert"])


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


def test_a_content_inside_its_signature():
    raw = b"From: a@b.example\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nMII="

    assert deciding(reading(raw)) == ["opaque-signature"]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"From: a@b.example\r\nContent-Type: multipart/report\r\n\r\nno boundary", id="report"),
        pytest.param(b"Subject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\naway", id="auto"),
    ],
)
def test_notices_of_machines_are_ordinary_mail(raw):
    assert reading(raw).kind is Kind.ORDINARIA

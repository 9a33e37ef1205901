"""What a genuine message says, and what the others are."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from tests.pec import hostile
from tests.pec.stage import (
    ENVELOPE,
    LATE,
    LETTER,
    MODULO_A,
    NOON,
    PROVIDER,
    REGION,
    deciding,
    letter,
    reading,
    warnings,
)
from tragitto_pec import CERTIFIED_KINDS, Kind, Verdict
from tragitto_pec.rehearsal import Enclosure, Outcome


def test_brunos_message_is_certified_mail_of_noon():
    result = reading(ENVELOPE)

    assert (result.kind, result.verdict, result.reasons) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, ())
    assert result.certified_at == NOON
    assert result.is_submission


def test_the_certified_time_keeps_the_offset_of_the_provider():
    result = reading(ENVELOPE)

    assert result.certified_at.isoformat() == "2025-07-01T12:00:00+02:00"


@pytest.mark.parametrize(
    ("zone", "in_rome"),
    [("+0000", "2025-08-01T00:30:00+02:00"), ("+0100", "2025-07-31T23:30:00+02:00"), ("-0500", None)],
)
def test_a_time_of_another_zone_is_the_instant_it_names(zone, in_rome):
    hour = "<giorno>31/07/2025</giorno><ora>22:30:00</ora>"
    raw = hostile.sealed_xml(
        hostile.daticert(
            lambda xml: xml.replace("<giorno>01/07/2025</giorno><ora>12:00:00</ora>", hour).replace(
                'zona="+0200"', f'zona="{zone}"'
            )
        )
    )

    result = reading(raw)

    expected = datetime.fromisoformat(in_rome) if in_rome else datetime(2025, 8, 1, 3, 30, tzinfo=UTC)
    assert result.certified_at == expected
    assert result.certified_at.strftime("%z") == zone


def test_parties_and_identifiers_come_from_the_sealed_data():
    result = reading(ENVELOPE)

    assert result.sender == LETTER.sender
    assert [(recipient.address, recipient.type) for recipient in result.recipients] == [
        (REGION, "certificato")
    ]
    assert result.subject == LETTER.subject
    assert result.identifier == PROVIDER.identifier(LETTER, NOON)
    assert result.message_id == f"<{result.identifier}>"
    assert result.original_message_id == LETTER.message_id


def test_the_attachments_are_those_of_the_original_message():
    (attachment,) = reading(ENVELOPE).attachments

    assert (attachment.name, attachment.media_type) == ("Modulo A.pdf", "application/pdf")
    assert attachment.content() == MODULO_A.content
    assert attachment.size == len(MODULO_A.content)
    assert attachment.sha256 == hashlib.sha256(MODULO_A.content).hexdigest()


def test_the_signer_is_named_with_its_anchor():
    signer = reading(ENVELOPE).signer

    assert signer.address == PROVIDER.address
    assert signer.anchor == "Autorità di prova"
    assert signer.signed_at == NOON


def test_nobody_asked_whether_the_certificate_was_revoked():
    assert reading(ENVELOPE).revocation == "not-checked"


@pytest.mark.parametrize("kind", sorted(CERTIFIED_KINDS - {Kind.POSTA_CERTIFICATA}))
def test_a_receipt_is_valid_and_no_submission(kind):
    raw = PROVIDER.receipt(kind, LETTER, accepted_at=NOON, at=NOON + timedelta(seconds=9))

    result = reading(raw)

    assert (result.kind, result.verdict, result.is_submission) == (kind, Verdict.VALID, False)
    assert result.certified_at == NOON + timedelta(seconds=9)
    assert result.identifier == PROVIDER.identifier(LETTER, NOON)


def test_a_delivery_receipt_says_to_whom_and_brings_the_original():
    outcome = Outcome(delivered_to=REGION, receipt_type="completa")

    result = reading(PROVIDER.receipt(Kind.AVVENUTA_CONSEGNA, LETTER, accepted_at=NOON, outcome=outcome))

    assert (result.delivered_to, result.receipt_type) == (REGION, "completa")
    assert [attachment.name for attachment in result.attachments] == ["Modulo A.pdf"]


def test_a_failed_delivery_says_why():
    outcome = Outcome(delivered_to=REGION, error="altro", error_detail="5.1.1 - indirizzo non valido")

    result = reading(PROVIDER.receipt(Kind.ERRORE_CONSEGNA, LETTER, accepted_at=NOON, outcome=outcome))

    assert (result.error, result.error_detail) == ("altro", "5.1.1 - indirizzo non valido")


def test_an_anomaly_envelope_is_genuine_and_certifies_nothing():
    raw = PROVIDER.anomaly(LETTER.as_message(NOON), to=REGION, at=NOON)

    result = reading(raw)

    assert (result.kind, result.verdict) == (Kind.ANOMALIA, Verdict.UNCERTIFIED)
    assert (result.certified_at, result.claims) == (None, None)
    assert deciding(result) == ["anomaly-envelope"]
    assert [attachment.name for attachment in result.attachments] == ["Modulo A.pdf"]


def test_ordinary_mail_is_kept_with_its_attachments():
    result = reading(LETTER.as_message(NOON))

    assert (result.kind, result.verdict, result.certified_at) == (
        Kind.ORDINARIA,
        Verdict.UNCERTIFIED,
        None,
    )
    assert (result.sender, result.subject) == (LETTER.sender, LETTER.subject)
    assert [attachment.content() for attachment in result.attachments] == [MODULO_A.content]


def test_a_file_stored_with_unix_line_ends_keeps_its_seal():
    result = reading(ENVELOPE.replace(b"\r\n", b"\n"))

    assert (result.verdict, result.certified_at) == (Verdict.VALID, NOON)
    assert [reason.code for reason in result.reasons] == ["line-ends-restored"]


def test_how_a_store_ends_lines_does_not_change_what_is_attached():
    plain = (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        b"Content-Disposition: attachment; filename=a.xml\r\n\r\n<a>\r\n</a>\r\n--x--\r\n"
    )

    stored = [reading(plain), reading(plain.replace(b"\r\n", b"\n"))]

    assert [result.attachments[0].content() for result in stored] == [b"<a>\n</a>", b"<a>\n</a>"]


def test_a_line_of_a_mail_store_before_the_header_is_passed_over():
    result = reading(b"From avviso@pec Tue Jul  1 10:00:00 2025\r\n" + ENVELOPE)

    assert result.verdict is Verdict.VALID


@pytest.mark.parametrize("end", [b"", b"\r\n\r\n", b"\nsome mailing list's footer\n"])
def test_what_follows_the_seal_changes_nothing(end):
    assert reading(ENVELOPE + end).certified_at == NOON


def test_a_certificate_expired_today_was_good_then():
    """Nothing here asks the clock: the provider's certificate ended long before the year 2100."""
    assert reading(PROVIDER.envelope(LETTER, at=NOON)).signer.not_after.year == 2027


def test_accents_survive_in_subject_and_names():
    raw = PROVIDER.envelope(
        letter(subject="Attività – Società Però", enclosures=(Enclosure("Identità è.pdf", b"x"),)), at=LATE
    )

    result = reading(raw)

    assert (result.subject, warnings(result)) == ("Attività – Società Però", [])
    assert [attachment.name for attachment in result.attachments] == ["Identità è.pdf"]


def test_the_reading_as_json_has_the_keys_of_the_command():
    wanted = """kind certified_at verdict reasons sender recipients subject identifier message_id
    attachments signer claims revocation"""

    line = reading(ENVELOPE).as_json()

    assert set(wanted.split()) <= set(line)
    assert set(line["attachments"][0]) >= {"name", "size", "sha256"}
    assert line["certified_at"] == "2025-07-01T12:00:00+02:00"


def test_an_altered_message_puts_what_it_says_into_claims():
    raw = hostile.flipped(ENVELOPE, ENVELOPE.index(b"postacert.eml") + 200)

    line = reading(raw).as_json()

    assert (line["verdict"], line["certified_at"], line["identifier"]) == ("altered", None, None)
    assert line["claims"]["certified_at"] == "2025-07-01T12:00:00+02:00"

"""Every kind of certified message, and what each receipt says of the message it is about."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from tests.pec.stage import LETTER, MODULO_A, NOON, PROVIDER, REGION, letter, reading
from tragitto_pec import CERTIFIED_KINDS, Automatic, Kind, Verdict
from tragitto_pec.automatic import status_in
from tragitto_pec.rehearsal import Outcome
from tragitto_pec.rehearsal.others import auto_reply
from tragitto_pec.rehearsal.rem import mentioned

IDENTIFIER = PROVIDER.identifier(LETTER, NOON)
LATER = NOON + timedelta(seconds=9)


def receipt(kind: Kind, *, after: timedelta = timedelta(seconds=9), **outcome: str):
    """What is read of a receipt about Bruno's letter."""
    raw = PROVIDER.receipt(kind, LETTER, accepted_at=NOON, at=NOON + after, outcome=Outcome(**outcome))
    result = reading(raw)
    assert (result.verdict, result.kind, result.certified_at) == (Verdict.VALID, kind, NOON + after)
    return result


RECEIPTS = sorted(CERTIFIED_KINDS - {Kind.POSTA_CERTIFICATA})


@pytest.mark.parametrize("kind", RECEIPTS)
def test_a_receipt_names_the_message_it_is_about(kind):
    result = receipt(kind)

    assert (result.identifier, result.original_message_id) == (IDENTIFIER, LETTER.message_id)
    assert result.reference == LETTER.message_id
    assert (result.is_receipt, result.is_submission, result.submitted) == (True, False, ())


def test_an_envelope_is_a_submission_and_no_receipt():
    result = reading(PROVIDER.envelope(LETTER, at=NOON))

    assert (result.is_receipt, result.is_submission, result.carries_copy) == (False, True, False)
    assert [file.name for file in result.submitted] == ["Modulo A.pdf"]


def test_a_complete_delivery_receipt_carries_a_copy_of_the_whole_message():
    result = receipt(Kind.AVVENUTA_CONSEGNA, delivered_to=REGION, receipt_type="completa")

    assert (result.delivered_to, result.receipt_type, result.carries_copy) == (REGION, "completa", True)
    assert [file.content() for file in result.attachments] == [MODULO_A.content]


def test_a_copy_of_our_own_mail_never_becomes_a_submission():
    result = receipt(Kind.AVVENUTA_CONSEGNA, delivered_to=REGION, receipt_type="completa")

    assert result.attachments
    assert (result.is_submission, result.submitted) == (False, ())


def test_a_brief_delivery_receipt_carries_the_hashes_of_the_files():
    result = receipt(Kind.AVVENUTA_CONSEGNA, delivered_to=REGION, receipt_type="breve")

    assert (result.receipt_type, result.carries_copy) == ("breve", True)
    digest = hashlib.sha256(MODULO_A.content).hexdigest()
    assert [file.content() for file in result.attachments] == [digest.encode()]


def test_a_synthetic_delivery_receipt_carries_nothing():
    result = receipt(Kind.AVVENUTA_CONSEGNA, delivered_to=REGION, receipt_type="sintetica")

    assert (result.receipt_type, result.carries_copy, result.attachments) == ("sintetica", False, ())


def test_a_message_not_delivered_says_to_whom_and_by_which_code():
    detail = "5.1.1 - Gestore di prova - indirizzo non valido"

    result = receipt(Kind.ERRORE_CONSEGNA, delivered_to=REGION, error="altro", error_detail=detail)

    assert (result.delivered_to, result.error, result.error_status) == (REGION, "altro", "5.1.1")
    assert result.error_detail == detail


def test_a_message_not_accepted_says_why():
    result = receipt(Kind.NON_ACCETTAZIONE, error="virus", error_detail="il messaggio contiene un virus")

    assert (result.error, result.error_status) == ("virus", None)


def test_a_virus_found_by_a_provider_is_told():
    assert receipt(Kind.RILEVAZIONE_VIRUS, error="virus").error == "virus"


def test_a_message_taken_in_charge_is_not_delivered_yet():
    result = receipt(Kind.PRESA_IN_CARICO)

    assert (result.delivered_to, result.error) == (None, "nessuno")


@pytest.mark.parametrize("hours", [12, 24])
def test_both_warnings_of_a_late_delivery_are_told_apart_by_their_time(hours):
    result = receipt(Kind.PREAVVISO_ERRORE_CONSEGNA, after=timedelta(hours=hours), delivered_to=REGION)

    assert result.certified_at - NOON == timedelta(hours=hours)
    assert (result.identifier, result.delivered_to) == (IDENTIFIER, REGION)


@pytest.mark.parametrize(
    ("kind", "event"),
    [(Kind.ACCETTAZIONE, "SubmissionAcceptance"), (Kind.AVVENUTA_CONSEGNA, "ContentConsignment")],
)
def test_a_receipt_that_mentions_the_successor_is_certified_mail_of_today(kind, event):
    raw = PROVIDER.receipt(kind, LETTER, accepted_at=NOON, at=LATER)

    result = reading(mentioned(raw, event))

    assert (result.kind, result.verdict, result.events[0].anchor_set) == (kind, Verdict.VALID, "pec-2005")


def test_the_event_of_an_envelope_is_told_with_its_evidence():
    (event,) = reading(PROVIDER.envelope(LETTER, at=NOON)).events

    assert (event.kind, event.instant, event.issuer) == ("posta-certificata", NOON, "Gestore di prova")
    assert event.evidence.startswith(b"<?xml")


def test_what_is_not_proven_is_no_event():
    assert reading(LETTER.as_message(NOON)).events == ()


def test_an_answer_of_a_machine_from_a_certified_mailbox_is_no_submission():
    data = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)

    result = reading(PROVIDER.seal(data, original=auto_reply(LETTER, at=NOON)))

    assert (result.verdict, result.automatic) == (Verdict.VALID, Automatic.AUTO_REPLY)
    assert (result.is_submission, result.replies_to) == (False, (LETTER.message_id,))


def test_a_message_with_files_is_a_submission_whatever_wrote_it():
    """Better one answer too many before a person than a filing missed."""
    data = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)
    sent = b"Auto-Submitted: auto-replied\r\n" + LETTER.as_message(NOON)

    result = reading(PROVIDER.seal(data, original=sent))

    assert (result.automatic, result.is_submission) == (Automatic.AUTO_REPLY, True)


def test_an_answer_names_the_certified_message_it_answers():
    answer = letter().as_message(NOON, reference=f"<{IDENTIFIER}>")
    data = PROVIDER.statement(Kind.POSTA_CERTIFICATA, LETTER, NOON)

    assert reading(PROVIDER.seal(data, original=answer)).replies_to == (f"<{IDENTIFIER}>",)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("5.1.1 - indirizzo non valido", "5.1.1"),
        ("550 5.2.2 mailbox full", "5.2.2"),
        ("host 10.5.1.1 said no", None),
        ("5.1.1.7", None),
        ("casella piena", None),
        ("", None),
        (None, None),
    ],
)
def test_a_status_is_found_in_the_words_of_a_provider(text, status):
    assert status_in(text) == status

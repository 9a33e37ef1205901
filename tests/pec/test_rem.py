"""Registered electronic mail, the successor: read by its evidence, proven only where an anchor is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pec import hostile
from tests.pec.stage import (
    ANCHORS,
    AUTHORITY,
    CLOSING,
    LATE,
    LETTER,
    MODULO_A,
    NOON,
    OPENING,
    PROVIDER,
    REGION,
    deciding,
    warnings,
)
from tragitto_pec import PUBLIC, Kind, Verdict, anchors, read
from tragitto_pec.rehearsal import Authority, Profile, Provider, parts
from tragitto_pec.rehearsal.rem import evidence_part, evidence_xml, rem_message, statement
from tragitto_pec.wire import pack_reading, unpack_reading

EUROPE = Authority.create(valid_from=OPENING, valid_until=CLOSING, seed="europe")
SERVICE = Provider.create(
    EUROPE, name="Servizio di prova", domain="rem.example", seed="europe", profile=Profile(policy=None)
)
REM_ANCHORS = EUROPE.anchors("rem")

DATA = statement(SERVICE, LETTER, NOON)
EVIDENCE = evidence_xml("SubmissionAcceptance", DATA)
DISPATCH = rem_message(SERVICE, LETTER, [EVIDENCE], at=NOON)


def receipt(event: str, **changes: str) -> bytes:
    """A receipt with the evidence of this event."""
    return rem_message(
        SERVICE, LETTER, [evidence_xml(event, replace(DATA, **changes))], at=NOON, with_original=False
    )


def test_nobody_is_trusted_for_it_by_default():
    assert (PUBLIC.of("rem").anchors, [other.name for other in PUBLIC.other_sets]) == ((), ["rem"])


def test_without_an_anchor_it_is_signed_by_somebody_and_shows_what_it_claims():
    result = read(DISPATCH)

    assert (result.kind, result.verdict) == (Kind.FIRMATA_SCONOSCIUTA, Verdict.UNTRUSTED)
    assert (result.certified_at, result.events) == (None, ())
    assert deciding(result) == ["unknown-certified-mail"]
    assert (result.claims.at, result.claims.sender) == (NOON, LETTER.sender)


def test_the_reason_names_issuer_event_and_instant_for_a_person_to_decide():
    (reason,) = read(DISPATCH).reasons

    assert reason.facts == {
        "system": "rem",
        "issuer": "Servizio di prova",
        "event": "SubmissionAcceptance",
        "instant": NOON.isoformat(),
    }


def test_with_an_anchor_a_dispatch_is_certified_mail():
    result = read(DISPATCH, anchors=REM_ANCHORS)

    assert (result.kind, result.verdict, result.reasons) == (Kind.POSTA_CERTIFICATA, Verdict.VALID, ())
    assert (result.certified_at, result.sender) == (NOON, LETTER.sender)
    assert [recipient.address for recipient in result.recipients] == [REGION]
    assert (result.subject, result.identifier) == (LETTER.subject, DATA.identifier)
    assert [file.content() for file in result.submitted] == [MODULO_A.content]


def test_its_event_is_told_in_the_words_of_its_own_system():
    (event,) = read(DISPATCH, anchors=REM_ANCHORS).events

    assert (event.kind, event.instant, event.issuer) == ("SubmissionAcceptance", NOON, "Servizio di prova")
    assert (event.anchor_set, event.evidence) == ("rem", EVIDENCE)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("SubmissionAcceptance", Kind.ACCETTAZIONE),
        ("SubmissionRejection", Kind.NON_ACCETTAZIONE),
        ("RelayAcceptance", Kind.PRESA_IN_CARICO),
        ("RelayFailure", Kind.ERRORE_CONSEGNA),
        ("ContentConsignment", Kind.AVVENUTA_CONSEGNA),
        ("ContentConsignmentFailure", Kind.ERRORE_CONSEGNA),
    ],
)
def test_a_receipt_has_the_kind_of_its_event_and_is_no_submission(event, kind):
    result = read(receipt(event), anchors=REM_ANCHORS)

    assert (result.kind, result.verdict) == (kind, Verdict.VALID)
    assert (result.is_receipt, result.is_submission, result.carries_copy) == (True, False, False)


def test_a_delivery_says_to_whom():
    assert read(receipt("ContentConsignment"), anchors=REM_ANCHORS).delivered_to == REGION


def test_a_failure_says_why():
    raw = receipt("ContentConsignmentFailure", error_detail="5.1.1 unknown mailbox")

    result = read(raw, anchors=REM_ANCHORS)

    assert (result.error, result.error_status) == ("altro", "5.1.1")


def test_events_travel_between_processes():
    result = read(DISPATCH, anchors=REM_ANCHORS)

    assert unpack_reading(*pack_reading(result)) == result


def test_an_event_without_a_meaning_here_waits_for_a_person():
    result = read(receipt("ContentAccessTracking"), anchors=REM_ANCHORS)

    assert (result.kind, result.verdict) == (Kind.FIRMATA_SCONOSCIUTA, Verdict.UNCERTIFIED)
    assert deciding(result) == ["evidence-unreadable"]


def test_several_events_of_one_dispatch_are_all_told():
    relayed = evidence_xml("RelayAcceptance", replace(DATA, at=NOON + timedelta(seconds=5)))

    result = read(rem_message(SERVICE, LETTER, [relayed, EVIDENCE], at=NOON), anchors=REM_ANCHORS)

    assert (result.kind, result.certified_at) == (Kind.POSTA_CERTIFICATA, NOON)
    assert [event.kind for event in result.events] == ["RelayAcceptance", "SubmissionAcceptance"]


@pytest.mark.parametrize("count", [2, 3])
def test_two_evidence_files_of_one_event_decide_nothing(count):
    result = read(rem_message(SERVICE, LETTER, [EVIDENCE] * count, at=NOON), anchors=REM_ANCHORS)

    assert (result.certified_at, deciding(result)) == (None, ["evidence-unreadable"])


def test_an_authority_of_certified_mail_vouches_for_no_evidence():
    data = statement(PROVIDER, LETTER, NOON)

    result = read(
        rem_message(PROVIDER, LETTER, [evidence_xml("SubmissionAcceptance", data)], at=NOON), anchors=ANCHORS
    )

    assert (result.verdict, deciding(result)) == (Verdict.UNTRUSTED, ["unknown-certified-mail"])


def test_an_authority_of_the_successor_vouches_for_no_daticert():
    provider = Provider.create(EUROPE, seed="other")

    result = read(provider.envelope(LETTER, at=NOON), anchors=REM_ANCHORS)

    assert (result.verdict, deciding(result)) == (Verdict.UNTRUSTED, ["issuer-not-pinned"])


def test_an_evidence_behind_the_original_counts_for_nothing():
    """What breaks out of the original can only stand after it."""
    pieces = [parts.text_part("x"), parts.original_part(LETTER.as_message(NOON)), evidence_part(EVIDENCE)]

    result = read(
        SERVICE.seal_parts([("From", SERVICE.address), ("Subject", "x")], pieces, NOON), anchors=REM_ANCHORS
    )

    assert (result.certified_at, deciding(result)) == (None, ["issuer-not-pinned", "no-daticert"])


def test_an_evidence_without_a_seal_is_a_file():
    letter = replace(LETTER, enclosures=(parts.Enclosure("evidence.xml", EVIDENCE, "application/xml"),))

    result = read(letter.as_message(NOON), anchors=REM_ANCHORS)

    assert (result.kind, result.certified_at, result.events) == (Kind.ORDINARIA, None, ())


def test_a_changed_evidence_is_altered():
    start, _end = hostile.span_of_signed_part(DISPATCH)

    result = read(hostile.flipped(DISPATCH, start + 600), anchors=REM_ANCHORS)

    assert (result.verdict, result.certified_at) == (Verdict.ALTERED, None)


def test_a_seal_made_far_from_the_event_is_shown():
    result = read(rem_message(SERVICE, LETTER, [EVIDENCE], at=LATE), anchors=REM_ANCHORS)

    assert (result.certified_at, warnings(result)) == (NOON, ["date-header-differs", "signing-time-far"])


def test_the_sender_must_be_the_certificates():
    result = read(hostile.with_header(DISPATCH, "From", "a@b.example"), anchors=REM_ANCHORS)

    assert (result.verdict, deciding(result)) == (Verdict.UNTRUSTED, ["address-differs"])


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        pytest.param("<EventTime>", "<EventTime>2025-05-01T00:00:00Z</EventTime><EventTime>", id="two times"),
        pytest.param("2025-07-01T10:00:00Z", "2025-07-01T10:00:00", id="no zone"),
        pytest.param("2025-07-01T10:00:00Z", "2025-02-31T10:00:00Z", id="no such day"),
        pytest.param("2025-07-01T10:00:00Z", "01/07/2025 10:00", id="another form"),
        pytest.param("bruno@pec.impresa.example", "", id="no sender"),
        pytest.param("e:ERDSEventId", "e:Other", id="no event"),
        pytest.param("Event/SubmissionAcceptance", "", id="an event without a name"),
        pytest.param("e:EvidenceIssuerDetails", "e:Other", id="no issuer"),
        pytest.param("e:EvidenceIdentifier", "e:Other", id="no identifier"),
    ],
)
def test_evidence_that_is_not_exactly_as_it_must_be_is_refused(was, becomes):
    assert was in EVIDENCE.decode()
    xml = EVIDENCE.decode().replace(was, becomes).encode()

    result = read(rem_message(SERVICE, LETTER, [xml], at=NOON), anchors=REM_ANCHORS)

    assert (result.kind, result.certified_at) == (Kind.FIRMATA_SCONOSCIUTA, None)
    assert deciding(result) == ["evidence-unreadable"]


@pytest.mark.parametrize(
    "xml",
    [
        EVIDENCE.replace(b"<e:Evidence ", b"<!DOCTYPE e:Evidence><e:Evidence ", 1),
        EVIDENCE.replace(b"19522/v1#", b"19522/v9#"),
        EVIDENCE[:-20],
        EVIDENCE + b"<!--" + b"x" * 600_000 + b"-->",
    ],
)
def test_what_is_no_evidence_at_all_is_a_message_without_certification_data(xml):
    result = read(rem_message(SERVICE, LETTER, [xml], at=NOON), anchors=REM_ANCHORS)

    assert "no-daticert" in deciding(result)
    assert result.certified_at is None


def test_the_time_keeps_its_offset_and_its_fractions():
    xml = EVIDENCE.replace(b"2025-07-01T10:00:00Z", b"2025-07-01T12:00:00.250+02:00")

    result = read(rem_message(SERVICE, LETTER, [xml], at=NOON), anchors=REM_ANCHORS)

    assert result.certified_at.isoformat() == "2025-07-01T12:00:00.250000+02:00"
    assert result.certified_at.astimezone(UTC) == NOON + timedelta(milliseconds=250)


def test_an_anchor_of_a_set_that_is_not_described_is_refused():
    text = (anchors.files("tragitto_pec") / "anchors.toml").read_text(encoding="utf-8")

    with pytest.raises(ValueError, match="set"):
        anchors.load(text.replace('name = "AgID CA1"', 'name = "AgID CA1"\nanchor_set = "other"'))


def test_an_unknown_set_trusts_nobody():
    assert AUTHORITY.anchors().of("other").anchors == ()


@given(st.integers(0, len(EVIDENCE) - 1), st.integers(0, 60), st.binary(max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_mangled_evidence_gets_a_reading(position, length, filler):
    xml = EVIDENCE[:position] + filler + EVIDENCE[position + length :]

    result = read(rem_message(SERVICE, LETTER, [xml], at=NOON), anchors=REM_ANCHORS)

    assert not result.has("reader-failed")

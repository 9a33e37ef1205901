"""What machines write: which machine, about whom, and about which message of ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pec.stage import LETTER, NOON, PROVIDER, REGION, reading
from tragitto_pec import Automatic, Delivery, Kind, Verdict
from tragitto_pec.rehearsal.others import auto_reply, bounce, read_receipt
from tragitto_pec.wire import pack_reading, unpack_reading

UNKNOWN = Delivery(REGION, "failed", "5.1.1", "550 5.1.1 no such mailbox")
BOUNCE = bounce(LETTER, [UNKNOWN], at=NOON)


def test_a_bounce_says_whom_it_did_not_reach_and_why():
    result = reading(BOUNCE)

    assert (result.kind, result.verdict) == (Kind.ORDINARIA, Verdict.UNCERTIFIED)
    assert (result.automatic, result.deliveries) == (Automatic.BOUNCE, (UNKNOWN,))


def test_a_bounce_names_the_message_that_came_back():
    assert reading(BOUNCE).replies_to == (LETTER.message_id,)


def test_a_bounce_of_several_recipients_tells_of_each():
    other = Delivery("elif@mail.example", "delivered", "2.1.5", "")

    result = reading(bounce(LETTER, [other, UNKNOWN], at=NOON))

    assert (result.automatic, result.deliveries) == (Automatic.BOUNCE, (other, UNKNOWN))


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_of_no_failure_is_no_bounce(action):
    result = reading(bounce(LETTER, [Delivery(REGION, action, "2.0.0", "")], at=NOON))

    assert result.automatic is Automatic.DELIVERY_REPORT
    assert [delivery.action for delivery in result.deliveries] == [action]


def test_the_address_we_wrote_to_counts_before_the_one_it_was_forwarded_to():
    raw = BOUNCE.replace(
        b"Final-Recipient:", b"Original-Recipient: rfc822;ufficio@pec.example\r\nFinal-Recipient:"
    )

    assert reading(raw).deliveries[0].recipient == "ufficio@pec.example"


def test_a_read_receipt_says_what_was_done_with_which_message():
    result = reading(read_receipt(LETTER, at=NOON))

    assert (result.automatic, result.deliveries) == (
        Automatic.READ_RECEIPT,
        (Delivery(REGION, "displayed"),),
    )
    assert result.replies_to == (LETTER.message_id,)


def test_an_absence_note_names_the_message_it_answers():
    result = reading(auto_reply(LETTER, at=NOON))

    assert (result.automatic, result.replies_to) == (Automatic.AUTO_REPLY, (LETTER.message_id,))


@pytest.mark.parametrize(
    "line",
    [b"Auto-Submitted: auto-replied", b"X-Autoreply: yes", b"X-Autorespond: away", b"Precedence: auto_reply"],
)
def test_every_usual_mark_of_an_automatic_reply_counts(line):
    assert reading(line + b"\r\n" + LETTER.as_message(NOON)).automatic is Automatic.AUTO_REPLY


@pytest.mark.parametrize(
    "line",
    [
        b"Auto-Submitted: no",
        b"Auto-Submitted: auto-generated",
        b"X-Autoreply: no",
        b"X-Auto-Response-Suppress: All",
        b"Precedence: bulk",
    ],
)
def test_what_a_program_sends_of_its_own_accord_is_no_answer(line):
    """An employer's management program may send the filing itself."""
    assert reading(line + b"\r\n" + LETTER.as_message(NOON)).automatic is Automatic.NO


def test_a_bounce_without_the_form_of_a_report_is_known_by_its_sender():
    raw = (
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mail.example\r\nSubject: failure notice\r\n"
        b"X-Failed-Recipients: " + REGION.encode() + b"\r\nReferences: <a@b.example>\r\n\r\nHi."
    )

    result = reading(raw)

    assert (result.automatic, result.deliveries) == (Automatic.BOUNCE, (Delivery(REGION, "failed"),))
    assert result.replies_to == ("<a@b.example>",)


def test_a_bounce_in_an_anomaly_envelope_is_still_one():
    """Ordinary mail reaches a certified mailbox in such an envelope, bounces too."""
    result = reading(PROVIDER.anomaly(BOUNCE, to=LETTER.sender, at=NOON))

    assert (result.kind, result.automatic) == (Kind.ANOMALIA, Automatic.BOUNCE)
    assert (result.deliveries, result.replies_to) == ((UNKNOWN,), (LETTER.message_id,))


def test_what_a_report_says_travels_between_processes():
    result = reading(BOUNCE)

    assert unpack_reading(*pack_reading(result)) == result


def test_a_report_without_a_report_is_ordinary_mail():
    raw = b"From: a@b.example\r\nContent-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nhm\r\n--x--\r\n"

    assert reading(raw).automatic is Automatic.NO


def test_what_a_report_claims_is_bounded():
    many = [Delivery(f"r{n}@b.example", "failed", "5.0.0", "x" * 2000) for n in range(1500)]

    result = reading(bounce(LETTER, many, at=NOON))

    assert 0 < len(result.deliveries) <= 1000
    assert all(len(delivery.detail) <= 500 for delivery in result.deliveries)


@given(
    st.lists(
        st.sampled_from(
            ["Final-Recipient: ", "Action: ", "Status: ", "Disposition: ", "rfc822;", ";", "\n", "failed"]
        )
        | st.text(max_size=20)
    )
)
@settings(deadline=None)
def test_any_report_gets_a_reading(pieces):
    report = "".join(pieces).encode("utf-8", "replace")
    raw = BOUNCE.replace(b"Reporting-MTA: dns; mail.example", report)

    result = reading(raw)

    assert (result.kind, result.has("reader-failed")) == (Kind.ORDINARIA, False)

"""What only a machine reports, and what is missing: both become somebody's task."""

import re

import pytest

from tests.conftest import NOON
from tests.records.conftest import BRUNO, OFFICE
from tests.records.posting import (  # noqa: F401
    DAY,
    ELIF,
    HOUR,
    MINUTE,
    SYSTEM,
    connected_post,
    problems,
    proof,
    receiving,
    request_sent,
    request_written,
)
from tragitto.records import actions, queries
from tragitto.records.models import Message
from tragitto.records.vocabulary import Kind, MessageState, Problem
from tragitto_pec.reading import Delivery, Recipient
from tragitto_pec.rehearsal import Letter, others

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(sent, take):
    """Let an ordinary mail server report that a recipient was not reached."""

    def reported(recipient: str, *, message_id: str = "") -> Message:
        delivery = Delivery(recipient, "failed", "5.1.1", "unknown user")
        raw = others.bounce(Letter(OFFICE, (recipient,), "Richiesta", ""), [delivery], at=NOON)
        ours = (message_id or sent.message.message_id).encode()
        return take(
            re.sub(rb"(?m)^(Message-ID: )<[^>]*@pec\.ufficio\.example>", rb"\1" + ours, raw), at=NOON + HOUR
        )

    return reported


def test_a_bounce_closes_the_proof_of_an_addressee_of_ordinary_mail(sent, receive, report):
    receive(Kind.ACCETTAZIONE, sent, recipients=(Recipient(BRUNO, True), Recipient(ELIF, False)))

    notice = report(ELIF)

    assert (proof(ELIF).failed_at, proof(ELIF).failure, proof(ELIF).reason) == (NOON + HOUR, notice, "5.1.1")
    assert problems() == [(Problem.DELIVERY_FAILED, "1 of 2")]
    assert notice.state == MessageState.SORTING


def test_a_bounce_proves_nothing_against_a_certified_mailbox(sent, receive, report):
    receive(Kind.ACCETTAZIONE, sent)

    notice = report(BRUNO)

    assert (proof().is_closed, problems()) == (False, [(Problem.DELIVERY_REPORTED, notice.code)])


def test_a_bounce_of_another_message_changes_nothing(sent, report):
    report(BRUNO, message_id="<other@pec.ufficio.example>")

    assert problems() == []


# What is missing


def overdue(at) -> list[str]:
    return [each.recipient for each in queries.overdue_proofs(actor=SYSTEM, at=at)]


def test_receipts_are_overdue_after_the_time_that_is_set(sent, receive, settings):
    receive(Kind.ACCETTAZIONE, sent)
    receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=BRUNO)

    assert (overdue(NOON + DAY), overdue(NOON + DAY + MINUTE)) == ([], [ELIF])
    settings.RECEIPT_HOURS = 48
    assert overdue(NOON + DAY + MINUTE) == []


def test_a_missing_receipt_is_a_trouble_until_it_comes(sent, receive):
    actions.follow_outgoing(actor=SYSTEM, at=NOON + DAY + MINUTE)
    missing = problems()
    for recipient in (BRUNO, ELIF):
        receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=recipient, at=NOON + DAY * 2)

    assert (missing, problems()) == ([(Problem.RECEIPT_MISSING, "2 of 2")], [])


def test_an_addressee_of_ordinary_mail_is_not_waited_for(sent, receive):
    receive(Kind.ACCETTAZIONE, sent, recipients=(Recipient(BRUNO, True), Recipient(ELIF, False)))

    assert overdue(NOON + DAY * 2) == [BRUNO]


def test_what_is_settled_is_not_asked_for_again(sent, carla):
    actions.follow_outgoing(actor=SYSTEM, at=NOON + DAY * 2)

    actions.settle(outgoing=sent, reason="Il gestore conferma.", actor=carla, at=NOON + DAY * 2)
    actions.follow_outgoing(actor=SYSTEM, at=NOON + DAY * 3)

    assert (problems(), overdue(NOON + DAY * 3)) == ([], [])


def test_carla_sees_what_is_overdue_and_another_office_does_not(sent, carla, carla_elsewhere):
    later = NOON + DAY * 2

    assert len(queries.overdue_proofs(actor=carla, at=later)) == 2
    assert list(queries.overdue_proofs(actor=carla_elsewhere, at=later)) == []

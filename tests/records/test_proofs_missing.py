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
from tragitto.records import actions, ports, queries
from tragitto.records.models import Message
from tragitto.records.vocabulary import Kind, MessageState, Problem
from tragitto_pec.reading import Delivery, Recipient
from tragitto_pec.rehearsal import Letter, others

pytestmark = pytest.mark.django_db


def bounced(recipient: str, message_id: str) -> bytes:
    """The report of an ordinary mail server that the message of this identifier did not reach somebody."""
    delivery = Delivery(recipient, "failed", "5.1.1", "unknown user")
    raw = others.bounce(Letter(OFFICE, (recipient,), "Richiesta", ""), [delivery], at=NOON)
    named = rb"\1" + message_id.encode()
    return re.sub(rb"(?m)^(Message-ID: )<[^>]*@pec\.ufficio\.example>", named, raw)


@pytest.fixture
def report(sent, take):
    """Let an ordinary mail server report that a recipient was not reached."""

    def reported(recipient: str, *, message_id: str = "") -> Message:
        return take(bounced(recipient, message_id or sent.message.message_id), at=NOON + HOUR)

    return reported


@pytest.mark.parametrize("is_certified", [True, False], ids=["certified", "ordinary"])
def test_a_bounce_closes_no_proof_and_is_for_a_person(sent, receive, report, is_certified):
    """Whoever has seen our Message-ID can write one."""
    receive(Kind.ACCETTAZIONE, sent, recipients=(Recipient(BRUNO, is_certified), Recipient(ELIF, True)))

    notice = report(BRUNO)

    assert (proof().is_closed, proof().reason) == (False, "")
    assert problems() == [(Problem.DELIVERY_REPORTED, notice.code)]
    assert notice.state == MessageState.SORTING


def test_the_genuine_receipt_after_a_forged_bounce_is_believed(sent, receive, report):
    receive(Kind.ACCETTAZIONE, sent, recipients=(Recipient(BRUNO, False), Recipient(ELIF, True)))
    notice = report(BRUNO)

    receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=BRUNO, at=NOON + HOUR * 2)

    assert (proof().delivered_at, proof().failed_at) == (NOON + HOUR * 2, None)
    assert problems() == [(Problem.DELIVERY_REPORTED, notice.code)]


def test_a_bounce_is_refuted_once_every_delivery_is_proven(sent, receive, report):
    report(BRUNO)

    for recipient in (ELIF, BRUNO):
        receive(Kind.AVVENUTA_CONSEGNA, sent, delivered_to=recipient, at=NOON + HOUR * 2)

    assert problems() == []


def test_a_bounce_stays_open_though_another_receipt_is_missing(sent, receive, report):
    receive(Kind.ACCETTAZIONE, sent, recipients=(Recipient(BRUNO, True), Recipient(ELIF, False)))
    notice = report(ELIF)

    actions.follow_outgoing(actor=SYSTEM, at=NOON + DAY * 2)

    assert problems() == [(Problem.DELIVERY_REPORTED, notice.code)]


def test_a_bounce_hides_no_failure_that_is_proven(sent, receive, report):
    receive(Kind.ERRORE_CONSEGNA, sent, delivered_to=BRUNO)

    report(ELIF)

    assert problems() == [(Problem.DELIVERY_FAILED, "1 of 2")]


def test_a_bounce_outlives_the_doubt_whether_it_had_left(queued, post, take, receive):
    post.fault_afterwards = ports.SendingUncertain("cut")
    uncertain = actions.deliver(code=queued.code, actor=SYSTEM, at=NOON)
    notice = take(bounced(BRUNO, uncertain.message.message_id), at=NOON + MINUTE)

    receive(Kind.ACCETTAZIONE, uncertain)

    assert problems() == [(Problem.DELIVERY_REPORTED, notice.code)]


def test_carla_settles_a_bounce_and_the_next_one_too(sent, report, carla, take):
    report(BRUNO)
    actions.settle(outgoing=sent, reason="Chiamato.", actor=carla, at=NOON + DAY)
    settled = problems()
    notice = take(bounced(ELIF, sent.message.message_id), at=NOON + DAY)
    again = problems()

    actions.settle(outgoing=sent, reason="Chiamata.", actor=carla, at=NOON + DAY * 2)

    assert (settled, again, problems()) == ([], [(Problem.DELIVERY_REPORTED, notice.code)], [])


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
